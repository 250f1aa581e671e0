import type { AssetType } from '../contract/asset-arn';
import { ASSET_ID_PATTERNS } from '../contract/asset-arn';
import { IncludeFolderMembers } from './export-options';

/** Every type that a bundle can hold. */
export const ALL_ASSET_TYPES: readonly AssetType[] = [
  ...(Object.keys(ASSET_ID_PATTERNS) as AssetType[]),
  'refreshSchedule',
];

/** What assets of a type may depend on, directly. */
const DEPENDENCIES: Record<AssetType, readonly AssetType[]> = {
  analysis: ['dataset', 'theme'],
  dashboard: ['dataset', 'theme'],
  dataset: ['datasource', 'refreshSchedule'],
  datasource: ['vpcConnection'],
  folder: [],
  refreshSchedule: ['dataset'],
  theme: [],
  topic: ['dataset'],
  vpcConnection: [],
};

/** What may lie in a folder; subfolders are folders. CreateFolderMembership, `MemberType`. */
const FOLDER_MEMBERS: readonly AssetType[] = ['analysis', 'dashboard', 'dataset', 'datasource', 'topic'];

export interface ReachableAssetTypesInput {
  /** The types of the assets that are named; undefined for one that is not known yet. */
  readonly types: ReadonlyArray<AssetType | undefined>;
  readonly includeAllDependencies: boolean;
  readonly includeFolderMemberships: boolean;
  readonly includeFolderMembers: IncludeFolderMembers;
}

/** The types of everything that the job may have to read for such an export. */
export function reachableAssetTypes(input: ReachableAssetTypesInput): AssetType[] {
  if (input.types.includes(undefined)) return [...ALL_ASSET_TYPES];
  const found = new Set(input.types as AssetType[]);
  if (found.has('folder') && input.includeFolderMembers !== IncludeFolderMembers.NONE)
    FOLDER_MEMBERS.forEach((type) => found.add(type));
  if (input.includeAllDependencies) {
    // A folder that an asset is a member of is exported as a dependency of it.
    if (input.includeFolderMemberships) found.add('folder');
    // Adding to a set while it is walked walks the added ones too.
    for (const type of found) DEPENDENCIES[type].forEach((dependency) => found.add(dependency));
  }
  return ALL_ASSET_TYPES.filter((type) => found.has(type));
}
