import { isObject } from './json-members';
import type { JsonValue } from './json-value';
import { normalize } from './normalize';

/** Members that identify an asset. They come first, as in an export: `resourceType`, the id and `name`. */
const LEADING = [/^resourceType$/, /^[a-zA-Z]+Id$/, /^name$/];

/**
 * The JSON of an asset, the same text for the same content: the members of objects and the lists whose order has no meaning are
 * sorted as for the content digest. Every other list keeps its order: sheets, visuals, columns.
 *
 * @param type Asset type, which is the folder of the asset.
 * @param indent Spaces of an indentation. Default: compact.
 */
export function stableJson(type: string, content: JsonValue, indent?: number): string {
  const normalized = normalize(type, content);
  if (!isObject(normalized)) return JSON.stringify(normalized, undefined, indent);
  const members = Object.entries(normalized).sort(([one], [other]) => rank(one) - rank(other));
  return JSON.stringify(Object.fromEntries(members), undefined, indent);
}

function rank(name: string): number {
  const index = LEADING.findIndex((pattern) => pattern.test(name));
  return index < 0 ? LEADING.length : index;
}
