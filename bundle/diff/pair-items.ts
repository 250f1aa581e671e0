import { isObject } from '../json-members';
import type { JsonValue } from '../json-value';
import { InternalIds } from './internal-ids';
import { type ListItem } from './list-items';

type ItemPair = readonly [ListItem, ListItem];

export interface ItemPairs {
  /** The same items. */
  readonly pairs: readonly ItemPair[];
  /** Objects without an identity, none of which is equal. They are compared in their order. */
  readonly nameless: readonly ItemPair[];
  readonly removed: readonly ListItem[];
  readonly added: readonly ListItem[];
}

type Key = (item: ListItem) => string | undefined;

/** The same item has, in this order, the same id, content, label, or content without names and titles. */
const KEYS: readonly Key[] = [
  (item) => item.id,
  (item) => (item.id === undefined || item.isInternal ? contentOf(item.value) : undefined),
  (item) => (item.isInternal ? item.label : undefined),
  (item) => (item.isDistinct ? contentOf(item.value, /^(?:name|title)$/i) : undefined),
];

/** Finds the item of `before` for each item of `after`. Each item is used once. */
export function pairItems(before: readonly ListItem[], after: readonly ListItem[]): ItemPairs {
  const pairs: ItemPair[] = [];
  let [removed, added] = [before, after];
  for (const key of KEYS) {
    if (removed.length === 0 || added.length === 0) break;
    [removed, added] = pairBy(key, removed, added, pairs);
  }
  return { pairs, ...pairNameless(removed, added) };
}

function pairBy(
  key: Key,
  before: readonly ListItem[],
  after: readonly ListItem[],
  pairs: ItemPair[],
): [ListItem[], ListItem[]] {
  const byKey = new Map<string, ListItem[]>();
  for (const item of before) {
    const text = key(item);
    if (text === undefined) continue;
    const same = byKey.get(text);
    if (same) same.push(item);
    else byKey.set(text, [item]);
  }
  for (const same of byKey.values()) same.reverse();
  const used = new Set<ListItem>();
  const added = after.filter((item) => {
    const text = key(item);
    const partner = text === undefined ? undefined : byKey.get(text)?.pop();
    if (!partner) return true;
    used.add(partner);
    pairs.push([partner, item]);
    return false;
  });
  return [before.filter((item) => !used.has(item)), added];
}

function pairNameless(removed: readonly ListItem[], added: readonly ListItem[]): Omit<ItemPairs, 'pairs'> {
  const [earlier, later] = [removed.filter(isNameless), added.filter(isNameless)];
  const count = Math.min(earlier.length, later.length);
  const used = new Set([...earlier.slice(0, count), ...later.slice(0, count)]);
  return {
    nameless: earlier.slice(0, count).map((item, n) => [item, later[n] as ListItem]),
    removed: removed.filter((item) => !used.has(item)),
    added: added.filter((item) => !used.has(item)),
  };
}

const isNameless = ({ id, value }: ListItem): boolean =>
  id === undefined && typeof value === 'object' && value !== null;

/** The JSON text with sorted members, without the internal ids, and without the members of these names. */
function contentOf(value: JsonValue, omitted?: RegExp): string {
  return JSON.stringify(value, (name, inner: JsonValue) => {
    if (InternalIds.isMember(name) || omitted?.test(name) === true) return undefined;
    if (!isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
