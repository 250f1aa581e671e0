import { isObject } from '../json-members';
import type { JsonValue } from '../json-value';

/** The text, or undefined for another value. */
export const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The members of an object. None for another value. */
export const membersIn = (value: JsonValue | undefined): ReadonlyArray<[string, JsonValue]> =>
  isObject(value) ? Object.entries(value) : [];
