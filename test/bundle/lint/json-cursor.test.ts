import { JsonCursor } from '../../../bundle/lint/json-cursor';

test('finds a member in either case, and an exact match first', () => {
  expect(new JsonCursor({ DataSetArn: 'a' }).get('dataSetArn')).toMatchObject({ text: 'a', pointer: '/DataSetArn' });
  expect(new JsonCursor({ VPCConnectionArn: 'a' }).get('vpcConnectionArn').pointer).toBe('/VPCConnectionArn');
  expect(new JsonCursor({ NAME: 'upper', name: 'exact' }).get('name').text).toBe('exact');
});

test('has no value for a member that does not exist, nor for one below a scalar', () => {
  const cursor = new JsonCursor({ a: 1 });
  expect(cursor.get('b', 'c')).toMatchObject({ value: undefined, exists: false, pointer: '/b/c' });
  expect(cursor.get('a', 'length').exists).toBe(false);
  expect(cursor.get('toString').exists).toBe(false);
  expect(new JsonCursor({ a: null }).get('a').exists).toBe(false);
});

test('escapes the keys of a pointer as RFC 6901 defines', () => {
  const [child] = new JsonCursor({ 'a/b~c': ['x'] }).get('a/b~c').children();
  expect(child?.pointer).toBe('/a~1b~0c/0');
});

test('starts the pointers with the pointer of the outermost value', () => {
  expect(new JsonCursor({ Type: 'x' }, '/Resources/Sales').get('Type').pointer).toBe('/Resources/Sales/Type');
});

test('returns the texts in the order of the document', () => {
  const texts = new JsonCursor({ a: ['1', { b: '2' }], c: 3, d: '4' }).texts();
  expect(texts.map(({ text, pointer }) => [text, pointer])).toEqual([
    ['1', '/a/0'],
    ['2', '/a/1/b'],
    ['4', '/d'],
  ]);
});

test('reads a document of any depth and width', () => {
  const depth = 100_000;
  const deep = JSON.parse('['.repeat(depth) + '"x"' + ']'.repeat(depth));
  expect(new JsonCursor(deep).texts()[0]?.pointer).toHaveLength(2 * depth);
  expect(new JsonCursor(Array.from({ length: 200_000 }, () => 'x')).texts()).toHaveLength(200_000);
});
