import * as model from '@aws-sdk/client-quicksight';
import { Aws } from 'aws-cdk-lib';
import { OVERRIDE_PROPERTIES } from '../../../lib/contract/export-overrides.generated';
import type { CloudFormationOverridePropertyConfiguration } from '../support';
import {
  ACCOUNT,
  AnalysisPropertyToOverride,
  DashboardPropertyToOverride,
  DataSetPropertyToOverride,
  DataSourcePropertyToOverride,
  ExportFormat,
  FolderPropertyToOverride,
  properties,
  QuickSightAsset,
  REGION,
  RefreshSchedulePropertyToOverride,
  synthesisError,
  ThemePropertyToOverride,
  TopicV2PropertyToOverride,
  text,
  VpcConnectionPropertyToOverride,
} from '../support';

/** Each list: the public enum, the enum of the SDK, the property, and an asset. */
const LISTS = {
  VPCConnections: [
    VpcConnectionPropertyToOverride,
    model.AssetBundleExportJobVPCConnectionPropertyToOverride,
    'vpcConnections',
    QuickSightAsset.vpcConnection('i'),
  ],
  RefreshSchedules: [
    RefreshSchedulePropertyToOverride,
    model.AssetBundleExportJobRefreshSchedulePropertyToOverride,
    'refreshSchedules',
    QuickSightAsset.refreshSchedule('i', 'j'),
  ],
  DataSources: [
    DataSourcePropertyToOverride,
    model.AssetBundleExportJobDataSourcePropertyToOverride,
    'dataSources',
    QuickSightAsset.dataSource('i'),
  ],
  DataSets: [
    DataSetPropertyToOverride,
    model.AssetBundleExportJobDataSetPropertyToOverride,
    'dataSets',
    QuickSightAsset.dataSet('i'),
  ],
  Themes: [
    ThemePropertyToOverride,
    model.AssetBundleExportJobThemePropertyToOverride,
    'themes',
    QuickSightAsset.theme('i'),
  ],
  Analyses: [
    AnalysisPropertyToOverride,
    model.AssetBundleExportJobAnalysisPropertyToOverride,
    'analyses',
    QuickSightAsset.analysis('i'),
  ],
  Dashboards: [
    DashboardPropertyToOverride,
    model.AssetBundleExportJobDashboardPropertyToOverride,
    'dashboards',
    QuickSightAsset.dashboard('i'),
  ],
  Folders: [
    FolderPropertyToOverride,
    model.AssetBundleExportJobFolderPropertyToOverride,
    'folders',
    QuickSightAsset.folder('i'),
  ],
  TopicsV2: [
    TopicV2PropertyToOverride,
    model.AssetBundleExportJobTopicV2PropertyToOverride,
    'topicsV2',
    QuickSightAsset.topic('i'),
  ],
} as const;

const withOverrides = (configuration: CloudFormationOverridePropertyConfiguration) => ({
  exportFormat: ExportFormat.CLOUDFORMATION_JSON,
  cloudFormationOverridePropertyConfiguration: configuration,
});

const overridden = (configuration: CloudFormationOverridePropertyConfiguration) =>
  properties(withOverrides(configuration)).CloudFormationOverridePropertyConfiguration as Record<string, unknown>;

test('the table covers every list of the contract', () =>
  expect(Object.keys(LISTS)).toEqual(Object.keys(OVERRIDE_PROPERTIES)));

