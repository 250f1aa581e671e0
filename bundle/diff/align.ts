import { isObject } from '../json-members';
import type { JsonValue } from '../json-value';
import { InternalIds } from './internal-ids';
import { type ListItem, listItemsOf } from './list-items';
import { isMoved } from './moved-items';
import { pairItems } from './pair-items';

/** A JSON value in which each list is an object. An item has the same key in both versions of the asset. */
export type AlignedValue = null | boolean | number | string | AlignedObject | readonly AlignedValue[];

export interface AlignedObject {
  readonly [key: string]: AlignedValue;
}

/** A list item that is in both versions. The indexes of its list do not have the same order. */
export interface Reordered {
  readonly path: readonly string[];
  readonly before: number;
  readonly after: number;
}

/** Two versions of an asset, in a form in which equal keys mean the same part. */
export interface Alignment {
  readonly before: AlignedValue;
  readonly after: AlignedValue;
  readonly reordered: readonly Reordered[];
  /** Items that only one version has in their list. */
  readonly removed: readonly ListItem[];
  readonly added: readonly ListItem[];
  /** Ids of the earlier version, by the id of the same part in the later one, where they differ. */
  readonly idPairs: ReadonlyMap<string, string>;
  /** The list item at a key of an aligned object, and the JSON value of an aligned object or list. */
  readonly items: WeakMap<object, ReadonlyMap<string, ListItem>>;
  readonly origins: WeakMap<object, JsonValue>;
}

/** Aligns two versions of an asset. The `ids` are the internal ids of the versions. */
export function align(before: JsonValue, after: JsonValue, ids: readonly [InternalIds, InternalIds]): Alignment {
  return new Aligner(ids).run(before, after);
}

type Items = readonly ListItem[];

class Aligner {
  private readonly reordered: Reordered[] = [];
  private readonly removed: ListItem[] = [];
  private readonly added: ListItem[] = [];
  private readonly idPairs = new Map<string, string>();
  private readonly items: Alignment['items'] = new WeakMap();
  private readonly origins: Alignment['origins'] = new WeakMap();

  public constructor(private readonly ids: readonly [InternalIds, InternalIds]) {}

  public run(before: JsonValue, after: JsonValue): Alignment {
    const [earlier, later] = this.pair('', [], before, after);
    const { reordered, removed, added, idPairs, items, origins } = this;
    return { before: earlier, after: later, reordered, removed, added, idPairs, items, origins };
  }

  private pair(
    name: string,
    path: readonly string[],
    before: JsonValue,
    after: JsonValue,
  ): [AlignedValue, AlignedValue] {
    const [earlier, later] = [listItemsOf(name, before, this.ids[0]), listItemsOf(name, after, this.ids[1])];
    if (earlier && later && Array.isArray(before) === Array.isArray(after)) {
      return this.pairLists(name, path, [before, earlier], [after, later]);
    }
    if (isObject(before) && isObject(after)) return this.pairMembers(path, before, after);
    return [this.single(name, before, this.ids[0]), this.single(name, after, this.ids[1])];
  }

  private pairMembers(
    path: readonly string[],
    before: { readonly [name: string]: JsonValue },
    after: { readonly [name: string]: JsonValue },
  ): [AlignedValue, AlignedValue] {
    const [earlier, later] = [this.objectOf(before), this.objectOf(after)];
    for (const [key, value] of Object.entries(before)) {
      const other = Object.hasOwn(after, key) ? after[key] : undefined;
      if (other === undefined) earlier[key] = this.single(key, value, this.ids[0]);
      else [earlier[key], later[key]] = this.pair(key, [...path, key], value, other);
    }
    for (const [key, value] of Object.entries(after)) {
      if (!Object.hasOwn(before, key)) later[key] = this.single(key, value, this.ids[1]);
    }
    return [earlier, later];
  }

  private pairLists(
    name: string,
    path: readonly string[],
    [before, earlierItems]: [JsonValue, Items],
    [after, laterItems]: [JsonValue, Items],
  ): [AlignedValue, AlignedValue] {
    const [earlier, later] = [this.objectOf(before), this.objectOf(after)];
    const [earlierByKey, laterByKey] = [new Map<string, ListItem>(), new Map<string, ListItem>()];
    const { pairs: found, nameless, removed, added } = pairItems(earlierItems, laterItems);
    const isOrdered = Array.isArray(after);
    const pairs = isOrdered ? [...found].sort(([, one], [, other]) => Number(one.key) - Number(other.key)) : found;
    const order = isOrdered ? isMoved(pairs.map(([one, other]) => [Number(one.key), Number(other.key)])) : [];
    for (const [index, [one, other]] of [...pairs, ...nameless].entries()) {
      const key = `pair ${index}`;
      earlierByKey.set(key, one);
      laterByKey.set(key, other);
      if (one.isInternal && one.id !== undefined && other.id !== undefined && one.id !== other.id) {
        this.idPairs.set(other.id, one.id);
      }
      const inner = [...path, key];
      if (order[index] === true)
        this.reordered.push({ path: inner, before: Number(one.key), after: Number(other.key) });
      const isId = InternalIds.isMember(name);
      [earlier[key], later[key]] = this.pair(isId ? name : '', inner, one.value, other.value);
    }
    this.addSingles('removed', removed, earlier, earlierByKey, this.ids[0]);
    this.addSingles('added', added, later, laterByKey, this.ids[1]);
    this.items.set(earlier, earlierByKey);
    this.items.set(later, laterByKey);
    return [earlier, later];
  }

  private addSingles(
    kind: 'removed' | 'added',
    items: Items,
    target: Record<string, AlignedValue>,
    byKey: Map<string, ListItem>,
    ids: InternalIds,
  ): void {
    for (const [index, item] of items.entries()) {
      const key = `${kind} ${index}`;
      byKey.set(key, item);
      target[key] = this.single('', item.value, ids);
      this[kind].push(item);
    }
  }

  /** A value that has no partner: nothing in it is compared, so it remains as it is. */
  private single(name: string, value: JsonValue, ids: InternalIds): AlignedValue {
    if (typeof value === 'string') return InternalIds.isMember(name) ? ids.canonical(value) : value;
    if (!Array.isArray(value)) return isObject(value) ? this.objectOf(value) : value;
    const list: AlignedValue[] = [];
    this.origins.set(list, value);
    return list;
  }

  /** Without a prototype, because a member can have the name `constructor`. */
  private objectOf(value: JsonValue): Record<string, AlignedValue> {
    const object = Object.create(null) as Record<string, AlignedValue>;
    this.origins.set(object, value);
    return object;
  }
}
