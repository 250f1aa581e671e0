import type { AssetType } from '../contract/asset-types';
import { ALL_ASSET_TYPES, ASSET_TYPES } from '../contract/asset-types';
import { IncludeFolderMembers } from './export-options';

export interface ReachableAssetTypesInput {
  /** Types of the assets of the export. Undefined for an ARN that is a token. */
  readonly types: ReadonlyArray<AssetType | undefined>;
  readonly includeAllDependencies: boolean;
  readonly includeFolderMemberships: boolean;
  readonly includeFolderMembers: IncludeFolderMembers;
}

/** The types of the assets that the job may read. */
export function reachableAssetTypes(input: ReachableAssetTypesInput): AssetType[] {
  if (input.types.includes(undefined)) return [...ALL_ASSET_TYPES];
  const found = new Set(input.types as AssetType[]);
  if (found.has('folder') && input.includeFolderMembers !== IncludeFolderMembers.NONE)
    ALL_ASSET_TYPES.filter((type) => ASSET_TYPES[type].canBeFolderMember).forEach((type) => found.add(type));
  if (input.includeAllDependencies) {
    // A folder that an asset is a member of is exported as a dependency of it.
    if (input.includeFolderMemberships) found.add('folder');
    // The iteration includes the types that are added to the set during it.
    for (const type of found) ASSET_TYPES[type].dependsOn.forEach((dependency) => found.add(dependency));
  }
  return ALL_ASSET_TYPES.filter((type) => found.has(type));
}
