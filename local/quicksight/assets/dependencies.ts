import type { Asset } from './asset';
import type { AssetArn, AssetType } from './asset-arn';
import { parseAssetArn } from './asset-arn';

/** What an asset of each type depends on. A dashboard names its analysis too, but stands without it. */
const DEPENDS_ON: Record<AssetType, readonly AssetType[]> = {
  analysis: ['dataset', 'theme'],
  dashboard: ['dataset', 'theme'],
  dataset: ['datasource', 'dataset'],
  datasource: ['vpcConnection'],
  topic: ['dataset'],
  refreshSchedule: ['dataset'],
  folder: [],
  theme: [],
  vpcConnection: [],
};

export interface Reference extends AssetArn {
  readonly arn: string;
}

/** The assets that this one cannot be without, whatever account and region its definition has them in. */
export function dependenciesOf({ type, resource, definition }: Asset): Reference[] {
  if (type === 'refreshSchedule') {
    const dataSet = resource.split('/refresh-schedule/')[0] ?? '';
    return [{ arn: dataSet, region: '', account: '', type: 'dataset', resource: dataSet }];
  }
  return referencesIn(definition).filter(
    (reference) => DEPENDS_ON[type].includes(reference.type) && reference.account !== 'aws',
  );
}

/** What a folder holds, other folders included. */
export function membersOf({ definition }: Asset): Reference[] {
  return referencesIn(definition['members']);
}

/** All assets whose ARNs the value holds, each once, in the order in which they come. */
function referencesIn(value: unknown, found = new Map<string, Reference>()): Reference[] {
  if (typeof value === 'string') {
    const parts = parseAssetArn(value);
    if (parts && !found.has(parts.resource)) found.set(parts.resource, { arn: value, ...parts });
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) referencesIn(item, found);
  }
  return [...found.values()];
}
