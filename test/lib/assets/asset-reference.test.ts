import { Aws, Lazy, Token } from 'aws-cdk-lib';
import { ACCOUNT, newStack, QuickSightAsset, REGION } from '../support';

const arn = (resource: string, region = REGION, account = ACCOUNT) =>
  `arn:aws:quicksight:${region}:${account}:${resource}`;

const problems = (asset: QuickSightAsset, stack = newStack()) => asset._resolve(stack).problems;
const arnProblems = (text: string, stack = newStack()) => problems(QuickSightAsset.fromArn(text), stack);

// The model: AssetBundleRestrictiveResourceId, VPCConnectionResourceIdUnrestricted; the API reference: TopicId.
test.each([
  ['dashboardId', QuickSightAsset.dashboard('sales overview')],
  ['dashboardId', QuickSightAsset.dashboard('')],
  ['dashboardId', QuickSightAsset.dashboard('*')],
  ['analysisId', QuickSightAsset.analysis('a/b')],
  ['dataSetId', QuickSightAsset.dataSet('a.b')],
  ['dataSourceId', QuickSightAsset.dataSource('x'.repeat(2049))],
  ['themeId', QuickSightAsset.theme('ü')],
  ['folderId', QuickSightAsset.folder('a,b')],
  ['topicId', QuickSightAsset.topic('x'.repeat(257))],
  ['vpcConnectionId', QuickSightAsset.vpcConnection('x'.repeat(1001))],
  ['dataSetId', QuickSightAsset.refreshSchedule('a b', 'c')],
  ['scheduleId', QuickSightAsset.refreshSchedule('a', 'b c')],
])('an id outside its pattern is a problem: %s', (name, asset) => {
  expect(problems(asset)).toHaveLength(1);
  expect(problems(asset)[0]?.startsWith(`${name} '`)).toBe(true);
  expect(problems(asset)[0]).toMatch(
    /' does not match \[.*\}\. Use the id from the asset's URL or ARN, not its name\.$/,
  );
});

test('every invalid id of an asset is reported', () => {
  expect(problems(QuickSightAsset.refreshSchedule('a b', 'c d'))).toHaveLength(2);
});

test('an ARN in the place of an id is corrected', () => {
  expect(problems(QuickSightAsset.dashboard(arn('dashboard/a')))).toEqual([
    `dashboardId '${arn('dashboard/a')}' is an ARN. Use QuickSightAsset.fromArn('${arn('dashboard/a')}').`,
  ]);
});

test.each([
  'dashboard/a',
  'arn:aws:s3:::bucket',
  'arn:aws:quicksight',
  '',
  arn('dashboard'),
  arn('Dashboard'),
  arn('dashboard/'),
  arn('dashboard/a b'),
  arn('dashboard/a/b'),
  arn('dataset/a/ingestion/b'),
  arn('dashboard/a', '', ''),
  `${arn('dashboard/a')}\n`,
])('a text that is not the ARN of an asset is a problem: %j', (text) => {
  expect(arnProblems(text)).toEqual([
    expect.stringMatching(
      /is not the ARN of a QuickSight asset, arn:\{partition\}:quicksight:.*\. Use an ARN such as arn:aws:quicksight/,
    ),
  ]);
});

test('an ARN with an invalid id is reported with the pattern of its type', () => {
  expect(arnProblems(arn('dashboard/a b'))[0]).toContain(':dashboard/[\\w\\-]{1,2048}.');
  expect(arnProblems(arn('dataset/a/refresh-schedule/b c'))[0]).toContain(
    ':dataset/[\\w\\-]{1,2048}/refresh-schedule/[\\w\\-]{1,2048}.',
  );
  expect(arnProblems(arn('dashboard'))[0]).toContain(':{type}/{id}.');
});

test('an undefined variable in the place of an ARN is a problem', () => {
  expect(arnProblems(process.env.NO_SUCH_VARIABLE as string)[0]).toContain(
    "'undefined' is not the ARN of a QuickSight asset",
  );
});

test('a misspelled type is corrected', () => {
  expect(arnProblems(arn('DataSet/x'))).toEqual([
    `'${arn('DataSet/x')}' has the type 'DataSet' instead of 'dataset'. Use ${arn('dataset/x')}.`,
  ]);
});

