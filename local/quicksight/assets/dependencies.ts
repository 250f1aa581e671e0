import type { Asset } from './asset';
import type { AssetArn } from './asset-arn';
import { parseAssetArn } from './asset-arn';
import { ASSET_TYPES } from './asset-types';

export interface Reference extends AssetArn {
  readonly arn: string;
}

/** The assets that this asset depends on. The account and Region of an ARN in a definition do not matter. */
export function dependenciesOf({ type, resource, definition }: Asset): Reference[] {
  if (type === 'refreshSchedule') {
    const dataSet = resource.split('/refresh-schedule/')[0] ?? '';
    return [{ arn: dataSet, region: '', account: '', type: 'dataset', resource: dataSet }];
  }
  return referencesIn(definition).filter((reference) => ASSET_TYPES[type].dependsOn.includes(reference.type));
}

/** The members of a folder, including other folders. */
export function membersOf({ definition }: Asset): Reference[] {
  return referencesIn(definition['members']);
}

/** The assets of an account whose ARNs occur in the value, each once, in the order of their occurrence. Themes of AWS always exist. */
function referencesIn(value: unknown, found = new Map<string, Reference>()): Reference[] {
  if (typeof value === 'string') {
    const parts = parseAssetArn(value);
    if (parts && parts.account !== 'aws' && !found.has(parts.resource))
      found.set(parts.resource, { arn: value, ...parts });
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) referencesIn(item, found);
  }
  return [...found.values()];
}
