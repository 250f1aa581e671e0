import { factsOf } from '../../bundle/facts';
import type { JsonValue } from '../../bundle/json-value';
import type { PartAsset } from '../../bundle/part-asset';

const facts = (type: PartAsset['type'], properties: JsonValue) => factsOf({ type, id: 'x', properties });

test.each<[JsonValue, object]>([
  [
    { importMode: 'SPICE', logicalTableMap: {} },
    { importMode: 'SPICE', dataSetShape: 'legacy' },
  ],
  [
    { importMode: 'DIRECT_QUERY', dataPrepConfiguration: {} },
    { importMode: 'DIRECT_QUERY', dataSetShape: 'new' },
  ],
  [
    { ImportMode: 'SPICE', SemanticModelConfiguration: {} },
    { importMode: 'SPICE', dataSetShape: 'new' },
  ],
  [{ importMode: 'OTHER' }, { dataSetShape: 'legacy' }],
  [{ ImportMode: { Ref: 'Mode' }, dataPrepConfiguration: null }, { dataSetShape: 'legacy' }],
  [null, { dataSetShape: 'legacy' }],
])('the data set %j has the facts %j', (properties, expected) => {
  expect(facts('dataset', properties)).toEqual(expected);
});

test.each<[JsonValue, object]>([
  [{ type: 'ATHENA' }, { dataSourceKind: 'ATHENA', hasSecret: false }],
  [
    { type: 'RDS', credentials: { secretArn: 'arn' } },
    { dataSourceKind: 'RDS', hasSecret: true },
  ],
  [
    { type: 'RDS', secretArn: 'arn' },
    { dataSourceKind: 'RDS', hasSecret: true },
  ],
  [
    { Type: 'RDS', Credentials: { SecretArn: { Ref: 'P' } } },
    { dataSourceKind: 'RDS', hasSecret: true },
  ],
  [
    { type: 'RDS', credentials: { secretArn: null } },
    { dataSourceKind: 'RDS', hasSecret: false },
  ],
  [{ type: 5, credentials: 'x' }, { hasSecret: false }],
])('the data source %j has the facts %j', (properties, expected) => {
  expect(facts('datasource', properties)).toEqual(expected);
});

test('an asset has the principals of its permissions, in their order', () => {
  const permissions: JsonValue = [
    { principal: 'b', actions: [] },
    { principal: 'a' },
    { principal: 'b' },
    { actions: [] },
    'x',
  ];
  expect(facts('dashboard', { permissions })).toEqual({ principals: ['a', 'b'] });
  expect(facts('theme', { Permissions: [{ Principal: { Ref: 'User' } }] })).toEqual({ principals: ['${User}'] });
  expect(facts('dashboard', { linkSharingConfiguration: { permissions: [{ principal: 'all' }] } })).toEqual({
    principals: ['all'],
  });
});

test('an asset without permissions has no list of principals', () => {
  expect(facts('dashboard', {})).toEqual({});
  expect(facts('dashboard', { permissions: null })).toEqual({});
  expect(facts('dashboard', { permissions: [] })).toEqual({ principals: [] });
});

test('other types have no facts of their own', () => {
  expect(facts('dashboard', { importMode: 'SPICE', type: 'ATHENA' })).toEqual({});
});

test('an asset without content has no facts', () => {
  expect(factsOf({ type: 'datasource', id: 'x' })).toEqual({});
});