test.each(['user/default/x', 'group/default/x', 'template/x', 'namespace/default', 'asset-bundle-export-job/x'])(
  'a resource that a bundle cannot contain is a problem: %s',
  (resource) => {
    const [problem] = arnProblems(arn(resource));
    expect(problem).toContain(`is the ARN of a ${resource.split('/')[0]}, which a bundle cannot contain.`);
    expect(problem).toContain(
      'Use an asset of these types: analysis/{analysisId}, dashboard/{dashboardId}, dataset/{dataSetId}, datasource/{dataSourceId}, ' +
        'folder/{folderId}, theme/{themeId}, topic/{topicId}, vpcConnection/{vpcConnectionId}, ' +
        'dataset/{dataSetId}/refresh-schedule/{scheduleId}.',
    );
  },
);

test('an ARN of another account or region than the stack is a problem', () => {
  expect(arnProblems(arn('dashboard/a', REGION, '999999999999'))).toEqual([
    expect.stringMatching(
      /is in account 999999999999, but the stack is in account 123456789012\..* Use an asset of account 123456789012, or move/,
    ),
  ]);
  expect(arnProblems(arn('dashboard/a', 'us-east-1'))).toEqual([
    expect.stringMatching(
      /is in region us-east-1, but the stack is in region eu-west-1\..* Use an asset of region eu-west-1, or move/,
    ),
  ]);
  expect(arnProblems(arn('dashboard/a', 'us-east-1', '999999999999'), newStack({}))).toEqual([]);
});

test('an ARN of another partition than its region is corrected', () => {
  const inChina = (region: string) => `arn:aws-cn:quicksight:${region}:${ACCOUNT}:dashboard/a`;
  const correction = `has the partition aws-cn, but region ${REGION} is in partition aws. Use ${arn('dashboard/a')}.`;
  expect(arnProblems(inChina(REGION))[0]).toContain(correction);
  expect(arnProblems(inChina(REGION), newStack({}))[0]).toContain(correction);
  expect(arnProblems(inChina('cn-north-1'), newStack({ env: { account: ACCOUNT, region: 'cn-north-1' } }))).toEqual([]);
  // A region that is newer than aws-cdk-lib.
  expect(arnProblems(inChina('xy-new-1'), newStack({}))).toEqual([]);
});

test('the literal parts of an ARN with tokens are validated', () => {
  const ofPartition = (resource: string) => `arn:${Aws.PARTITION}:quicksight:${Aws.REGION}:${ACCOUNT}:${resource}`;
  expect(arnProblems(ofPartition('dashboard/a'))).toEqual([]);
  expect(arnProblems(ofPartition('user/default/a'))[0]).toContain('which a bundle cannot contain');
  expect(arnProblems(`arn:${Aws.PARTITION}:quicksight:us-east-1:${Aws.ACCOUNT_ID}:dashboard/a`)[0]).toContain(
    'is in region us-east-1',
  );
});

test('tokens are not validated', () => {
  const token = (name: string) => Lazy.string({ produce: () => name });
  for (const asset of [
    QuickSightAsset.fromArn(token('a')),
    QuickSightAsset.dashboard(token('b')),
    QuickSightAsset.refreshSchedule(token('c'), token('d')),
    QuickSightAsset.fromArn(arn(`dashboard/${token('e')}`)),
    QuickSightAsset.fromArn(Token.asList(Lazy.list({ produce: () => ['x'] }))[0] as string),
  ])
    expect(problems(asset)).toEqual([]);
});

test.each([
  ['dashboard', `dashboard/${Aws.STACK_NAME}`],
  ['dataset', `dataset/${Aws.STACK_NAME}`],
  ['refreshSchedule', `dataset/a/refresh-schedule/${Aws.STACK_NAME}`],
])('the type of an ARN is known although its id is a token: %s', (type, resource) => {
  expect(QuickSightAsset.fromArn(arn(resource))._resolve(newStack()).type).toBe(type);
});

test('two references to one asset have the same identity', () => {
  const stack = newStack();
  const identity = (asset: QuickSightAsset) => asset._resolve(stack).identity;
  expect(identity(QuickSightAsset.dashboard('a'))).toBe(identity(QuickSightAsset.fromArn(arn('dashboard/a'))));
  expect(identity(QuickSightAsset.refreshSchedule('a', 'b'))).toBe(
    identity(QuickSightAsset.fromArn(arn('dataset/a/refresh-schedule/b'))),
  );
  expect(identity(QuickSightAsset.dashboard('a'))).not.toBe(identity(QuickSightAsset.analysis('a')));
});
