import type { JsonObject, JsonValue } from '../json-value';

/** A string of a JSON document. */
export type TextCursor = JsonCursor & { readonly text: string };

/** A value of a JSON document and the way to it. A missing member has the value `undefined`. */
export class JsonCursor {
  public constructor(
    public readonly value: JsonValue | undefined,
    /** Name of the member, or index of the item. In the outermost cursor, the JSON pointer of the document itself. */
    public readonly key: string = '',
    public readonly parent?: JsonCursor,
  ) {}

  /** JSON pointer (RFC 6901). */
  public get pointer(): string {
    return pointerOf(this);
  }

  /**
   * A member, by names from the outermost to the innermost. Case is ignored: a bundle has `dataSetArn`, a template
   * `DataSetArn`.
   */
  public get(...names: readonly string[]): JsonCursor {
    return names.reduce<JsonCursor>((cursor, name) => cursor.member(name), this);
  }

  public get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** Items of an array, or members of an object. */
  public children(): JsonCursor[] {
    const { value } = this;
    if (Array.isArray(value)) return value.map((item, index) => new JsonCursor(item, String(index), this));
    return isObject(value) ? Object.entries(value).map(([key, member]) => new JsonCursor(member, key, this)) : [];
  }

  /** Keys of an object. */
  public keys(): string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /** This value and all values below, in the order of the document. Deep documents need no deep stack. */
  public *walk(): Generator<JsonCursor> {
    const left: JsonCursor[] = [this];
    for (let cursor = left.pop(); cursor !== undefined; cursor = left.pop()) {
      yield cursor;
      cursor.pushChildren(left);
    }
  }

  /** This value and all values below that are strings. A large bundle has millions of values: this is not a filter of `walk`. */
  public texts(): TextCursor[] {
    const texts: TextCursor[] = [];
    const left: JsonCursor[] = [this];
    for (let cursor = left.pop(); cursor !== undefined; cursor = left.pop()) {
      if (isText(cursor)) texts.push(cursor);
      else cursor.pushChildren(left);
    }
    return texts;
  }

  /** The first child is on top. */
  private pushChildren(stack: JsonCursor[]): void {
    const { value } = this;
    if (typeof value !== 'object' || value === null) return;
    const members: JsonObject | JsonValue[] = value;
    const keys = Object.keys(members);
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] as string;
      stack.push(new JsonCursor((members as JsonObject)[key], key, this));
    }
  }

  private member(name: string): JsonCursor {
    const { value } = this;
    if (!isObject(value)) return new JsonCursor(undefined, name, this);
    const key = Object.hasOwn(value, name) ? name : Object.keys(value).find((other) => isSameName(other, name));
    return key === undefined ? new JsonCursor(undefined, name, this) : new JsonCursor(value[key], key, this);
  }
}

/** A key as a part of a JSON pointer. */
export const pointerToken = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function pointerOf(last: JsonCursor): string {
  const tokens: string[] = [];
  let cursor = last;
  for (; cursor.parent !== undefined; cursor = cursor.parent) tokens.push(pointerToken(cursor.key));
  return [cursor.key, ...tokens.reverse()].join('/');
}

const isText = (cursor: JsonCursor): cursor is TextCursor => typeof cursor.value === 'string';

const isSameName = (one: string, other: string): boolean =>
  one.length === other.length && one.toLowerCase() === other.toLowerCase();

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
