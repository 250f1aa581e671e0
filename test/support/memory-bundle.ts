import { createHash } from 'node:crypto';
import type { BundleFormat, OpenBundle } from '../../bundle/inventory-types';
import type { JsonValue } from '../../bundle/json-value';

/** A bundle whose parts are in memory, by path. A part without content is not JSON. */
export function memoryBundle(
  contents: Readonly<Record<string, JsonValue | undefined>>,
  format: BundleFormat = 'QUICKSIGHT_JSON',
): OpenBundle {
  const parts = Object.entries(contents).map(([path, content]) => {
    const text = JSON.stringify(content) ?? '';
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { path, sizeBytes: Buffer.byteLength(text), sha256, ...(content !== undefined && { content }) };
  });
  return {
    format,
    sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    async *parts() {
      yield* parts;
    },
  };
}
