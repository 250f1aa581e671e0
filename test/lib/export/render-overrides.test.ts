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
  refusal,
  ThemePropertyToOverride,
  TopicV2PropertyToOverride,
  text,
  VpcConnectionPropertyToOverride,
} from '../support';

/** Each list: our enum, the service's own, and an export of such an asset. */
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

const given = (configuration: CloudFormationOverridePropertyConfiguration) => ({
  exportFormat: ExportFormat.CLOUDFORMATION_JSON,
  cloudFormationOverridePropertyConfiguration: configuration,
});

const overridden = (configuration: CloudFormationOverridePropertyConfiguration) =>
  properties(given(configuration)).CloudFormationOverridePropertyConfiguration as Record<string, unknown>;

test('the lists are those of the contract', () => expect(Object.keys(LISTS)).toEqual(Object.keys(OVERRIDE_PROPERTIES)));

describe.each(Object.entries(LISTS))('%s', (list, [ours, theirs, member, asset]) => {
  const values = Object.values(ours) as string[];

  test('has the properties of the contract and of the service', () => {
    expect(values).toEqual(OVERRIDE_PROPERTIES[list as keyof typeof OVERRIDE_PROPERTIES]);
    expect([...values].sort()).toEqual(Object.values(theirs).sort());
  });

  test('is written as the API spells it', () => {
    const chosen = values.slice(0, 10);
    const [override] = overridden({ [member]: [{ asset, properties: chosen }] })[list] as Array<{
      Arn: unknown;
      Properties: string[];
    }>;
    expect(override?.Properties).toEqual(chosen);
    expect(text(override?.Arn)).toMatch(new RegExp(`^arn:{AWS::Partition}:quicksight:${REGION}:${ACCOUNT}:`));
  });

  test('refuses assets of another type', () => {
    const stranger = member === 'themes' ? QuickSightAsset.folder('i') : QuickSightAsset.theme('i');
    expect(refusal(given({ [member]: [{ asset: stranger, properties: values.slice(0, 1) }] }))).toMatch(
      new RegExp(`${member} has .* of the type .*: move it`),
    );
  });

  test('takes 50 entries and not 51', () => {
    const entries = (count: number) =>
      given({ [member]: Array.from({ length: count }, () => ({ asset, properties: values.slice(0, 1) })) });
    expect(refusal(entries(50))).toBe('');
    expect(refusal(entries(51))).toContain(`${member} has 51 overrides; at most 50`);
  });
});

test('1 to 10 properties, each once', () => {
  const dataSource = (...chosen: DataSourcePropertyToOverride[]) =>
    refusal(given({ dataSources: [{ asset: QuickSightAsset.dataSource('i'), properties: chosen }] }));
  const all = Object.values(DataSourcePropertyToOverride);
  expect(dataSource(...all.slice(0, 10))).toBe('');
  expect(dataSource(...all.slice(0, 11))).toMatch(/has 11 properties; 1 to 10 are possible: leave some out/);
  expect(dataSource()).toMatch(/has 0 properties; 1 to 10 are possible: name the properties/);
  expect(dataSource(DataSourcePropertyToOverride.NAME, DataSourcePropertyToOverride.NAME)).toMatch(
    /has Name more than once/,
  );
});

test('what JavaScript lets through', () => {
  const themes = (list: unknown) => refusal(given({ themes: list as never }));
  const asset = QuickSightAsset.theme('t');
  expect(themes([{ asset, properties: ['Colour'] }])).toMatch(
    /In themes, .*theme\/t has 'Colour', which is no property of that list: write one of Name\./,
  );
  for (const wrong of [
    { asset, properties: ['Name'] },
    ['theme/t'],
    [undefined],
    [{ asset: 'theme/t', properties: ['Name'] }],
    [{ asset }],
  ]) {
    expect(themes(wrong)).toContain(
      "themes is not a list of assets with their properties: write themes: [{ asset: QuickSightAsset.fromArn('…'), properties: ['Name'] }].",
    );
  }
});

test('the ids and ARNs of overridden assets are held to the same rules', () => {
  const theme = (asset: QuickSightAsset) =>
    refusal(given({ themes: [{ asset, properties: [ThemePropertyToOverride.NAME] }] }));
  expect(theme(QuickSightAsset.theme('a b'))).toContain("In themes: themeId 'a b' does not match");
  expect(theme(QuickSightAsset.fromArn(`arn:aws:quicksight:us-east-1:${ACCOUNT}:theme/t`))).toContain(
    'region us-east-1',
  );
  expect(theme(QuickSightAsset.fromArn(Aws.STACK_ID))).toBe('');
});

test('a prefix for the ids of all resources', () => {
  expect(overridden({ resourceIdOverrideConfiguration: { prefixForAllResources: true } })).toEqual({
    ResourceIdOverrideConfiguration: { PrefixForAllResources: true },
  });
});

test('lists without entries are left out, as the model has none', () => {
  expect(overridden({ themes: [], resourceIdOverrideConfiguration: {} })).toBeUndefined();
});
