import { JSONParser } from '@streamparser/json';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { type DigestedValue, JsonDigest } from '../../bundle/json-digest';

/** The values of a document whose paths have `depth` keys, by path. */
function valuesOf(text: string, depth = 0): Record<string, DigestedValue> {
  const values: Record<string, DigestedValue> = {};
  const digest = new JsonDigest(depth, (path, value) => {
    if (path.length === depth) values[path.join('/')] = value;
  });
  const parser = new JSONParser({ paths: [], keepStack: false });
  parser.onToken = (token) => digest.write(token);
  parser.write(text);
  return values;
}

const digestOf = (text: string) => valuesOf(text)['']?.text;

test.each([
  // printf '{"DashboardId":"sales","Name":"Sales"}' | sha256sum
  [
    'an object',
    '{"Name": "Sales", "DashboardId": "sales"}',
    '217ce2d82afc1f2280dc59ff8e7433cae4311e1f32fc7ececcf082b985a097df',
  ],
  // printf '{"Properties":217ce2d82afc1f2280dc59ff8e7433cae4311e1f32fc7ececcf082b985a097df,"Type":"AWS::QuickSight::Dashboard"}' | sha256sum
  [
    'an object in an object, by its digest',
    '{"Type":"AWS::QuickSight::Dashboard","Properties":{"Name":"Sales","DashboardId":"sales"}}',
    '73c9503934e42a3ba3287dd06e86c0730dcfb16da7576c7429cde993cec70540',
  ],
  // printf '[1,"a",null,true,4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945,44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a]' | sha256sum
  [
    'a list with an empty list and an empty object',
    '[1, "a", null, true, [], {}]',
    '183523a96debb57ca2dff4e0a01eef2be7a367dcb03264779a13dc01369b9043',
  ],
  // printf '{"a":1,"a!":2}' | sha256sum
  [
    'an object whose keys sort in another order than their JSON texts',
    '{"a!":2,"a":1}',
    'd1ebb5423ca527578211d56e70dd9a1f456e9bff3605e75e9d0bd0af7fbee466',
  ],
  // printf '{"":1}' | sha256sum
  ['an object with an empty key', '{"":1}', 'f3d86de1bf4b354382f91a12a4487daaeb56692b2c46f2df52f6f83a84610074'],
  // printf '{"a":2}' | sha256sum, as for JSON.parse
  [
    'an object with the same key twice, of which the last member counts',
    '{"a":1,"a":2}',
    '7e8059f495589fcd981232cc11d00b00da3802c01d688fa1cf1f6bed6e5bb33c',
  ],
])('digests %s', (_, text, digest) => {
  expect(digestOf(text)).toBe(digest);
});

test.each([
  ['1.0', '1'],
  ['1e2', '100'],
  ['"\\u0061\\/"', '"a/"'],
])('writes the scalar %s as %s', (text, expected) => {
  expect(valuesOf(`[${text}]`, 1)).toEqual({ 0: { text: expected, scalar: JSON.parse(text) as unknown } });
});

test('distinguishes values that are close to each other', () => {
  const texts = [
    '[1]',
    '["1"]',
    '[1e999]',
    '[null]',
    '["null"]',
    '[[]]',
    '[{}]',
    '[]',
    '{}',
    '[1,1]',
    '[11]',
    '["[]"]',
  ];
  const digests = texts.map(digestOf);
  expect(new Set(digests).size).toBe(texts.length);
  expect(digestOf(`[${digestOf('[]')?.replace(/^/, '"')}"]`)).not.toBe(digestOf('[[]]'));
});

test('has a path for each value: keys of members and positions in lists', () => {
  const paths = (depth: number) => Object.keys(valuesOf('{"a":[1,{"b":{"c":2}},[3]],"d":{}}', depth));
  expect([0, 1, 2, 3, 4].map(paths)).toEqual([
    [''],
    ['a', 'd'],
    ['a/0', 'a/1', 'a/2'],
    ['a/1/b', 'a/2/0'],
    ['a/1/b/c'],
  ]);
});

const MIB = 1024 ** 2;
const members = (count: number, text: string) =>
  Array.from({ length: count }, (_, n) => `"${n.toString(36).padStart(4, '0')}":"${text}"`).join(',');

describe('the members of an open object', () => {
  // A member takes its key, its text with quotation marks, and 64 bytes: 4 + 58 + 2 + 64 = 128. 2 MiB have room for 16,384.
  const text = 'x'.repeat(58);

  test('may take 2 MiB', () => {
    expect(digestOf(`{${members(16_384, text)}}`)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may not take more', () => {
    expect(() => digestOf(`{${members(16_385, text)}}`)).toThrow(
      new BundleLimitError(
        'the template has a text, or the members of an object, of 2097280 bytes or more, and the limit is 2097152 (2 MiB). Export it as QUICKSIGHT_JSON, which has no such limit.',
      ),
    );
  });

  test('count together with those of the objects around it, until it ends', () => {
    const half = members(8_193, text);
    expect(() => digestOf(`{${half},"inner":{${half}}}`)).toThrow(BundleLimitError);
    expect(digestOf(`[{${half}},{${half}},{"inner":{${half}}}]`)).toBeDefined();
  });

  test('count below the depth only', () => {
    expect(Object.keys(valuesOf(`{"Resources":{${members(40_000, text)}}}`, 2))).toHaveLength(40_000);
    expect(() => valuesOf(`{"Resources":{"Sales":{${members(40_000, text)}}}}`, 2)).toThrow(
      /^Resources\/Sales has a text/,
    );
  });
});

test('a list may have any number of items', () => {
  expect(digestOf(`[${'"a text of a filter",'.repeat(200_000)}{}]`)).toBeDefined();
});

test('500 levels of objects and lists are the limit', () => {
  const levels = (count: number) => '[{"a":'.repeat(count / 2) + '0' + '}]'.repeat(count / 2);
  expect(digestOf(levels(500))).toBeDefined();
  expect(() => digestOf(levels(502))).toThrow(
    new BundleLimitError(
      'the template has more than 500 levels of objects and lists, which is the limit. Export it as QUICKSIGHT_JSON, which has no such limit.',
    ),
  );
});

test('a text has room beside the members of the open objects', () => {
  const digest = new JsonDigest(0, () => {});
  const parser = new JSONParser({ paths: [], keepStack: false });
  parser.onToken = (token) => digest.write(token);
  digest.assertRoomFor(2 * MIB);
  parser.write(`{"key":"${'x'.repeat(MIB)}"`);
  // 3 + 1 MiB + 2 + 64
  digest.assertRoomFor(MIB - 69);
  expect(() => digest.assertRoomFor(MIB - 68)).toThrow('of 2097153 bytes or more');
  parser.write('}');
  digest.assertRoomFor(2 * MIB);
});

test('an error has the start of a long path', () => {
  const deep = (key: string) => valuesOf(`{"Resources":{"${key}":${'['.repeat(500)}`, 2);
  expect(() => deep('x'.repeat(1000))).toThrow(new RegExp(`^Resources/x{190} has more`));
});
