import fc from 'fast-check';
import type { JsonValue } from '../../bundle/json-value';
import { normalize } from '../../bundle/normalize';
import { stableJson } from '../../bundle/stable-json';
import { propertyOptions } from '../support/property-options';

const json = fc.jsonValue({ depthSize: 'medium' }) as fc.Arbitrary<JsonValue>;

/** The same value with the members of its objects in the reverse order. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}

test('stable JSON has the content that the digest hashes', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 2), (content, indent) => {
      const read = JSON.parse(stableJson('theme', content, indent)) as JsonValue;
      expect(normalize('theme', read)).toEqual(normalize('theme', JSON.parse(JSON.stringify(content)) as JsonValue));
    }),
    propertyOptions(300),
  );
});

test('the order of members does not change stable JSON, and stable JSON does not change again', () => {
  fc.assert(
    fc.property(json, (content) => {
      const text = stableJson('theme', content);
      expect(stableJson('theme', reversed(content))).toBe(text);
      expect(stableJson('theme', JSON.parse(text) as JsonValue)).toBe(text);
    }),
    propertyOptions(300),
  );
});
