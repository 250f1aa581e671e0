import * as v from 'valibot';
import type { ExportProperties } from '../../lib/contract/export-resource';
import { propertyProblems } from '../../lib/contract/export-rules';
import { TerminalError } from '../core/errors';
import { truncate } from '../core/json-size';
import { exportPropertiesSchema } from './properties-schema';

const MAX_PROBLEMS_SHOWN = 10;

/**
 * Decodes the properties of the custom resource.
 *
 * @throws TerminalError that lists all problems: the property, what is expected and what was found.
 */
export function decodeProperties(properties: unknown): ExportProperties {
  const { success, output, issues } = v.safeParse(exportPropertiesSchema, properties);
  const problems = success ? propertyProblems(output) : issues.map(sentence);
  if (!success || problems.length > 0) {
    const hidden = problems.length - MAX_PROBLEMS_SHOWN;
    throw new TerminalError(
      [
        'The properties of the resource are invalid:',
        ...problems.slice(0, MAX_PROBLEMS_SHOWN),
        ...(hidden > 0 ? [`and ${hidden} more`] : []),
      ].join('\n- '),
    );
  }
  return output;
}

/** The decoded properties, or undefined if they are invalid: such a resource exported nothing. */
export function tryDecodeProperties(properties: unknown): ExportProperties | undefined {
  try {
    return decodeProperties(properties);
  } catch {
    return undefined;
  }
}

function sentence(issue: v.InferIssue<typeof exportPropertiesSchema>): string {
  const path = truncate(v.getDotPath(issue) ?? 'The resource', 200);
  if (issue.type === 'never') return `${path}: unknown property. Check its spelling.`;
  if (issue.path && issue.input === undefined) return `${path}: the required property is missing.`;
  const isLength = issue.type === 'min_length' || issue.type === 'max_length';
  const found = isLength ? issue.received : truncate(JSON.stringify(issue.input), 200);
  return `${path}: expected ${issue.message}, found ${found}.`;
}
