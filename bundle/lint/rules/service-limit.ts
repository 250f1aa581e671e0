import type { JsonCursor } from '../json-cursor';
import type { LintRule } from '../lint-rule';
import { SERVICE_LIMITS, type ServiceLimit } from '../service-limits';

export const SERVICE_LIMIT: LintRule = {
  id: 'service-limit',
  severity: 'error',
  remedy: 'Split the asset, or remove what it does not need. The limit is published in the QuickSight API reference.',
  *checkAsset({ asset, properties }) {
    for (const limit of SERVICE_LIMITS) {
      if (limit.types !== undefined && !limit.types.includes(asset.type)) continue;
      for (const cursor of select(properties, limit.path)) {
        const size = sizeOf(cursor, limit);
        if (size <= limit.max) continue;
        const name = limit.path.filter((step) => step !== '*').join('.');
        yield { path: cursor.pointer, message: `${name} has ${size} ${limit.unit}. The limit is ${limit.max}.` };
      }
    }
  },
};

/** `*` stands for each item of an array or each member of an object. */
function select(from: JsonCursor, path: readonly string[]): JsonCursor[] {
  return path.reduce<JsonCursor[]>(
    (cursors, step) => cursors.flatMap((cursor) => (step === '*' ? cursor.children() : [cursor.get(step)])),
    [from],
  );
}

function sizeOf(cursor: JsonCursor, { unit, max }: ServiceLimit): number {
  if (unit === 'items') return cursor.children().length;
  const { text = '' } = cursor;
  // The service counts characters, and a character can have two UTF-16 code units.
  return text.length <= max ? text.length : [...text].length;
}
