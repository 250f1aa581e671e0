import fc from 'fast-check';
import { jsonBytes, truncate } from '../../../lambda/core/json-size';
import { character } from '../../support/character';

test('jsonBytes counts the quotes, the escapes and the bytes of UTF-8', () => {
  expect([jsonBytes('é'), jsonBytes('"'), jsonBytes('\n'), jsonBytes({ a: 1 }), jsonBytes(undefined)]).toEqual([
    4, 4, 4, 7, 0,
  ]);
});

describe('truncate', () => {
  test('keeps any text within the limit and splits no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: character, maxLength: 300 }),
        fc.integer({ min: 5, max: 200 }),
        (text, maxBytes) => {
          const result = truncate(text, maxBytes);
          expect(jsonBytes(result)).toBeLessThanOrEqual(maxBytes);
          expect(result === text || text.startsWith(result.slice(0, -1))).toBe(true);
          expect(result).not.toMatch(/[\ud800-\udbff]…$/);
        },
      ),
    );
  });

  test('marks the cut with an ellipsis', () => expect(truncate('abcdefghij', 9)).toBe('abcd…'));

  test('returns a text that just fits unchanged', () =>
    expect([truncate('abcdefghij', 12), truncate('abcdefghij', 11)]).toEqual(['abcdefghij', 'abcdef…']));
});
