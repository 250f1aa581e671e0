import { stableJson } from '../../bundle/stable-json';

test('the members that identify an asset come first, and all others are sorted', () => {
  const asset = {
    type: 'ATHENA',
    name: 'n',
    dataSourceId: 'd',
    dataSourceParameters: { b: 1, a: 2 },
    resourceType: 'datasource',
  };
  expect(stableJson('datasource', asset)).toBe(
    '{"resourceType":"datasource","dataSourceId":"d","name":"n","dataSourceParameters":{"a":2,"b":1},"type":"ATHENA"}',
  );
});

test('permissions, their actions and tags are sorted', () => {
  const permission = (principal: string, actions: string[]) => ({ principal, actions });
  const one = {
    permissions: [permission('b', ['y', 'x']), permission('a', ['z'])],
    tags: [
      { key: 'k2', value: '' },
      { key: 'k1', value: '' },
    ],
  };
  const other = {
    tags: [
      { value: '', key: 'k1' },
      { value: '', key: 'k2' },
    ],
    permissions: [permission('a', ['z']), permission('b', ['x', 'y'])],
  };
  expect(stableJson('theme', one)).toBe(stableJson('theme', other));
});

test('the lists of a definition keep their order', () => {
  const asset = { definition: { sheets: ['b', 'a'], actions: ['b', 'a'], permissions: ['b', 'a'] } };
  expect(stableJson('datasource', asset)).toBe(
    '{"definition":{"actions":["b","a"],"permissions":["b","a"],"sheets":["b","a"]}}',
  );
});

test('a member that is called __proto__ is kept', () => {
  expect(stableJson('theme', JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
});

test('an indentation writes a member per line', () => {
  expect(stableJson('theme', { b: 1, a: [] }, 2)).toBe('{\n  "a": [],\n  "b": 1\n}');
});
