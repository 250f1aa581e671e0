import { join } from 'node:path';
import { PROJECT } from '../cloud';
import type { AssetCatalog } from '../quicksight';
import { loadBundle, loadFolder } from '../quicksight';
import type { Asset } from '../quicksight/assets/asset';
import { violatedIdPattern } from '../quicksight/assets/asset-arn';
import type { StartOptions } from './options';

/** What one export job may name. */
const MAX_ASSETS = 100;
const SAMPLE = {
  folder: join(PROJECT, 'local', 'sample-account'),
  assets: ['dashboard/sales-overview', 'folder/sales'],
};

export interface Account {
  readonly catalog: AssetCatalog;
  /** What the sample app exports of it, as type/id. */
  readonly assets: readonly string[];
}

/** The assets of the local QuickSight account; what is wrong with a bundle is said before anything is started. */
export async function accountOf({ bundle, assets }: StartOptions): Promise<Account> {
  const catalog = bundle === undefined ? await loadFolder(SAMPLE.folder) : await loadBundle(bundle);
  const all = catalog.all().map(({ resource }) => resource);
  const chosen = assets ?? (bundle === undefined ? SAMPLE.assets : all);
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no asset ${unknown}; there are ${all.slice(0, MAX_ASSETS).join(', ')}.`);
  if (chosen.length > MAX_ASSETS) {
    throw new Error(
      `${bundle} holds ${chosen.length} assets, and one export job names at most ${MAX_ASSETS}: choose some with --assets, for example --assets ${all[0]}.`,
    );
  }
  catalog
    .all()
    .filter(({ resource }) => chosen.includes(resource))
    .forEach((asset) => requireName(asset, bundle ?? SAMPLE.folder));
  return { catalog, assets: chosen };
}

/** A file may hold names that no asset of QuickSight has. */
function requireName({ type, resource, entryName }: Asset, source: string): void {
  const pattern = violatedIdPattern(type, resource);
  if (pattern === undefined) return;
  throw new Error(
    `${source} has the entry ${entryName}, which no export job can name, as the id of a ${type} matches ${pattern}: choose others with --assets.`,
  );
}
