import * as model from '@aws-sdk/client-quicksight';
import * as api from '../../lib';
import { EXPORT_PROPERTIES_SCHEMA } from '../../lib/contract/export-resource';

test('the package exports its API and nothing else', () => {
  expect(Object.keys(api).sort()).toEqual([
    'AnalysisPropertyToOverride',
    'AssetBundleExport',
    'BundleArtifact',
    'BundleArtifactGrants',
    'DashboardPropertyToOverride',
    'DataSetPropertyToOverride',
    'DataSourcePropertyToOverride',
    'ExportFormat',
    'ExportTrigger',
    'FolderPropertyToOverride',
    'IncludeFolderMembers',
    'QuickSightAsset',
    'RefreshSchedulePropertyToOverride',
    'ThemePropertyToOverride',
    'TopicV2PropertyToOverride',
    'VpcConnectionPropertyToOverride',
  ]);
});

test.each([
  [api.ExportFormat, model.AssetBundleExportFormat, EXPORT_PROPERTIES_SCHEMA.properties.ExportFormat],
  [api.IncludeFolderMembers, model.IncludeFolderMembers, EXPORT_PROPERTIES_SCHEMA.properties.IncludeFolderMembers],
])('an enum has the values of the service and of the contract: %j', (ours, theirs, contract) => {
  expect(Object.values(ours).sort()).toEqual(Object.values(theirs).sort());
  expect(Object.values(ours).sort()).toEqual([...contract.enum].sort());
});
