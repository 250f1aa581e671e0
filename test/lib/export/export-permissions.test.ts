import { Aws, Lazy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AssetBundleExportProps, Statement } from '../support';
import {
  ACCOUNT,
  AssetBundleExport,
  allowedOn,
  IncludeFolderMembers,
  isCompletePolicy,
  newExport,
  newStack,
  QuickSightAsset,
  REGION,
  resources,
  text,
} from '../support';

const QUICKSIGHT = `arn:{AWS::Partition}:quicksight:${REGION}:${ACCOUNT}:`;

const policy = (props: Partial<AssetBundleExportProps> = {}): Statement[] => {
  const stack = newStack();
  newExport(props, stack);
  return isCompletePolicy(stack);
};

/** The actions on assets, each with the asset types on which it is allowed. */
function assetActions(props: Partial<AssetBundleExportProps>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { actions, resources: allowed } of policy(props)) {
    for (const action of actions.filter((name) => name.startsWith('quicksight:') && !name.includes('AssetBundle'))) {
      const name = action.replace('quicksight:', '');
      found[name] = [
        ...(found[name] ?? []),
        ...allowed.map((resource) => resource.replace(QUICKSIGHT, '').replace('/*', '')),
      ].sort();
    }
  }
  return found;
}

const SOURCES = {
  DescribeDataSource: ['datasource'],
  DescribeVPCConnection: ['vpcConnection'],
  ListVPCConnections: ['*'],
};
const DATA = {
  ...SOURCES,
  DescribeDataSet: ['dataset'],
  DescribeDataSetRefreshProperties: ['dataset'],
  DescribeRefreshSchedule: ['dataset/refresh-schedule/*'],
  ListRefreshSchedules: ['*'],
};
const PAGES = { DescribeAnalysis: ['analysis'], DescribeDashboard: ['dashboard'], DescribeTheme: ['theme'] };

describe('no option allows only the actions that describe an asset of type', () => {
  test.each<[string, QuickSightAsset, Record<string, string[]>]>([
    ['analysis', QuickSightAsset.analysis('i'), { DescribeAnalysis: ['analysis'] }],
    ['dashboard', QuickSightAsset.dashboard('i'), { DescribeDashboard: ['dashboard'] }],
    [
      'dataSet',
      QuickSightAsset.dataSet('i'),
      { DescribeDataSet: ['dataset'], DescribeDataSetRefreshProperties: ['dataset'] },
    ],
    ['dataSource', QuickSightAsset.dataSource('i'), { DescribeDataSource: ['datasource'] }],
    ['theme', QuickSightAsset.theme('i'), { DescribeTheme: ['theme'] }],
    ['folder', QuickSightAsset.folder('i'), { DescribeFolder: ['folder'] }],
    ['topic', QuickSightAsset.topic('i'), { DescribeTopic: ['topic'] }],
    [
      'vpcConnection',
      QuickSightAsset.vpcConnection('i'),
      { DescribeVPCConnection: ['vpcConnection'], ListVPCConnections: ['*'] },
    ],
    [
      'refreshSchedule',
      QuickSightAsset.refreshSchedule('i', 'j'),
      { DescribeRefreshSchedule: ['dataset/refresh-schedule/*'], ListRefreshSchedules: ['*'] },
    ],
  ])('%s', (_, asset, expected) => expect(assetActions({ assets: [asset] })).toEqual(expected));
});

describe('includeAllDependencies also allows the actions on the dependencies of an asset of type', () => {
  test.each<[string, QuickSightAsset, Record<string, string[]>]>([
    [
      'dashboard',
      QuickSightAsset.dashboard('i'),
      { ...DATA, DescribeDashboard: ['dashboard'], DescribeTheme: ['theme'] },
    ],
    ['analysis', QuickSightAsset.analysis('i'), { ...DATA, DescribeAnalysis: ['analysis'], DescribeTheme: ['theme'] }],
    ['topic', QuickSightAsset.topic('i'), { ...DATA, DescribeTopic: ['topic'] }],
    ['dataSet', QuickSightAsset.dataSet('i'), DATA],
    ['dataSource', QuickSightAsset.dataSource('i'), SOURCES],
    ['theme', QuickSightAsset.theme('i'), { DescribeTheme: ['theme'] }],
    ['folder', QuickSightAsset.folder('i'), { DescribeFolder: ['folder'] }],
  ])('%s', (_, asset, expected) =>
    expect(assetActions({ assets: [asset], includeAllDependencies: true })).toEqual(expected),
  );
});

test('includePermissions allows reading the permissions of assets that have them', () => {
  expect(
    assetActions({
      assets: [QuickSightAsset.dashboard('i'), QuickSightAsset.folder('i'), QuickSightAsset.vpcConnection('i')],
      includePermissions: true,
    }),
  ).toEqual({
    DescribeDashboard: ['dashboard'],
    DescribeDashboardPermissions: ['dashboard'],
    DescribeFolder: ['folder'],
    DescribeFolderPermissions: ['folder'],
    DescribeVPCConnection: ['vpcConnection'],
    ListVPCConnections: ['*'],
  });
});

