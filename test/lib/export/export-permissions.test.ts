import { Aws, Lazy } from 'aws-cdk-lib';
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
} from '../support';

const QUICKSIGHT = `arn:{AWS::Partition}:quicksight:${REGION}:${ACCOUNT}:`;

const policy = (props: Partial<AssetBundleExportProps> = {}): Statement[] => {
  const stack = newStack();
  newExport(props, stack);
  return isCompletePolicy(stack);
};

/** The resources on which each action is allowed, without `Describe…Permissions` and the tags, which every type has. */
function readable(props: Partial<AssetBundleExportProps>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { actions, resources: allowed } of policy(props)) {
    for (const action of actions.filter((name) => /^quicksight:(?!.*(AssetBundle|Permissions|Tags))/.test(name))) {
      const name = action.replace('quicksight:', '');
      const types = allowed.map((resource) => resource.replace(QUICKSIGHT, '').replace('/*', ''));
      found[name] = [...(found[name] ?? []), ...types].sort();
    }
  }
  return found;
}

const THEME = { DescribeTheme: ['arn:{AWS::Partition}:quicksight::aws:theme', 'theme'] };
const VPC_CONNECTION = { DescribeVPCConnection: ['vpcConnection'], ListVPCConnections: ['*'] };
const SCHEDULE = { DescribeRefreshSchedule: ['dataset/refresh-schedule/*'], ListRefreshSchedules: ['*'] };
const DATA_SET = { DescribeDataSet: ['dataset'], DescribeDataSetRefreshProperties: ['dataset'], ...SCHEDULE };
const FOLDER = { DescribeFolder: ['folder'], ListFolderMembers: ['folder'] };

/** The folder listing of the types that can be members. */
const listing = (...types: string[]) => ({ ListFoldersForResource: types });

describe('no option allows only the actions that read an asset of type', () => {
  test.each<[string, QuickSightAsset, Record<string, string[]>]>([
    ['analysis', QuickSightAsset.analysis('i'), { DescribeAnalysis: ['analysis'], ...listing('analysis') }],
    ['dashboard', QuickSightAsset.dashboard('i'), { DescribeDashboard: ['dashboard'], ...listing('dashboard') }],
    ['dataSet', QuickSightAsset.dataSet('i'), { ...DATA_SET, ...listing('dataset') }],
    ['dataSource', QuickSightAsset.dataSource('i'), { DescribeDataSource: ['datasource'], ...listing('datasource') }],
    ['theme', QuickSightAsset.theme('i'), THEME],
    ['folder', QuickSightAsset.folder('i'), FOLDER],
    ['topic', QuickSightAsset.topic('i'), { DescribeTopic: ['topic'], ...listing('topic') }],
    ['vpcConnection', QuickSightAsset.vpcConnection('i'), VPC_CONNECTION],
    ['refreshSchedule', QuickSightAsset.refreshSchedule('i', 'j'), SCHEDULE],
  ])('%s', (_, asset, expected) => expect(readable({ assets: [asset] })).toEqual(expected));
});

describe('includeAllDependencies also allows reading the dependencies of an asset of type', () => {
  const SOURCES = { DescribeDataSource: ['datasource'], ...VPC_CONNECTION };
  const DATA = { ...SOURCES, ...DATA_SET };
  const TOPIC = { DescribeTopic: ['topic'] };

  test.each<[string, QuickSightAsset, Record<string, string[]>]>([
    [
      'dashboard',
      QuickSightAsset.dashboard('i'),
      {
        ...DATA,
        ...TOPIC,
        ...THEME,
        DescribeDashboard: ['dashboard'],
        ...listing('dashboard', 'dataset', 'datasource', 'topic'),
      },
    ],
    [
      'analysis',
      QuickSightAsset.analysis('i'),
      {
        ...DATA,
        ...TOPIC,
        ...THEME,
        DescribeAnalysis: ['analysis'],
        ...listing('analysis', 'dataset', 'datasource', 'topic'),
      },
    ],
    ['topic', QuickSightAsset.topic('i'), { ...DATA, ...TOPIC, ...listing('dataset', 'datasource', 'topic') }],
    ['dataSet', QuickSightAsset.dataSet('i'), { ...DATA, ...listing('dataset', 'datasource') }],
    ['dataSource', QuickSightAsset.dataSource('i'), { ...SOURCES, ...listing('datasource') }],
    ['theme', QuickSightAsset.theme('i'), THEME],
    ['folder', QuickSightAsset.folder('i'), FOLDER],
  ])('%s', (_, asset, expected) =>
    expect(readable({ assets: [asset], includeAllDependencies: true })).toEqual(expected),
  );
});

