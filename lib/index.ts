export { BundleArtifact, BundleArtifactGrants } from './artifact/bundle-artifact';
export { QuickSightAsset } from './assets/quicksight-asset';
export { AssetBundleExport } from './export/asset-bundle-export';
export type { AssetBundleExportProps } from './export/asset-bundle-export-props';
export type { ValidationStrategy } from './export/export-options';
export { ExportFormat, IncludeFolderMembers } from './export/export-options';
export { ExportTrigger } from './export/export-trigger';
export type {
  AnalysisOverrideProperties,
  CloudFormationOverridePropertyConfiguration,
  DashboardOverrideProperties,
  DataSetOverrideProperties,
  DataSourceOverrideProperties,
  ExportJobResourceIdOverrideConfiguration,
  FolderOverrideProperties,
  RefreshScheduleOverrideProperties,
  ThemeOverrideProperties,
  TopicV2OverrideProperties,
  VpcConnectionOverrideProperties,
} from './export/overrides.generated';
export {
  AnalysisPropertyToOverride,
  DashboardPropertyToOverride,
  DataSetPropertyToOverride,
  DataSourcePropertyToOverride,
  FolderPropertyToOverride,
  RefreshSchedulePropertyToOverride,
  ThemePropertyToOverride,
  TopicV2PropertyToOverride,
  VpcConnectionPropertyToOverride,
} from './export/overrides.generated';