test('includeTags allows listing the tags of assets that have them', () => {
  expect(
    assetActions({ assets: [QuickSightAsset.theme('i'), QuickSightAsset.vpcConnection('i')], includeTags: true })
      .ListTagsForResource,
  ).toEqual(['theme', 'vpcConnection']);
});

test('includeFolderMemberships allows listing the folders of assets that can be members', () => {
  const assets = [QuickSightAsset.dashboard('i'), QuickSightAsset.theme('i')];
  expect(assetActions({ assets, includeFolderMemberships: true })).toEqual({
    DescribeDashboard: ['dashboard'],
    DescribeTheme: ['theme'],
    ListFoldersForResource: ['dashboard'],
  });
  expect(assetActions({ assets, includeFolderMemberships: true, includeAllDependencies: true })).toMatchObject({
    DescribeFolder: ['folder'],
  });
});

test('includeFolderMembers allows listing and describing the members of folders', () => {
  const assets = [QuickSightAsset.folder('f')];
  const members = {
    DescribeFolder: ['folder'],
    ListFolderMembers: ['folder'],
    DescribeAnalysis: ['analysis'],
    DescribeDashboard: ['dashboard'],
    DescribeDataSet: ['dataset'],
    DescribeDataSetRefreshProperties: ['dataset'],
    DescribeDataSource: ['datasource'],
    DescribeTopic: ['topic'],
  };
  expect(assetActions({ assets, includeFolderMembers: IncludeFolderMembers.ONE_LEVEL })).toEqual(members);
  expect(
    assetActions({ assets, includeFolderMembers: IncludeFolderMembers.RECURSE, includeAllDependencies: true }),
  ).toEqual({ ...members, ...DATA, ...PAGES });
});

test('an asset with an unresolved ARN allows the actions that describe every type', () => {
  expect(assetActions({ assets: [QuickSightAsset.fromArn(Lazy.string({ produce: () => 'x' }))] })).toEqual({
    ...DATA,
    ...PAGES,
    DescribeFolder: ['folder'],
    DescribeTopic: ['topic'],
  });
});

test('every export allows its job, and the download of a bundle with the scheme s3', () => {
  const found = policy();
  for (const action of ['quicksight:StartAssetBundleExportJob', 'quicksight:DescribeAssetBundleExportJob']) {
    expect(allowedOn(found, action)).toEqual([`${QUICKSIGHT}asset-bundle-export-job/*`]);
  }
  expect(allowedOn(found, 's3:GetObject')).toContain(
    `arn:{AWS::Partition}:s3:::quicksight-asset-bundle-export-job-${REGION}/${ACCOUNT}/*`,
  );
});

