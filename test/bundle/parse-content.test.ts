import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { parseContent } from '../../bundle/parse-content';

const parse = (content: string | Buffer) => parseContent('entry a/b.json', Buffer.from(content));

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test('returns the value', () => {
  expect(parse('{"name":"日本","list":[1,null]}')).toEqual({ name: '日本', list: [1, null] });
  expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 });
  expect(parse('null')).toBeNull();
  expect(parse('{"__proto__":{"a":1}}')).toEqual(JSON.parse('{"__proto__":{"a":1}}'));
});

test.each([
  ['{"a":1,"a":1}', 'a'],
  ['[{"a":{"b":1}},{"a":{"c":1,"d":"}","c":2}}]', 'c'],
  ['{"a":{"a":1},"\\u0061":{}}', 'a'],
  ['{"a" :1,"b":"a","a"\n:1}', 'a'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  [`{"${'x'.repeat(200)}":1,"${'x'.repeat(200)}":2}`, 'x'.repeat(100)],
])('refuses %s, which has a key twice', (text, key) => {
  expect(() => parse(text)).toThrow(
    new InvalidBundleError(`entry a/b.json: an object has the key ${JSON.stringify(key)} twice`),
  );
});

test('accepts equal keys of different objects', () => {
  expect(parse('{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}')).toBeDefined();
});

test.each(['', '{', '{"a":1}}', "{'a':1}", '{"password":"hunter2"', '{"a":01}'])(
  'refuses %j without its text',
  (text) => {
    expect(() => parse(text)).toThrow(new InvalidBundleError('entry a/b.json: not JSON'));
  },
);

// Each byte sequence is ill-formed: Unicode Standard, table 3-7.
test.each([
  ['a continuation byte', [0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['an incomplete character', [0xe2, 0x82]],
])('refuses %s as invalid UTF-8', (_, bytes) => {
  const content = Buffer.concat([Buffer.from('{"name":"'), Buffer.from(bytes), Buffer.from('"}')]);
  expect(() => parse(content)).toThrow(new InvalidBundleError('entry a/b.json: the text is not valid UTF-8'));
});

test('parses 500 levels, and not 501', () => {
  expect(parse(nested(500))).toBeDefined();
  expect(parse(nested(501))).toBeUndefined();
  expect(parse('['.repeat(1_000_000))).toBeUndefined();
});

test('parses 1,000,000 members, objects and lists, and not one more', () => {
  const text = (objects: number) => `[${'{"a":1},'.repeat(objects)}1]`;
  expect(parse(text(499_999))).toHaveLength(500_000);
  expect(parse(`[${text(499_999)}]`)).toHaveLength(1);
  expect(parse(text(500_000))).toBeUndefined();
});

test('does not parse a number that would change', () => {
  expect(parse('{"value":9007199254740992}')).toEqual({ value: 2 ** 53 });
  expect(parse('{"value":9007199254740993}')).toBeUndefined();
});

test('parses 16 MiB, and not one byte more', () => {
  const text = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
  expect(parse(text(16_777_216))).toHaveLength(16_777_214);
  expect(parse(text(16_777_217))).toBeUndefined();
});