test('includePermissions and includeTags allow nothing more', () => {
  for (const asset of [QuickSightAsset.dashboard('i'), QuickSightAsset.folder('i'), QuickSightAsset.vpcConnection('i')])
    expect(policy({ assets: [asset], includePermissions: true, includeTags: true })).toEqual(
      policy({ assets: [asset] }),
    );
});

test('includeFolderMemberships allows reading folders together with includeAllDependencies', () => {
  const assets = [QuickSightAsset.dashboard('i'), QuickSightAsset.theme('i')];
  expect(policy({ assets, includeFolderMemberships: true })).toEqual(policy({ assets }));
  expect(readable({ assets, includeFolderMemberships: true, includeAllDependencies: true })).toMatchObject(FOLDER);
});

test('includeFolderMembers allows reading the members of folders', () => {
  const assets = [QuickSightAsset.folder('f')];
  const members = {
    ...FOLDER,
    ...DATA_SET,
    DescribeAnalysis: ['analysis'],
    DescribeDashboard: ['dashboard'],
    DescribeDataSource: ['datasource'],
    DescribeTopic: ['topic'],
    ...listing('analysis', 'dashboard', 'dataset', 'datasource', 'topic'),
  };
  expect(readable({ assets, includeFolderMembers: IncludeFolderMembers.ONE_LEVEL })).toEqual(members);
  expect(
    readable({ assets, includeFolderMembers: IncludeFolderMembers.RECURSE, includeAllDependencies: true }),
  ).toEqual({ ...members, ...VPC_CONNECTION, ...THEME });
});

test('an asset with an unresolved ARN allows reading every type', () => {
  expect(readable({ assets: [QuickSightAsset.fromArn(Lazy.string({ produce: () => 'x' }))] })).toEqual({
    ...FOLDER,
    ...DATA_SET,
    ...VPC_CONNECTION,
    ...THEME,
    DescribeAnalysis: ['analysis'],
    DescribeDashboard: ['dashboard'],
    DescribeDataSource: ['datasource'],
    DescribeTopic: ['topic'],
    ...listing('analysis', 'dashboard', 'dataset', 'datasource', 'topic'),
  });
});

test('several exports have one statement for each type that any of them reads', () => {
  const stack = newStack();
  for (const [index, asset] of [
    QuickSightAsset.dataSet('a'),
    QuickSightAsset.dataSet('b'),
    QuickSightAsset.refreshSchedule('a', 'b'),
  ].entries())
    new AssetBundleExport(stack, `Export${index}`, { assets: [asset] });
  const found = isCompletePolicy(stack);
  expect(allowedOn(found, 'quicksight:DescribeDataSet')).toEqual([`${QUICKSIGHT}dataset/*`]);
  expect(allowedOn(found, 'quicksight:DescribeRefreshSchedule')).toEqual([`${QUICKSIGHT}dataset/*/refresh-schedule/*`]);
  expect(allowedOn(found, 'quicksight:ListRefreshSchedules')).toEqual(['*']);
});

test('every export allows its job, and the download of a bundle with the scheme s3', () => {
  const found = policy();
  for (const action of ['StartAssetBundleExportJob', 'DescribeAssetBundleExportJob', 'ListAssetBundleExportJobs']) {
    expect(allowedOn(found, `quicksight:${action}`)).toEqual([`${QUICKSIGHT}asset-bundle-export-job/*`]);
  }
  expect(
    found.filter(({ resources: [resource] }) => resource?.includes(':::quicksight-asset-bundle-export-job-')),
  ).toEqual([
    {
      actions: ['s3:GetObject'],
      resources: [`arn:{AWS::Partition}:s3:::quicksight-asset-bundle-export-job-${REGION}/${ACCOUNT}/*`],
      conditions: undefined,
    },
  ]);
});

test('no action has a wildcard, and only the two actions without resource types have the resource *', () => {
  const found = policy({ assets: [QuickSightAsset.fromArn(Aws.STACK_ID)], includeFolderMemberships: true });
  expect(found.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  expect(
    found
      .filter(({ resources: allowed }) => allowed.includes('*'))
      .flatMap(({ actions }) => actions)
      .sort(),
  ).toEqual(['quicksight:ListRefreshSchedules', 'quicksight:ListVPCConnections']);
});
