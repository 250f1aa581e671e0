import { Aws, Duration, Lazy, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ACCOUNT,
  AssetBundleExport,
  ExportFormat,
  IncludeFolderMembers,
  newExport,
  newStack,
  QuickSightAsset,
  REGION,
  SALES,
  synthesisError,
} from '../support';

const arn = (resource: string) => `arn:aws:quicksight:${REGION}:${ACCOUNT}:${resource}`;
const dashboards = (count: number) =>
  Array.from({ length: count }, (_, index) => QuickSightAsset.dashboard(`d${index}`));

describe('assets', () => {
  test('have at least one entry', () =>
    expect(synthesisError({ assets: [] })).toBe(
      '[Stack/Sales] AssetBundleExport has invalid properties:\n' +
        "  - assets is empty, but an export has at least one asset. Use, for example, assets: [QuickSightAsset.dashboard('sales-overview')].",
    ));

  test('have at most 100 entries', () => {
    expect(synthesisError({ assets: dashboards(101) })).toContain(
      'assets has 101 entries, but an export job accepts at most 100. Divide',
    );
    expect(synthesisError({ assets: dashboards(100) })).toBe('');
  });

  test.each([
    ['by id', QuickSightAsset.dashboard('a'), QuickSightAsset.dashboard('a')],
    ['by id and by ARN', QuickSightAsset.dashboard('a'), QuickSightAsset.fromArn(arn('dashboard/a'))],
    ['by ARN', QuickSightAsset.fromArn(arn('dashboard/a')), QuickSightAsset.fromArn(arn('dashboard/a'))],
    [
      'a schedule',
      QuickSightAsset.refreshSchedule('a', 'b'),
      QuickSightAsset.fromArn(arn('dataset/a/refresh-schedule/b')),
    ],
  ])('do not repeat an asset: %s', (_, first, second) => {
    expect(synthesisError({ assets: [first, QuickSightAsset.theme('a'), second] })).toMatch(
      / - assets contains \S+:(dashboard\/a|dataset\/a\/refresh-schedule\/b) more than once\. List each asset once\.$/,
    );
  });

  test('may have the same id in two types', () => {
    expect(synthesisError({ assets: [QuickSightAsset.dashboard('a'), QuickSightAsset.analysis('a')] })).toBe('');
  });

  test.each([
    [undefined, 'are undefined'],
    ['dashboard/x', "are 'dashboard/x'"],
    [['dashboard/x'], "contain 'dashboard/x'"],
    [[...SALES.assets, undefined], 'contain undefined'],
  ])('are validated for JavaScript: %j', (assets, found) => {
    expect(() => newExport({ assets: assets as never })).toThrow(
      `[Stack/Sales] The assets of AssetBundleExport must be a list of QuickSightAsset, but ${found}. Use a list such as assets: [`,
    );
  });

  test('cannot be resources of QuickSight', () => {
    const stack = newStack();
    const dashboard = new quicksight.CfnDashboard(stack, 'Dashboard', {
      awsAccountId: ACCOUNT,
      dashboardId: 'd',
      name: 'D',
    });
    expect(() => newExport({ assets: [dashboard as never] }, stack)).toThrow('but contain [CfnDashboard]. Use a list');
  });

  test('are required', () => {
    expect(() => new AssetBundleExport(newStack(), 'Sales', undefined as never)).toThrow(
      'but are undefined. Use a list',
    );
  });
});

describe('the rules of the contract', () => {
  test('apply to the default format', () => {
    const configuration = { cloudFormationOverridePropertyConfiguration: {} };
    for (const exportFormat of [undefined, ExportFormat.QUICKSIGHT_JSON])
      expect(synthesisError({ exportFormat, ...configuration })).toContain(
        'requires the ExportFormat CLOUDFORMATION_JSON',
      );
    expect(synthesisError({ exportFormat: ExportFormat.CLOUDFORMATION_JSON, ...configuration })).toBe('');
  });

  const includeFolderMembers = IncludeFolderMembers.RECURSE;

  test('apply to assets of a known type in an environment-agnostic stack', () => {
    expect(synthesisError({ includeFolderMembers }, newStack({}))).toContain('none of the assets is a folder');
    const assets = [QuickSightAsset.folder(Aws.STACK_NAME)];
    expect(synthesisError({ includeFolderMembers, assets }, newStack({}))).toBe('');
  });

  test('do not apply to assets of an unknown type', () => {
    const assets = [...SALES.assets, QuickSightAsset.fromArn(Lazy.string({ produce: () => 'x' }))];
    expect(synthesisError({ includeFolderMembers, assets })).toBe('');
  });

  test('apply to the prefix', () =>
    expect(synthesisError({ prefix: '/x' })).toContain("ArtifactPrefix '/x' starts with"));

  test('do not apply to tokens', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', Aws.STACK_NAME);
    expect(synthesisError({ bucket, prefix: Aws.STACK_NAME }, stack)).toBe('');
  });
});

