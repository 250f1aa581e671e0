import type { JsonValue } from '../../bundle/json-value';
import type { PartAsset } from '../../bundle/part-asset';
import { referencesOf } from '../../bundle/references';

const ACCOUNT = 'arn:aws:quicksight:eu-west-1:123456789012';
const IN_ACCOUNT = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };

const referencesIn = (properties: JsonValue, type: PartAsset['type'] = 'dashboard') =>
  referencesOf({ type, id: 'x', properties });

// The resources are those of the service authorization reference.
test.each([
  ['analysis/a', 'analysis', 'a'],
  ['dashboard/a', 'dashboard', 'a'],
  ['dataset/a', 'dataset', 'a'],
  ['datasource/a', 'datasource', 'a'],
  ['folder/a', 'folder', 'a'],
  ['theme/a', 'theme', 'a'],
  ['topic/a.b', 'topic', 'a.b'],
  ['vpcConnection/a', 'vpcConnection', 'a'],
  ['dataset/a/refresh-schedule/b', 'refreshSchedule', 'a--refresh-schedule--b'],
])('finds the ARN of %s', (resource, type, id) => {
  const text = `${ACCOUNT}:${resource}`;
  expect(referencesIn({ some: { inner: [{ arn: text }] } })).toEqual([{ text, target: { type, id, ...IN_ACCOUNT } }]);
});

test('finds each ARN once', () => {
  expect(referencesIn([`${ACCOUNT}:dataset/a`, `${ACCOUNT}:dataset/b`, `${ACCOUNT}:dataset/a`])).toHaveLength(2);
});

test('finds a managed theme, which has no region', () => {
  const text = 'arn:aws:quicksight::aws:theme/CLASSIC';
  expect(referencesIn({ themeArn: text })).toEqual([
    { text, target: { type: 'theme', id: 'CLASSIC', partition: 'aws', region: '', account: 'aws' } },
  ]);
});

test.each([
  `${ACCOUNT}:user/default/jane`,
  `${ACCOUNT}:dataset`,
  `${ACCOUNT}:dataset/a/b`,
  `see ${ACCOUNT}:dataset/a`,
  'arn:aws:athena:eu-west-1:123456789012:dataset/a',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:dataset/a',
  'dataset/a',
  'arn:',
  '${DataSet.Name}',
  '${Data Set.Arn}',
  '${DataSet.Arn}/x',
])('does not find %s', (text) => {
  expect(referencesIn({ arn: text, list: [null, 5, true, {}] })).toEqual([]);
});

test('finds the expressions of a template', () => {
  const properties: JsonValue = {
    A: { 'Fn::GetAtt': ['DataSet', 'Arn'] },
    B: { 'Fn::Sub': 'arn:${AWS::Partition}:quicksight::aws:theme/NITRO' },
    C: { 'Fn::Sub': 'arn:${AWS::Partition}:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/${Prefix}orders' },
    D: { 'Fn::If': ['Condition', { 'Fn::GetAtt': 'Other.Arn' }, { Ref: 'AWS::NoValue' }] },
  };
  expect(referencesIn(properties)).toEqual([
    { text: '${DataSet.Arn}', logicalId: 'DataSet' },
    {
      text: 'arn:${AWS::Partition}:quicksight::aws:theme/NITRO',
      target: { type: 'theme', id: 'NITRO', partition: '${AWS::Partition}', region: '', account: 'aws' },
    },
    {
      text: 'arn:${AWS::Partition}:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/${Prefix}orders',
      target: {
        type: 'dataset',
        id: 'orders',
        partition: '${AWS::Partition}',
        region: '${AWS::Region}',
        account: '${AWS::AccountId}',
      },
    },
    { text: '${Other.Arn}', logicalId: 'Other' },
  ]);
});

test('a schedule refers to its data set', () => {
  const target = { type: 'dataset', id: 'orders', partition: '', region: '', account: '' };
  expect(referencesIn({ dataSetId: 'orders', schedule: { scheduleId: 'daily' } }, 'refreshSchedule')).toEqual([
    { text: 'orders', target },
  ]);
  expect(referencesIn({ DataSetId: { 'Fn::Sub': '${Prefix}orders' } }, 'refreshSchedule')).toEqual([
    { text: '${Prefix}orders', target },
  ]);
  expect(referencesIn({ dataSetId: '' }, 'refreshSchedule')).toEqual([]);
  expect(referencesIn({ dataSetId: { Ref: 'Id' } }, 'refreshSchedule')).toEqual([]);
  expect(referencesIn({ dataSetId: 'orders' }, 'dataset')).toEqual([]);
});

test('an asset without content has no references', () => {
  expect(referencesOf({ type: 'dashboard', id: 'x' })).toEqual([]);
  expect(referencesOf({ type: 'refreshSchedule', id: 'x' })).toEqual([]);
});
