import type { JsonValue } from '../json-value';

/** Longer values of the source account are cut in a placeholder. */
const MAX_SHOWN_CHARACTERS = 200;

/**
 * A value that the user fills in: `<noun>`, or `<noun, {value} in the source account>`. It is valid for no member of the API, so
 * a forgotten one fails the import at once.
 */
export function placeholder(noun: string, source?: JsonValue): string {
  if (source === undefined || !isPlainValue(source)) return `<${noun}>`;
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  const shown = text.replace(/[<>\p{Cc}]/gu, ' ').slice(0, MAX_SHOWN_CHARACTERS);
  return `<${noun}, ${shown} in the source account>`;
}

export const isPlaceholder = (value: JsonValue): value is string =>
  typeof value === 'string' && /^<[^<>]+>$/.test(value);

/**
 * Text, a number, a boolean, or a list of them, without a URL that contains a user name or a password. An object in the place of
 * a value may contain anything.
 */
export function isPlainValue(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isPlainValue(item));
  return typeof value === 'string' ? !/\/\/[^/]*@/.test(value) : typeof value !== 'object';
}
