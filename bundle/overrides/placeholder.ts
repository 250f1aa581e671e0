import type { JsonValue } from '../json-value';

/** Longer values of the source account are cut in a placeholder. */
const MAX_SHOWN_CHARACTERS = 200;

/**
 * A value that the user fills in: `<noun>`, or `<noun, {value} in the source account>`. It is valid for no member of the API, so
 * a forgotten one fails the import at once.
 */
export function placeholder(noun: string, source?: JsonValue): string {
  if (source === undefined || source === null || isCredential(source)) return `<${noun}>`;
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  const shown = text.replace(/[<>\p{Cc}]/gu, ' ').slice(0, MAX_SHOWN_CHARACTERS);
  return `<${noun}, ${shown} in the source account>`;
}

export const isPlaceholder = (value: JsonValue): value is string =>
  typeof value === 'string' && /^<[^<>]+>$/.test(value);

/** A URL can contain a user name and a password. */
export const isCredential = (value: JsonValue): boolean => typeof value === 'string' && /\/\/[^/]*@/.test(value);
