import { isUtf8 } from 'node:buffer';
import { InvalidBundleError } from './invalid-bundle-error';
import type { JsonValue } from './json-value';
import { scanJson } from './scan-json';

/** Size of a JSON text that is parsed. Its value takes several times its size in memory. */
export const MAX_PARSED_BYTES = 16 * 1024 ** 2;

/** Levels of objects and lists. Definitions of QuickSight have fewer than 50. */
export const MAX_PARSED_LEVELS = 500;

/** Members, objects and lists. 16 MiB of `{}` would be 5 million objects, of 30 bytes or more each. */
export const MAX_PARSED_VALUES = 1_000_000;

/**
 * The value of a JSON text in UTF-8. Undefined if it exceeds a limit, or has a number that JSON.parse changes.
 *
 * @param subject Start of the error messages: `entry dashboard/sales.json`.
 * @throws InvalidBundleError unless it is JSON in UTF-8 without repeated keys.
 */
export function parseContent(subject: string, bytes: Buffer): JsonValue | undefined {
  if (bytes.length > MAX_PARSED_BYTES) return undefined;
  if (!isUtf8(bytes)) throw new InvalidBundleError(`${subject}: the text is not valid UTF-8`);
  const { members, containers, levels, isExact } = scanJson(bytes);
  if (members + containers > MAX_PARSED_VALUES || levels > MAX_PARSED_LEVELS || !isExact) return undefined;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const content = parse(subject, text);
  // JSON.parse keeps the last of repeated keys. Other readers keep the first.
  if (memberCount(content) !== members) throw repeatedKey(subject, text);
  return content;
}

function parse(subject: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // The message of JSON.parse quotes the text, which may be confidential.
    throw new InvalidBundleError(`${subject}: not JSON`);
  }
}

function memberCount(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((count, item) => count + memberCount(item), 0);
  const keys = Object.keys(value);
  return keys.reduce((count, key) => count + memberCount(value[key] as JsonValue), keys.length);
}

function repeatedKey(subject: string, text: string): InvalidBundleError {
  const objects: Array<Set<string>> = [];
  for (const [token, quoted, colon] of text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (quoted !== undefined && colon !== undefined) {
      const key = JSON.parse(quoted) as string;
      const keys = objects.at(-1);
      if (keys?.has(key)) {
        return new InvalidBundleError(`${subject}: an object has the key ${JSON.stringify(key.slice(0, 100))} twice`);
      }
      keys?.add(key);
    }
  }
  return new InvalidBundleError(`${subject}: an object has a key twice`);
}
