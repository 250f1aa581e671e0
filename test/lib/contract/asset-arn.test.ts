import { ASSET_ARN_EXAMPLE, arnResource, parseAssetArn } from '../../../lib/contract/asset-arn';

const arn = (resource: string) => `arn:aws-cn:quicksight:cn-north-1:123456789012:${resource}`;

test.each([
  ['analysis', 'analysis/a', 'a'],
  ['dashboard', 'dashboard/a_b-1', 'a_b-1'],
  ['dataset', 'dataset/a', 'a'],
  ['datasource', 'datasource/a', 'a'],
  ['folder', 'folder/a', 'a'],
  ['theme', 'theme/a', 'a'],
  ['topic', 'topic/a.b+c\\d', 'a.b+c\\d'],
  ['vpcConnection', 'vpcConnection/a', 'a'],
  ['refreshSchedule', 'dataset/a/refresh-schedule/b', 'a/refresh-schedule/b'],
])('parseAssetArn returns the parts of the ARN of a %s', (type, resource, id) => {
  expect(parseAssetArn(arn(resource))).toEqual({
    partition: 'aws-cn',
    region: 'cn-north-1',
    account: '123456789012',
    type,
    id,
  });
});

// The last two ids have one character more than the service model allows.
test.each([
  'not an ARN',
  'arn:aws:s3:::dashboard/a',
  'arn:aws:quicksight::aws:theme/CLASSIC',
  arn('user/default/a'),
  arn('Dashboard/a'),
  arn('dashboard/'),
  arn('dashboard/a b'),
  arn('dashboard/a/b'),
  arn('dashboard/a.b'),
  arn('dataset/a/refresh-schedule/'),
  arn('refreshSchedule/a'),
  `${arn('dashboard/a')}\n`,
  arn(`dashboard/${'x'.repeat(2049)}`),
  arn(`vpcConnection/${'x'.repeat(1001)}`),
])('parseAssetArn returns undefined for %j', (text) => expect(parseAssetArn(text)).toBeUndefined());

test('the example is the ARN of a dashboard', () => {
  expect(parseAssetArn(ASSET_ARN_EXAMPLE)?.type).toBe('dashboard');
});

test('arnResource puts each id in its place', () => {
  expect(arnResource('refreshSchedule', (name) => `<${name}>`)).toBe(
    'dataset/<dataSetId>/refresh-schedule/<scheduleId>',
  );
  expect(arnResource('vpcConnection', () => '$&')).toBe('vpcConnection/$&');
});
