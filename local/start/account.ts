import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../cloud';
import type { AssetCatalog } from '../quicksight';
import { loadBundle, loadFolder } from '../quicksight';
import type { Asset } from '../quicksight/assets/asset';
import { violatedIdPattern } from '../quicksight/assets/asset-arn';
import { CommandLine } from './command-line';
import type { StartOptions } from './options';

/** Maximum number of ResourceArns of an export job. */
const MAX_ASSETS = 100;
const SAMPLE = {
  folder: join(PROJECT, 'local', 'sample-account'),
  assets: ['dashboard/sales-overview', 'folder/sales'],
};

export interface Account {
  readonly catalog: AssetCatalog;
  /** The assets that the sample app exports, each as type/id. */
  readonly assets: readonly string[];
}

/** The assets of the local QuickSight account. @throws Error if the bundle or an asset name is invalid. */
export async function accountOf({ bundle, assets }: StartOptions, commandLine = new CommandLine()): Promise<Account> {
  const catalog = bundle === undefined ? await loadFolder(SAMPLE.folder) : await loadAny(bundle, commandLine);
  const all = catalog.all().map(({ resource }) => resource);
  const chosen = assets ?? (bundle === undefined ? SAMPLE.assets : all);
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new Error(`The asset ${unknown} does not exist. Choose from ${all.slice(0, MAX_ASSETS).join(', ')}.`);
  if (chosen.length > MAX_ASSETS) {
    throw new Error(
      `${bundle} contains ${chosen.length} assets, but an export job accepts at most ${MAX_ASSETS}. Choose some, for example --assets ${all[0]}.`,
    );
  }
  catalog
    .all()
    .filter(({ resource }) => chosen.includes(resource))
    .forEach((asset) => requireValidId(asset, bundle ?? SAMPLE.folder));
  return { catalog, assets: chosen };
}

/** A `.qs` file, or the folder of an unpacked one. */
async function loadAny(bundle: string, commandLine: CommandLine): Promise<AssetCatalog> {
  const isFolder = await stat(bundle).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return isFolder ? commandLine.packed(bundle, loadBundle) : loadBundle(bundle);
}

/** A bundle file may contain ids that QuickSight does not accept. */
function requireValidId({ type, resource, entryName }: Asset, source: string): void {
  const pattern = violatedIdPattern(type, resource);
  if (pattern === undefined) return;
  throw new Error(
    `${source} contains the entry ${entryName}, but the id of a ${type} must match ${pattern}. Choose other assets with --assets.`,
  );
}
