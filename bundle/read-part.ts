import { createHash } from 'node:crypto';
import { InvalidBundleError } from './invalid-bundle-error';
import type { BundlePart } from './inventory-types';
import { MAX_PARSED_BYTES, parseContent } from './parse-content';

/** Files that must be JSON. */
const JSON_FILE = /^[^/]+\/[^/]+\.json$/;

/**
 * Reads a file of a bundle. Only a file that is parsed is in memory as a whole.
 *
 * @throws InvalidBundleError if the path is unsafe, or if the file is `{folder}/{name}.json` and not JSON.
 */
export async function readPart(path: string, chunks: AsyncIterable<Buffer>): Promise<BundlePart> {
  assertPath(path);
  const hash = createHash('sha256');
  const isJson = JSON_FILE.test(path);
  let [sizeBytes, held]: [number, Buffer[]] = [0, []];
  for await (const chunk of chunks) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    if (isJson && sizeBytes <= MAX_PARSED_BYTES) held.push(chunk);
    else held = [];
  }
  const content =
    isJson && sizeBytes <= MAX_PARSED_BYTES ? parseContent(`entry ${path}`, Buffer.concat(held)) : undefined;
  return { path, sizeBytes, sha256: hash.digest('hex'), ...(content !== undefined && { content }) };
}

/** A line feed in a path would change the meaning of the lines that the content digest hashes. */
export function assertPath(path: string): void {
  if (/[\p{Cc}\uFFFD]/u.test(path)) {
    throw new InvalidBundleError(
      `entry ${JSON.stringify(path)}: the path has a control character or is not valid UTF-8`,
    );
  }
}