describe.each(Object.entries(LISTS))('%s', (list, [ours, theirs, member, asset]) => {
  const values = Object.values(ours) as string[];

  test('has the properties of the contract and of the service', () => {
    expect(values).toEqual(OVERRIDE_PROPERTIES[list as keyof typeof OVERRIDE_PROPERTIES]);
    expect([...values].sort()).toEqual(Object.values(theirs).sort());
  });

  test('is rendered with the names of the API', () => {
    const chosen = values.slice(0, 10);
    const [override] = overridden({ [member]: [{ asset, properties: chosen }] })[list] as Array<{
      Arn: unknown;
      Properties: string[];
    }>;
    expect(override?.Properties).toEqual(chosen);
    expect(text(override?.Arn)).toMatch(new RegExp(`^arn:{AWS::Partition}:quicksight:${REGION}:${ACCOUNT}:`));
  });

  test('rejects assets of another type', () => {
    const [other, otherType, otherMember] =
      member === 'themes'
        ? [QuickSightAsset.folder('i'), 'folder', 'folders']
        : [QuickSightAsset.theme('i'), 'theme', 'themes'];
    const override = { asset: other, properties: values.slice(0, 1) };
    expect(synthesisError(withOverrides({ [member]: [override] }))).toMatch(
      new RegExp(`In ${member}: \\S+:${otherType}/i is of type ${otherType}\\. Move it to ${otherMember}\\.`),
    );
  });

  test('accepts 50 entries and rejects 51', () => {
    const entries = (count: number) =>
      withOverrides({ [member]: Array.from({ length: count }, () => ({ asset, properties: values.slice(0, 1) })) });
    expect(synthesisError(entries(50))).toBe('');
    expect(synthesisError(entries(51))).toContain(
      `${member} has 51 entries, but an export job accepts at most 50. Remove some.`,
    );
  });
});

test('an override has 1 to 10 different properties', () => {
  const dataSource = (...properties: DataSourcePropertyToOverride[]) =>
    synthesisError(withOverrides({ dataSources: [{ asset: QuickSightAsset.dataSource('i'), properties }] }));
  const all = Object.values(DataSourcePropertyToOverride);
  expect(dataSource(...all.slice(0, 10))).toBe('');
  expect(dataSource(...all.slice(0, 11))).toMatch(/has 11 properties, but 1 to 10 are possible\. Remove some\.$/);
  expect(dataSource()).toMatch(/has 0 properties, but 1 to 10 are possible\. List the properties/);
  expect(dataSource(DataSourcePropertyToOverride.NAME, DataSourcePropertyToOverride.NAME)).toMatch(
    /In dataSources: \S+:datasource\/i has Name more than once\. List each property once\.$/,
  );
});

test('overrides are validated for JavaScript', () => {
  const themes = (list: unknown) => synthesisError(withOverrides({ themes: list as never }));
  const asset = QuickSightAsset.theme('t');
  expect(themes([{ asset, properties: ['Colour'] }])).toMatch(
    /In themes: \S+:theme\/t has 'Colour', which cannot become a parameter\. Use one of Name\.$/,
  );
  for (const invalid of [
    { asset, properties: ['Name'] },
    ['theme/t'],
    [undefined],
    [{ asset: 'theme/t', properties: ['Name'] }],
    [{ asset }],
  ]) {
    expect(themes(invalid)).toContain(
      "themes must be a list of assets with their properties. Use, for example, themes: [{ asset: QuickSightAsset.fromArn('…'), properties: ['Name'] }].",
    );
  }
});

test('the ids and ARNs of overridden assets are validated', () => {
  const theme = (asset: QuickSightAsset) =>
    synthesisError(withOverrides({ themes: [{ asset, properties: [ThemePropertyToOverride.NAME] }] }));
  expect(theme(QuickSightAsset.theme('a b'))).toContain("In themes: themeId 'a b' does not match");
  expect(theme(QuickSightAsset.fromArn(`arn:aws:quicksight:us-east-1:${ACCOUNT}:theme/t`))).toContain(
    'is in region us-east-1',
  );
  expect(theme(QuickSightAsset.fromArn(Aws.STACK_ID))).toBe('');
});

test('a prefix for the ids of all resources is rendered', () => {
  expect(overridden({ resourceIdOverrideConfiguration: { prefixForAllResources: true } })).toEqual({
    ResourceIdOverrideConfiguration: { PrefixForAllResources: true },
  });
});

test('a list without entries is omitted, because the API requires at least one', () => {
  expect(overridden({ themes: [], resourceIdOverrideConfiguration: {} })).toBeUndefined();
});
