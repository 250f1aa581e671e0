import { arnResource } from '../lib/contract/asset-arn';
import { factsOf } from './facts';
import type {
  AssetReference,
  BundlePart,
  Inventory,
  InventoryAsset,
  OpenBundle,
  ReferenceLocation,
} from './inventory-types';
import { assetOf, type PartAsset, SCHEDULE_SEPARATOR } from './part-asset';
import { bundleDigest, partDigest } from './part-digest';
import { type ReferenceTarget, type ReferenceText, referencesOf } from './references';

/** An asset whose references are not resolved yet. Its content is not held. */
interface ReadAsset {
  readonly listed: Omit<InventoryAsset, 'arn' | 'references'> & Pick<PartAsset, 'type'>;
  readonly logicalId?: string;
  readonly texts: readonly ReferenceText[];
}

interface Source {
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
}

/**
 * Lists the assets of a bundle. One part is in memory at a time.
 *
 * @throws InvalidBundleError or BundleLimitError, as the parts of the bundle do.
 */
export async function inventoryOf(bundle: OpenBundle): Promise<Inventory> {
  const { format, sizeBytes, sha256 } = bundle;
  const digests: Array<{ path: string; digest: string }> = [];
  const assets: ReadAsset[] = [];
  const unknown: string[] = [];
  for await (const part of bundle.parts()) {
    const { path } = part;
    const asset = assetOf(format, part);
    const digest = partDigest(asset?.type ?? (path.split('/')[0] as string), part);
    digests.push({ path, digest });
    if (asset) assets.push(readAsset(part, asset, digest));
    else if (format === 'QUICKSIGHT_JSON' || path.startsWith('Resources/')) unknown.push(path);
  }
  const source = sourceOf(assets);
  return {
    format,
    contentDigest: bundleDigest(digests),
    sizeBytes,
    ...(sha256 !== undefined && { sha256 }),
    ...(source.account !== undefined && { sourceAccount: source.account }),
    ...(source.region !== undefined && { sourceRegion: source.region }),
    assets: listedAssets(assets, source),
    unknown: unknown.sort(),
  };
}

function readAsset({ path, sizeBytes }: BundlePart, asset: PartAsset, digest: string): ReadAsset {
  const { type, id, name, logicalId } = asset;
  return {
    listed: { type, id, ...(name !== undefined && { name }), path, sizeBytes, digest, facts: factsOf(asset) },
    ...(logicalId !== undefined && { logicalId }),
    texts: referencesOf(asset),
  };
}

/** Partition, region and account that are the same in all ARNs. */
function sourceOf(assets: readonly ReadAsset[]): Source {
  const targets = assets.flatMap(({ texts }) => texts.flatMap(({ target }) => target ?? []));
  const agreed = (key: 'partition' | 'region' | 'account'): string | undefined => {
    const values = new Set(targets.filter(isOfAnAccount).map((target) => target[key]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const [partition, region, account] = [agreed('partition'), agreed('region'), agreed('account')];
  return { ...(partition && { partition }), ...(region && { region }), ...(account && { account }) };
}

/** Neither managed, nor an expression, nor without an ARN. */
const isOfAnAccount = ({ account, region }: ReferenceTarget): boolean =>
  /^\d{12}$/.test(account) && /^[a-z0-9-]+$/.test(region);

function listedAssets(assets: readonly ReadAsset[], source: Source): InventoryAsset[] {
  const inBundle = new Set(assets.map(({ listed }) => keyOf(listed)));
  const byLogicalId = new Map(assets.map(({ logicalId, listed }) => [logicalId, listed]));
  const resolve = ({ listed, texts }: ReadAsset): AssetReference[] =>
    texts.flatMap(({ text: arn, target, logicalId }) => {
      const found = target ?? byLogicalId.get(logicalId);
      // `Fn::GetAtt` of a role is not a reference to an asset.
      if (!found || keyOf(found) === keyOf(listed)) return [];
      return [{ arn, type: found.type, id: found.id, where: locationOf(target, inBundle.has(keyOf(found))) }];
    });
  return assets
    .map((asset) => ({
      ...asset.listed,
      ...arnOf(asset.listed, source),
      references: resolve(asset).sort(by(({ type, id, arn }) => [type, id, arn])),
    }))
    .sort(by(({ type, id, path }) => [type, id, path]));
}

function locationOf(target: ReferenceTarget | undefined, isInBundle: boolean): ReferenceLocation {
  if (target?.account === 'aws') return 'managed';
  return isInBundle ? 'bundle' : 'outside';
}

/** Nothing unless the bundle shows the account. */
function arnOf({ type, id }: ReadAsset['listed'], { partition, region, account }: Source): Pick<InventoryAsset, 'arn'> {
  if (partition === undefined || region === undefined || account === undefined) return {};
  const ids = id.split(SCHEDULE_SEPARATOR);
  return { arn: `arn:${partition}:quicksight:${region}:${account}:${arnResource(type, () => ids.shift() ?? '')}` };
}

const keyOf = ({ type, id }: Pick<InventoryAsset, 'type' | 'id'>): string => `${type}/${id}`;

/** Order by texts, the first one first. */
function by<T>(texts: (item: T) => readonly string[]): (one: T, other: T) => number {
  const key = (item: T): string => texts(item).join('\0');
  return (one, other) => (key(one) < key(other) ? -1 : 1);
}
