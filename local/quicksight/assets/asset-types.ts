/** The types of assets that an export job accepts, spelled as their ARNs spell them. */
export type AssetType =
  | 'datasource'
  | 'dataset'
  | 'analysis'
  | 'dashboard'
  | 'theme'
  | 'folder'
  | 'topic'
  | 'vpcConnection'
  | 'refreshSchedule';

interface AssetTypeFacts {
  /** Name of the type in CloudFormation (`AWS::QuickSight::{apiName}`) and in the API (`Describe{apiName}`). */
  readonly apiName: string;
  /** Pattern of the id (AssetBundleRestrictiveResourceId, TopicId, VPCConnectionResourceIdUnrestricted). */
  readonly idPattern: string;
  /** Types of the assets that an export with all dependencies adds. */
  readonly dependsOn: readonly AssetType[];
}

const RESTRICTIVE_ID = '[\\w\\-]{1,2048}';

/**
 * Facts about each asset type, from the API reference and the service model. The key is also the folder of a bundle that
 * contains the entries of the type.
 *
 * The stand-in is the oracle of the tests. For that reason it has its own knowledge of asset types, ARNs and requests, and
 * never imports lib/contract/: a mistake of the product must not repeat itself here.
 */
export const ASSET_TYPES: Readonly<Record<AssetType, AssetTypeFacts>> = {
  datasource: { apiName: 'DataSource', idPattern: RESTRICTIVE_ID, dependsOn: ['vpcConnection'] },
  dataset: { apiName: 'DataSet', idPattern: RESTRICTIVE_ID, dependsOn: ['datasource', 'dataset'] },
  analysis: { apiName: 'Analysis', idPattern: RESTRICTIVE_ID, dependsOn: ['dataset', 'theme'] },
  // A dashboard also refers to its analysis, but does not depend on it.
  dashboard: { apiName: 'Dashboard', idPattern: RESTRICTIVE_ID, dependsOn: ['dataset', 'theme'] },
  theme: { apiName: 'Theme', idPattern: RESTRICTIVE_ID, dependsOn: [] },
  folder: { apiName: 'Folder', idPattern: RESTRICTIVE_ID, dependsOn: [] },
  topic: { apiName: 'Topic', idPattern: '[A-Za-z0-9\\-_.\\\\+]{1,256}', dependsOn: ['dataset'] },
  vpcConnection: { apiName: 'VPCConnection', idPattern: '[\\w\\-]{1,1000}', dependsOn: [] },
  refreshSchedule: { apiName: 'RefreshSchedule', idPattern: RESTRICTIVE_ID, dependsOn: ['dataset'] },
};

export const ASSET_TYPE_NAMES = Object.keys(ASSET_TYPES) as readonly AssetType[];
