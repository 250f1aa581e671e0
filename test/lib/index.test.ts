import * as model from '@aws-sdk/client-quicksight';
import * as api from '../../lib';

test('the package exports these classes and enums', () => {
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
  [api.ExportFormat, model.AssetBundleExportFormat],
  [api.IncludeFolderMembers, model.IncludeFolderMembers],
])('an enum has the values of the service: %j', (ours, theirs) => {
  expect(Object.values(ours).sort()).toEqual(Object.values(theirs).sort());
});
