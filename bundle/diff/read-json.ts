import type { JsonValue } from '../json-value';
import { isObject } from './list-items';

/** The text, or undefined for another value. */
export const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The items of a list. None for another value. */
export const itemsIn = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** The members of an object. None for another value. */
export const membersIn = (value: JsonValue | undefined): ReadonlyArray<[string, JsonValue]> =>
  value !== undefined && isObject(value) ? Object.entries(value) : [];
