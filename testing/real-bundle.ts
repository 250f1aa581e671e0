import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../local/cloud/paths';
import type { AssetCatalog } from '../local/quicksight';
import { loadBundle } from '../local/quicksight';

/** A bundle that QuickSight exported. It is stored beside some checkouts of the project. */
const REAL_BUNDLE = join(PROJECT, '..', 'shared', 'data', 'TotalDeathByCountry.qs');

/** The path of the real bundle, or undefined if the machine does not have it. */
export function realBundle(): string | undefined {
  if (existsSync(REAL_BUNDLE)) return REAL_BUNDLE;
  console.warn(`${REAL_BUNDLE} does not exist. This run uses no real bundle.`);
  return undefined;
}

/** The assets of the real bundle, or the alternative if the machine does not have it. */
export async function realAssets(alternative: AssetCatalog): Promise<AssetCatalog> {
  const bundle = realBundle();
  return bundle === undefined ? alternative : loadBundle(bundle);
}
