import { Aws, Duration, Lazy, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { contradictions } from '../../../lib/contract/export-rules';
import {
  ACCOUNT,
  AssetBundleExport,
  DashboardPropertyToOverride,
  ExportFormat,
  IncludeFolderMembers,
  newExport,
  newStack,
  QuickSightAsset,
  REGION,
  refusal,
  SALES,
} from '../support';

const arn = (resource: string, region = REGION, account = ACCOUNT) =>
  `arn:aws:quicksight:${region}:${account}:${resource}`;
const dashboards = (count: number) =>
  Array.from({ length: count }, (_, index) => QuickSightAsset.dashboard(`d${index}`));

describe('assets', () => {
  test('none', () =>
    expect(refusal({ assets: [] })).toMatch(/\[Stack\/Sales\].*\n.*No assets were given.*at least one: write/));

  test('101 of them', () => {
    expect(refusal({ assets: dashboards(101) })).toMatch(/101 assets were given; an export has at most 100: divide/);
    expect(refusal({ assets: dashboards(100) })).toBe('');
  });

  test.each([
    ['by id', QuickSightAsset.dashboard('a'), QuickSightAsset.dashboard('a')],
    ['by id and by ARN', QuickSightAsset.dashboard('a'), QuickSightAsset.fromArn(arn('dashboard/a'))],
    ['by ARN', QuickSightAsset.fromArn(arn('dashboard/a')), QuickSightAsset.fromArn(arn('dashboard/a'))],
    [
      'schedules',
      QuickSightAsset.refreshSchedule('a', 'b'),
      QuickSightAsset.fromArn(arn('dataset/a/refresh-schedule/b')),
    ],
  ])('the same twice, %s', (_, first, second) => {
    expect(refusal({ assets: [first, QuickSightAsset.theme('a'), second] })).toMatch(
      /:dashboard\/a|:dataset\/a\/refresh-schedule\/b/,
    );
    expect(refusal({ assets: [first, second] })).toMatch(/was given more than once: name each asset once/);
  });

  test('the same id in two types is two assets', () => {
    expect(refusal({ assets: [QuickSightAsset.dashboard('a'), QuickSightAsset.analysis('a')] })).toBe('');
  });

  test.each([undefined, ['dashboard/x'], [undefined], 'dashboard/x'])('what JavaScript lets through: %j', (assets) => {
    expect(() => newExport({ assets: assets as never })).toThrow(
      /The assets of this AssetBundleExport (were not given as a list|hold .*): write a list such as/,
    );
  });

  test('no props, or a resource of QuickSight in the place of an asset', () => {
    expect(() => new AssetBundleExport(newStack(), 'Sales', undefined as never)).toThrow(
      'The assets of this AssetBundleExport were not given as a list',
    );
    const stack = newStack();
    const dashboard = new quicksight.CfnDashboard(stack, 'Dashboard', {
      awsAccountId: ACCOUNT,
      dashboardId: 'd',
      name: 'D',
    });
    expect(() => newExport({ assets: [dashboard as never] }, stack)).toThrow(
      'hold [CfnDashboard]: write a list such as',
    );
  });
});

describe('options', () => {
  const override = {
    dashboards: [
      { asset: QuickSightAsset.dashboard('sales-overview'), properties: [DashboardPropertyToOverride.NAME] },
    ],
  };

  test.each([undefined, ExportFormat.QUICKSIGHT_JSON])(
    'an override configuration with the format %s',
    (exportFormat) => {
      for (const configuration of [
        override,
        {},
        { resourceIdOverrideConfiguration: { prefixForAllResources: true } },
      ]) {
        expect(refusal({ exportFormat, cloudFormationOverridePropertyConfiguration: configuration })).toMatch(
          /QUICKSIGHT_JSON.*set ExportFormat to CLOUDFORMATION_JSON/,
        );
      }
    },
  );

  test.each([IncludeFolderMembers.RECURSE, IncludeFolderMembers.ONE_LEVEL])(
    'folder members %s without a folder',
    (includeFolderMembers) => {
      expect(refusal({ includeFolderMembers })).toMatch(/none of the assets is a folder: add the folder/);
      expect(refusal({ includeFolderMembers, assets: [QuickSightAsset.folder('f')] })).toBe('');
      expect(
        refusal({ includeFolderMembers, assets: [QuickSightAsset.fromArn(Lazy.string({ produce: () => 'x' }))] }),
      ).toBe('');
    },
  );

  test('folder members NONE without a folder', () =>
    expect(refusal({ includeFolderMembers: IncludeFolderMembers.NONE })).toBe(''));

  test('folder members without a folder in an env-agnostic stack', () => {
    expect(refusal({ includeFolderMembers: IncludeFolderMembers.RECURSE }, newStack({}))).toContain(
      'none of the assets is a folder',
    );
    expect(
      refusal(
        { includeFolderMembers: IncludeFolderMembers.RECURSE, assets: [QuickSightAsset.folder(Aws.STACK_NAME)] },
        newStack({}),
      ),
    ).toBe('');
  });

  test('a prefix that starts with a slash', () =>
    expect(refusal({ prefix: '/exports/' })).toContain(
      "starts with a slash, which S3 would take for a folder without a name: write 'exports/'",
    ));

  test('a prefix of slashes alone', () =>
    expect(refusal({ prefix: '//' })).toMatch(/'\/\/' starts with a slash.*: leave it out\.$/));

  test('a prefix with half of a character', () => {
    expect(refusal({ prefix: 'a\ud83d/' })).toContain('half of a surrogate pair');
    expect(refusal({ prefix: '📊/' })).toBe('');
  });

  test('a prefix of more than 400 bytes', () => {
    expect(refusal({ prefix: 'ü'.repeat(201) })).toMatch(/402 bytes of UTF-8; at most 400/);
    expect(refusal({ prefix: 'ü'.repeat(200) })).toBe('');
  });

  test('a prefix that is a token', () => expect(refusal({ prefix: Aws.STACK_NAME })).toBe(''));

  test.each([
    [Duration.minutes(61), /1 hour 1 minute was given.*one hour at most: write Duration.hours\(1\)/],
    [Duration.seconds(59), /59 seconds was given.*write Duration.minutes\(1\)/],
    [Duration.millis(90_500), /90.5 seconds was given.*write Duration.seconds\(91\)/],
  ])('a time-out of %s', (timeout, message) => expect(refusal({ timeout })).toMatch(message));

  test.each([
    Duration.minutes(60),
    Duration.minutes(1),
    Duration.seconds(Token.asNumber(Lazy.number({ produce: () => 90 }))),
  ])('a time-out that passes: %s', (timeout) => {
    expect(refusal({ timeout })).toBe('');
  });

  test.each([RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])(
    'the removal policy %s',
    (removalPolicy) => {
      expect(refusal({ removalPolicy })).toMatch(
        /was given; an artifact is kept or removed: write RemovalPolicy.RETAIN or RemovalPolicy.DESTROY/,
      );
    },
  );

  test('a bucket in another region', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'artifacts', region: 'us-east-1' });
    expect(refusal({ bucket }, stack)).toMatch(
      /is in us-east-1, but the export runs in eu-west-1.*: give a bucket in eu-west-1/,
    );
  });

  test.each(['s3://artifacts', 'artifacts/exports', 'arn:aws:s3:::artifacts', 'ab', ''])(
    'no name of a bucket: %j',
    (name) => {
      expect(contradictions({ ArtifactBucket: name })).toEqual([
        expect.stringMatching(
          /^ArtifactBucket '.*' is not the name of a bucket, .*: write the name alone, such as my-artifacts, and neither a URI nor an ARN\.$/,
        ),
      ]);
    },
  );

  test('a bucket of an older name, or of one that is not known yet', () => {
    const stack = newStack();
    expect(refusal({ bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'My_Artifacts') }, stack)).toBe('');
    expect(refusal({ bucket: s3.Bucket.fromBucketName(stack, 'Token', Aws.STACK_NAME) }, newStack())).toBe('');
  });

  test('a key in another region', () => {
    const key = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/k`;
    const stack = newStack();
    expect(refusal({ encryptionKey: kms.Key.fromKeyArn(stack, 'Other', key('us-east-1')) }, stack)).toMatch(
      /The key Stack\/Other is in us-east-1.*: give a key in eu-west-1/,
    );
    expect(refusal({ encryptionKey: kms.Key.fromKeyArn(stack, 'Token', key(Aws.REGION)) }, newStack())).toBe('');
  });

  test('choices that only JavaScript makes', () => {
    expect(refusal({ exportFormat: 'ZIP' as never })).toContain(
      "exportFormat 'ZIP' was given; it is one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON",
    );
    expect(refusal({ includeFolderMembers: 'ALL' as never, assets: [QuickSightAsset.folder('f')] })).toContain(
      "includeFolderMembers 'ALL' was given; it is one of RECURSE, ONE_LEVEL, NONE",
    );
    expect(refusal({ exportFormat: Lazy.string({ produce: () => 'QUICKSIGHT_JSON' }) as never })).toBe('');
  });
});

test('everything that is wrong is told at once', () => {
  const message = refusal({
    assets: [...SALES.assets, ...SALES.assets, QuickSightAsset.theme('a b')],
    prefix: '/x',
    timeout: Duration.hours(2),
  });
  expect(message.split('\n').map((line) => line.slice(0, 4))).toEqual(['[Sta', '  - ', '  - ', '  - ', '  - ']);
});

test('tokens pass', () => {
  const token = (name: string) => Lazy.string({ produce: () => name });
  expect(
    refusal({
      assets: [
        QuickSightAsset.fromArn(token('a')),
        QuickSightAsset.fromArn(token('b')),
        QuickSightAsset.dashboard(token('c')),
        QuickSightAsset.refreshSchedule(token('d'), token('e')),
        QuickSightAsset.fromArn(arn(`dashboard/${token('f')}`)),
        QuickSightAsset.fromArn(Token.asList(Lazy.list({ produce: () => ['x'] }))[0] as string),
      ],
    }),
  ).toBe('');
});
