/**
 * The lists of CloudFormationOverridePropertyConfiguration and the properties that each may turn into a parameter.
 * AssetBundleCloudFormationOverridePropertyConfiguration in the service model.
 */
export const OVERRIDE_PROPERTIES = {
  VPCConnections: ['Name', 'DnsResolvers', 'RoleArn'],
  RefreshSchedules: ['StartAfterDateTime'],
  DataSources: [
    'Name',
    'DisableSsl',
    'SecretArn',
    'Username',
    'Password',
    'Domain',
    'WorkGroup',
    'Host',
    'Port',
    'Database',
    'DataSetName',
    'Catalog',
    'InstanceId',
    'ClusterId',
    'ManifestFileLocation',
    'Warehouse',
    'RoleArn',
    'ProductType',
  ],
  DataSets: ['Name', 'RefreshFailureEmailAlertStatus'],
  Themes: ['Name'],
  Analyses: ['Name'],
  Dashboards: ['Name'],
  Folders: ['Name', 'ParentFolderArn'],
  TopicsV2: ['Name', 'Description'],
} as const;

export type OverrideList = keyof typeof OVERRIDE_PROPERTIES;

export const MAX_OVERRIDES_PER_LIST = 50;

export const MAX_PROPERTIES_PER_OVERRIDE = 10;
