import type { JsonObject, JsonValue } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { arnOf, findingsOf, reference, template } from '../../../support/lint-input';

const check = (
  dataSetArn: JsonValue,
  more: JsonObject = {},
  where: 'bundle' | 'outside' = 'bundle',
): Promise<Finding[]> =>
  findingsOf(
    'template-reference-without-order',
    template([
      {
        type: 'analysis',
        id: 'Sales',
        content: { Properties: { Definition: { DataSetArn: dataSetArn } }, ...more },
        references: [reference('dataset', 'Orders', where)],
      },
      { type: 'dataset', id: 'Orders', content: { Properties: { DataSetId: 'Orders' } } },
    ]),
  );

const SUB = { 'Fn::Sub': 'arn:${AWS::Partition}:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/Orders' };

test.each<[string, JsonValue]>([
  ['an ARN', arnOf('dataset/Orders')],
  ['Fn::Sub', SUB],
])('reports a reference by %s', async (_, arn) => {
  expect(await check(arn)).toMatchObject([
    {
      severity: 'warning',
      asset: 'analysis/Sales',
      path: expect.stringMatching(/^\/Resources\/Sales\/Properties\/Definition\/DataSetArn/),
      message: expect.stringContaining('the dataset Orders'),
    },
  ]);
});

test.each<[string, JsonValue]>([
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Orders', 'Arn'] }],
  ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Orders.Arn' }],
  ['Ref', { 'Fn::Join': ['/', ['arn:aws:quicksight:us-east-2:1:dataset', { Ref: 'Orders' }]] }],
  ['Fn::Sub with an attribute', { 'Fn::Sub': '${Orders.Arn}' }],
  ['Fn::Sub with a list', { 'Fn::Sub': ['${Orders}-${Stage}', { Stage: 'prod' }] }],
])('accepts a reference by %s', async (_, arn) => expect(await check(arn)).toEqual([]));

test.each<[string, JsonValue]>([
  ['a text', 'Orders'],
  ['a list', ['Other', 'Orders']],
])('accepts DependsOn with %s', async (_, dependsOn) => {
  expect(await check(SUB, { DependsOn: dependsOn })).toEqual([]);
});

test('does not read another resource, nor an escaped expression, as an order', async () => {
  expect(await check(SUB, { DependsOn: 'Other' })).toHaveLength(1);
  expect(await check(SUB, { Metadata: { 'Fn::Sub': '${!Orders}' } })).toHaveLength(1);
});

test('accepts a reference that leaves the template', async () => {
  expect(await check(SUB, {}, 'outside')).toEqual([]);
});
