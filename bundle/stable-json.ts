import type { JsonObject, JsonValue } from './json-value';

/** Members that identify an asset. They come first, as in an export: `resourceType`, the id and `name`. */
const LEADING = [/^resourceType$/, /^[a-zA-Z]+Id$/, /^name$/];

/** Lists of an asset without an order: QuickSight returns them in another order in each export. */
const UNORDERED = new Set(['permissions', 'tags']);

/**
 * The JSON of an asset, the same text for the same content. The members of objects are sorted by name, and permissions, their
 * actions and tags by their text. Every other list keeps its order, which has a meaning: sheets, visuals, columns.
 *
 * @param indent spaces of an indentation; compact without it
 */
export function stableJson(content: JsonValue, indent?: number): string {
  return JSON.stringify(isObject(content) ? stableAsset(content) : sorted(content), undefined, indent);
}

function stableAsset(asset: JsonObject): JsonValue {
  const members = Object.entries(asset).sort(([one], [other]) => rank(one) - rank(other) || compare(one, other));
  return Object.fromEntries(
    members.map(([name, value]) => [name, UNORDERED.has(name) ? unordered(value) : sorted(value)]),
  );
}

function rank(name: string): number {
  const index = LEADING.findIndex((pattern) => pattern.test(name));
  return index < 0 ? LEADING.length : index;
}

/** A list in the order of the text of its elements. The actions of a permission are such a list, too. */
function unordered(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return sorted(value);
  return inTextOrder(
    value.map((element) => {
      const item = sorted(element);
      return isObject(item) && Array.isArray(item.actions) ? { ...item, actions: inTextOrder(item.actions) } : item;
    }),
  );
}

const inTextOrder = (list: JsonValue[]): JsonValue[] =>
  list
    .map((element) => [JSON.stringify(element), element] as const)
    .sort(([one], [other]) => compare(one, other))
    .map(([, element]) => element);

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => compare(one, other));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By code unit, which is the same in every locale. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
