import type { OverrideList } from './export-overrides.generated';

/** An asset type. A bundle has a folder of this name for its assets. */
export type AssetType =
  | 'analysis'
  | 'dashboard'
  | 'dataset'
  | 'datasource'
  | 'folder'
  | 'theme'
  | 'topic'
  | 'vpcConnection'
  | 'refreshSchedule';

interface AssetTypeFacts {
  /** Resource part of its ARNs. Each `{…}` is an id, with the name that a bundle's JSON gives it. */
  readonly resource: string;
  /** Pattern of each id in the resource. */
  readonly idPattern: string;
  /** Type of its resource in a template. */
  readonly cloudFormationType: string;
  /** Other types that its assets depend on directly. */
  readonly dependsOn: readonly AssetType[];
  readonly canBeFolderMember: boolean;
  /** List in the CloudFormationOverridePropertyConfiguration of an export. */
  readonly overrideList: OverrideList;
}

/** AssetBundleRestrictiveResourceId in the service model. */
const RESTRICTIVE_ID = '[\\w\\-]{1,2048}';

/**
 * The asset types of export jobs. A new type is a new row.
 *
 * Sources: StartAssetBundleExportJob (`ResourceArns`), the service model (ids, override lists), the service authorization
 * reference (ARNs), CreateFolderMembership (`MemberType`), and aws-samples/sample-quicksight-backup-tool,
 * quicksight_restore/services/catalog.py (folders, names of ids, references between the entries of a bundle).
 */
export const ASSET_TYPES: Readonly<Record<AssetType, AssetTypeFacts>> = {
  analysis: {
    resource: 'analysis/{analysisId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::Analysis',
    // AnalysisDefinition and DashboardVersionDefinition have a list TopicIdentifierDeclarations.
    dependsOn: ['dataset', 'theme', 'topic'],
    canBeFolderMember: true,
    overrideList: 'Analyses',
  },
  dashboard: {
    resource: 'dashboard/{dashboardId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::Dashboard',
    dependsOn: ['dataset', 'theme', 'topic'],
    canBeFolderMember: true,
    overrideList: 'Dashboards',
  },
  dataset: {
    resource: 'dataset/{dataSetId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::DataSet',
    // The job exports the schedules of a data set as its dependencies.
    dependsOn: ['datasource', 'refreshSchedule'],
    canBeFolderMember: true,
    overrideList: 'DataSets',
  },
  datasource: {
    resource: 'datasource/{dataSourceId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::DataSource',
    dependsOn: ['vpcConnection'],
    canBeFolderMember: true,
    overrideList: 'DataSources',
  },
  folder: {
    resource: 'folder/{folderId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::Folder',
    dependsOn: [],
    // A subfolder has a parent and no membership.
    canBeFolderMember: false,
    overrideList: 'Folders',
  },
  theme: {
    resource: 'theme/{themeId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::Theme',
    dependsOn: [],
    canBeFolderMember: false,
    overrideList: 'Themes',
  },
  topic: {
    resource: 'topic/{topicId}',
    // TopicId in the API reference.
    idPattern: '[A-Za-z0-9\\-_.\\\\+]{1,256}',
    cloudFormationType: 'AWS::QuickSight::Topic',
    dependsOn: ['dataset'],
    canBeFolderMember: true,
    overrideList: 'TopicsV2',
  },
  vpcConnection: {
    resource: 'vpcConnection/{vpcConnectionId}',
    // VPCConnectionResourceIdUnrestricted in the service model.
    idPattern: '[\\w\\-]{1,1000}',
    cloudFormationType: 'AWS::QuickSight::VPCConnection',
    dependsOn: [],
    canBeFolderMember: false,
    overrideList: 'VPCConnections',
  },
  refreshSchedule: {
    resource: 'dataset/{dataSetId}/refresh-schedule/{scheduleId}',
    idPattern: RESTRICTIVE_ID,
    cloudFormationType: 'AWS::QuickSight::RefreshSchedule',
    dependsOn: ['dataset'],
    canBeFolderMember: false,
    overrideList: 'RefreshSchedules',
  },
};

export const ALL_ASSET_TYPES = Object.keys(ASSET_TYPES) as readonly AssetType[];
