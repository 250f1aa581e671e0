import { createHash } from 'node:crypto';
import type { BundlePart, OpenBundle } from '../../bundle/inventory-types';
import type { JsonValue } from '../../bundle/json-value';

/** A bundle of these contents. A path is `{type}/{id}.json`, or `{section}/{name}` of a template. A buffer is not JSON. */
export function inMemoryBundle(
  files: Readonly<Record<string, JsonValue | Buffer>>,
  format: OpenBundle['format'] = 'QUICKSIGHT_JSON',
): OpenBundle {
  const parts = Object.entries(files).map(([path, content]): BundlePart => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path, sizeBytes: bytes.length, sha256, ...(!Buffer.isBuffer(content) && { content }) };
  });
  return {
    format,
    sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    async *parts() {
      yield* parts;
    },
  };
}
