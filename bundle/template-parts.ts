import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { BundleLimitError } from './bundle-limit-error';
import { EntryList } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';
import type { BundlePart } from './inventory-types';

import { isObject } from './json-members';
import type { JsonObject, JsonValue } from './json-value';
import { MAX_PARSED_BYTES, MAX_PARSED_LEVELS, MAX_PARSED_VALUES, parseContent } from './parse-content';
import { assertPath } from './read-part';

/**
 * The parts of a CLOUDFORMATION_JSON bundle: each member of each section, and each section that is not an object. Their
 * bytes are their JSON text without white space.
 *
 * @throws InvalidBundleError unless the file is a whole template.
 * @throws BundleLimitError if it exceeds a limit. An error of the file system is thrown unchanged.
 */
export async function* templateParts(path: string): AsyncGenerator<BundlePart> {
  const { size } = await stat(path);
  if (size > MAX_PARSED_BYTES) throw limitError(`${size} bytes, and the limit is ${MAX_PARSED_BYTES} (16 MiB)`);
  const template = parseContent('the template', await readFile(path));
  if (template === undefined) {
    throw limitError(
      `more than ${MAX_PARSED_VALUES} members, objects and lists, more than ${MAX_PARSED_LEVELS} levels of them, or a number that JavaScript would change`,
    );
  }
  const resources = (template as JsonObject)['Resources'];
  if (!isObject(resources) || Object.keys(resources).length === 0) {
    throw new InvalidBundleError('the file is JSON without Resources: neither a zip nor a CloudFormation template');
  }
  const list = new EntryList();
  for (const part of sections(template)) {
    assertPath(part.path);
    list.add(part);
    yield part;
  }
}

function* sections(template: JsonValue): Generator<BundlePart> {
  for (const [section, value] of Object.entries(template as object) as Array<[string, JsonValue]>) {
    if (!isObject(value)) yield partOf(section, value);
    else for (const [id, member] of Object.entries(value)) yield partOf(`${section}/${id}`, member);
  }
}

function partOf(path: string, content: JsonValue): BundlePart {
  const text = JSON.stringify(content);
  return { path, sizeBytes: Buffer.byteLength(text), sha256: hash('sha256', text), content };
}

function limitError(problem: string): BundleLimitError {
  return new BundleLimitError(`the template has ${problem}. Export the assets as QUICKSIGHT_JSON.`);
}
