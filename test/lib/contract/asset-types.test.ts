import { MemberType } from '@aws-sdk/client-quicksight';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import type { AssetType } from '../../../lib/contract/asset-types';
import { ALL_ASSET_TYPES, ASSET_TYPES } from '../../../lib/contract/asset-types';
import { OVERRIDE_PROPERTIES } from '../../../lib/contract/export-overrides.generated';

const CFN_RESOURCES: Record<AssetType, { readonly CFN_RESOURCE_TYPE_NAME: string }> = {
  analysis: quicksight.CfnAnalysis,
  dashboard: quicksight.CfnDashboard,
  dataset: quicksight.CfnDataSet,
  datasource: quicksight.CfnDataSource,
  folder: quicksight.CfnFolder,
  theme: quicksight.CfnTheme,
  topic: quicksight.CfnTopic,
  vpcConnection: quicksight.CfnVPCConnection,
  refreshSchedule: quicksight.CfnRefreshSchedule,
};

test.each(ALL_ASSET_TYPES)('%s has the CloudFormation type of aws-cdk-lib', (type) => {
  expect(ASSET_TYPES[type].cloudFormationType).toBe(CFN_RESOURCES[type].CFN_RESOURCE_TYPE_NAME);
});

// aws-samples/sample-quicksight-backup-tool, quicksight_restore/services/catalog.py
test('the types are named like the folders of a bundle', () => {
  expect([...ALL_ASSET_TYPES].sort()).toEqual([
    'analysis',
    'dashboard',
    'dataset',
    'datasource',
    'folder',
    'refreshSchedule',
    'theme',
    'topic',
    'vpcConnection',
  ]);
});

test('the types that can be a folder member are those of CreateFolderMembership', () => {
  const members = ALL_ASSET_TYPES.filter((type) => ASSET_TYPES[type].canBeFolderMember);
  expect(members.map((type) => type.toUpperCase()).sort()).toEqual(Object.values(MemberType).sort());
});

test('each override list of the API belongs to one type', () => {
  expect(ALL_ASSET_TYPES.map((type) => ASSET_TYPES[type].overrideList).sort()).toEqual(
    Object.keys(OVERRIDE_PROPERTIES).sort(),
  );
});