test('no action has a wildcard, and only the two actions without resource types have the resource *', () => {
  const found = policy({
    assets: [QuickSightAsset.fromArn(Aws.STACK_ID)],
    includePermissions: true,
    includeTags: true,
    includeFolderMemberships: true,
  });
  expect(found.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  expect(
    found
      .filter(({ resources: allowed }) => allowed.includes('*'))
      .flatMap(({ actions }) => actions)
      .sort(),
  ).toEqual(['quicksight:ListRefreshSchedules', 'quicksight:ListVPCConnections']);
});

describe('artifacts are allowed', () => {
  const BUCKET_ACTIONS = ['s3:GetBucketVersioning', 's3:ListBucket', 's3:ListBucketVersions'];
  const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject', 's3:DeleteObjectVersion'];

  const objects = (prefixes: string[], buckets = 1): string[] => {
    const stack = newStack();
    prefixes.forEach((prefix, index) => {
      const name = `artifacts${index % buckets}`;
      const bucket = s3.Bucket.fromBucketName(stack, `Bucket${index}`, name);
      new AssetBundleExport(stack, `Export${index}`, { assets: [QuickSightAsset.dashboard('a')], bucket, prefix });
    });
    const found = isCompletePolicy(stack);
    return allowedOn(found, 's3:PutObject').map((arn) => arn.replace('arn:{AWS::Partition}:s3:::', ''));
  };

  test('in the bucket of the stack', () => {
    const stack = newStack();
    newExport({}, stack);
    const found = isCompletePolicy(stack);
    const [{ id = '' } = {}] = resources(stack, 'AWS::S3::Bucket');
    expect(allowedOn(found, 's3:PutObject')).toEqual([`{${id}.Arn}/assetbundle-*`]);
    for (const action of BUCKET_ACTIONS) expect(allowedOn(found, action)).toContain(`{${id}.Arn}`);
    // Including objects with a previous prefix, which is unknown at synthesis.
    for (const action of OBJECT_ACTIONS) expect(allowedOn(found, action)).toContain(`{${id}.Arn}/*assetbundle-*`);
  });

  test('once for each prefix', () =>
    expect(objects(['a/', 'b/', 'a/'])).toEqual(['artifacts0/a/assetbundle-*', 'artifacts0/b/assetbundle-*']));

  test('in each bucket', () =>
    expect(objects(['a/', 'b/'], 2).sort()).toEqual(['artifacts0/a/assetbundle-*', 'artifacts1/b/assetbundle-*']));

  test('with a literal prefix if it contains wildcards', () => {
    expect(objects(['a*?$/'])).toEqual(['artifacts0/a${*}${?}${$}/assetbundle-*']);
  });

  test('with the common beginning of a hundred prefixes', () => {
    expect(objects(Array.from({ length: 100 }, (_, index) => `exports/team-${index}/`))).toEqual([
      'artifacts0/exports/team-*assetbundle-*',
    ]);
    expect(objects(Array.from({ length: 100 }, (_, index) => `${Aws.STACK_NAME}/${index}/`))).toEqual([
      'artifacts0/*assetbundle-*',
    ]);
  });
});

describe('an encryption key is allowed', () => {
  const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/k';

  test.each<[string, (stack: ReturnType<typeof newStack>) => Partial<AssetBundleExportProps>]>([
    ['if it is the key of the artifact', (stack) => ({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY) })],
    [
      'if it is the key of the bucket',
      (stack) => ({
        bucket: s3.Bucket.fromBucketAttributes(stack, 'Bucket', {
          bucketName: 'artifacts',
          encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY),
        }),
      }),
    ],
  ])('%s', (_, props) => {
    const stack = newStack();
    const encrypted = props(stack);
    newExport(encrypted, stack);
    new AssetBundleExport(stack, 'More', { assets: [QuickSightAsset.dashboard('a')], ...encrypted });
    const found = isCompletePolicy(stack);
    expect(allowedOn(found, 'kms:GenerateDataKey')).toEqual([KEY]);
    expect(allowedOn(found, 'kms:Decrypt')).toEqual([KEY]);
  });

  test('only if the export has one', () =>
    expect(
      policy()
        .flatMap(({ actions }) => actions)
        .filter((action) => action.startsWith('kms:')),
    ).toEqual([]));
});

describe('the permissions of a hundred exports with all options fit into the inline policy of a role', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 10,240 characters, white space not counted.
  const LIMIT = 10_240;
  const everything = {
    assets: [QuickSightAsset.fromArn(Aws.STACK_ID)],
    includeAllDependencies: true,
    includePermissions: true,
    includeTags: true,
    includeFolderMemberships: true,
  };

  /** The sizes of the policy documents, with tokens replaced by the longest possible value. */
  const sizes = (stack: ReturnType<typeof newStack>): Record<string, number> =>
    Object.fromEntries(
      ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
        .flatMap((type) => resources(stack, type))
        .map(({ id, Properties }) => {
          const replaced = JSON.parse(JSON.stringify(Properties.PolicyDocument), (_key, value) => {
            const isIntrinsic =
              value &&
              typeof value === 'object' &&
              Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
            return isIntrinsic
              ? text(value)
                  .replace(/\{AWS::Partition\}/g, 'aws-us-gov')
                  .replace(/\{[^}]*\}/g, 'x'.repeat(80))
              : value;
          });
          return [id, JSON.stringify(replaced).length];
        }),
    );

  test.each<[string, (index: number) => string]>([
    ['without a prefix', () => ''],
    ['with a few prefixes', (index) => `exports/team-${index % 5}/`],
    ['with a prefix each', (index) => `exports/team-${index}/`],
    ['with a long prefix each', (index) => `${String(index).padStart(3, '0')}${'x'.repeat(390)}/`],
  ])('%s', (_, prefix) => {
    const stack = newStack();
    for (let index = 0; index < 100; index += 1)
      new AssetBundleExport(stack, `Export${index}`, { ...everything, prefix: prefix(index) });
    const found = sizes(stack);
    expect(Object.keys(found).filter((id) => id.includes('IsCompleteRole'))).toHaveLength(1);
    expect(Math.max(...Object.values(found))).toBeLessThanOrEqual(LIMIT);
  });

  test('with a bucket each, together with the managed policies that the CDK creates for the rest', () => {
    const stack = newStack();
    for (let index = 0; index < 100; index += 1) {
      new AssetBundleExport(stack, `Export${index}`, {
        ...everything,
        bucket: s3.Bucket.fromBucketName(stack, `Bucket${index}`, `artifacts-${index}`),
      });
    }
    const found = sizes(stack);
    const managed = Object.entries(found)
      .filter(([id]) => id.includes('Overflow'))
      .map(([, size]) => size);
    expect(managed.length).toBeLessThanOrEqual(10);
    expect(Math.max(...managed)).toBeLessThanOrEqual(6_144);
    expect(Math.max(...Object.values(found))).toBeLessThanOrEqual(LIMIT);
  });
});
