import type { ErrorObject } from 'ajv';
import type { ExportProperties } from '../../lib/contract/export-resource';
import { contradictions } from '../../lib/contract/export-rules';
import { TerminalError } from '../core/errors';
import { truncate } from '../core/json-size';
import { validate } from './properties-validator';

const MAX_SHOWN = 10;

/**
 * The custom resource's properties as the handlers use them.
 *
 * @throws TerminalError that lists every mistake: what was given and what is expected.
 */
export function decodeProperties(given: unknown): ExportProperties {
  const properties: unknown = structuredClone(given);
  const mistakes = validate(properties)
    ? contradictions(properties)
    : (validate.errors ?? []).map((error) => sentence(error, properties));
  if (mistakes.length > 0) {
    const more = mistakes.length > MAX_SHOWN ? [`and ${mistakes.length - MAX_SHOWN} more`] : [];
    throw new TerminalError(
      ['The properties of the resource cannot be used:', ...mistakes.slice(0, MAX_SHOWN), ...more].join('\n- '),
    );
  }
  return properties as ExportProperties;
}

/** The properties, or undefined where they do not decode: what never could be exported needs no cleaning up. */
export function tryDecodeProperties(given: unknown): ExportProperties | undefined {
  try {
    return decodeProperties(given);
  } catch {
    return undefined;
  }
}

function sentence({ instancePath, keyword, message, params }: ErrorObject, properties: unknown): string {
  const names = instancePath.split('/').slice(1);
  const where = names.join('.') || 'the resource';
  if (keyword === 'required') return `${where}: ${params.missingProperty} is missing.`;
  if (keyword === 'additionalProperties') {
    return `${where}: no property is called '${truncate(String(params.additionalProperty), 100)}': check its spelling.`;
  }
  const expected = keyword === 'enum' ? `must be one of ${(params.allowedValues as string[]).join(', ')}` : message;
  // No name of a property that the schema knows has a character that a JSON pointer would escape.
  const data = names.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], properties);
  return `${where}: ${expected}; given: ${truncate(JSON.stringify(data) ?? String(data), 200)}.`;
}
