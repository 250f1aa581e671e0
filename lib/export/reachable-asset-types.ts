import type { AssetType } from '../contract/asset-types';
import { ALL_ASSET_TYPES, ASSET_TYPES } from '../contract/asset-types';
import { IncludeFolderMembers } from './export-options';

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
    ALL_ASSET_TYPES.filter((type) => ASSET_TYPES[type].canBeFolderMember).forEach((type) => found.add(type));
  if (input.includeAllDependencies) {
    // A folder that an asset is a member of is exported as a dependency of it.
    if (input.includeFolderMemberships) found.add('folder');
    // Adding to a set while it is walked walks the added ones too.
    for (const type of found) ASSET_TYPES[type].dependsOn.forEach((dependency) => found.add(dependency));
  }
  return ALL_ASSET_TYPES.filter((type) => found.has(type));
}