test.each([
  [
    Duration.minutes(61),
    'timeout is 1 hour 1 minute, but CloudFormation limits a custom resource to one hour. Use Duration.hours(1)',
  ],
  [Duration.seconds(59), 'timeout is 59 seconds, but an export job takes a minute or more. Use Duration.minutes(1)'],
  [
    Duration.millis(90_500),
    'timeout is 90.5 seconds, but it must be a whole number of seconds. Use Duration.seconds(91)',
  ],
])('a timeout outside its limits is a problem: %s', (timeout, problem) =>
  expect(synthesisError({ timeout })).toContain(problem),
);

test.each([
  Duration.minutes(60),
  Duration.minutes(1),
  Duration.seconds(Token.asNumber(Lazy.number({ produce: () => 90 }))),
])('a timeout inside its limits is accepted: %s', (timeout) => {
  expect(synthesisError({ timeout })).toBe('');
});

test.each([RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])(
  'the removal policy %s is a problem',
  (removalPolicy) => {
    expect(synthesisError({ removalPolicy })).toContain(
      `removalPolicy is '${removalPolicy}'. Use RemovalPolicy.RETAIN or RemovalPolicy.DESTROY.`,
    );
  },
);

test('a bucket in another region is a problem', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'artifacts', region: 'us-east-1' });
  expect(synthesisError({ bucket }, stack)).toContain(
    'bucket Stack/Bucket is in region us-east-1, but the export runs in eu-west-1. Use one in eu-west-1, or remove bucket.',
  );
});

test('a key in another region is a problem', () => {
  const key = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/k`;
  const stack = newStack();
  expect(synthesisError({ encryptionKey: kms.Key.fromKeyArn(stack, 'Other', key('us-east-1')) }, stack)).toContain(
    'encryptionKey Stack/Other is in region us-east-1, but the export runs in eu-west-1. Use one in eu-west-1',
  );
  expect(synthesisError({ encryptionKey: kms.Key.fromKeyArn(stack, 'Token', key(Aws.REGION)) }, newStack())).toBe('');
});

test('unknown choices in JavaScript are problems', () => {
  expect(synthesisError({ exportFormat: 'ZIP' as never })).toContain(
    "exportFormat is 'ZIP'. Use one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON.",
  );
  expect(synthesisError({ includeFolderMembers: 'ALL' as never, assets: [QuickSightAsset.folder('f')] })).toContain(
    "includeFolderMembers is 'ALL'. Use one of RECURSE, ONE_LEVEL, NONE.",
  );
  expect(synthesisError({ exportFormat: Lazy.string({ produce: () => 'QUICKSIGHT_JSON' }) as never })).toBe('');
});

test('all problems are in one error', () => {
  const message = synthesisError({
    assets: [...SALES.assets, ...SALES.assets, QuickSightAsset.theme('a b')],
    prefix: '/x',
    timeout: Duration.hours(2),
  });
  expect(message.split('\n').map((line) => line.slice(0, 4))).toEqual(['[Sta', '  - ', '  - ', '  - ', '  - ']);
});

test('assets that are tokens are not validated', () => {
  const token = (name: string) => Lazy.string({ produce: () => name });
  const assets = [
    QuickSightAsset.fromArn(token('a')),
    QuickSightAsset.fromArn(token('b')),
    QuickSightAsset.dashboard(token('c')),
    QuickSightAsset.fromArn(arn(`dashboard/${token('d')}`)),
  ];
  expect(synthesisError({ assets })).toBe('');
});
