import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assetFiles } from './asset-files';
import type { OpenBundle } from './inventory-types';
import { stableJson } from './stable-json';

export interface UnpackOptions {
  /**
   * Writes into a folder that is not empty. Files of assets that the bundle does not contain are removed, and every other
   * file remains.
   *
   * @default false
   */
  readonly force?: boolean;
}

export interface Unpacked {
  /** Paths in the folder, in the order of the bundle. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes a bundle as a folder for Git: one file per asset, `{type}/{id}.json`, with stable and indented JSON.
 *
 * Nothing is written unless the whole bundle can be.
 *
 * @throws InvalidBundleError when the bundle contains anything but JSON. Error when the folder is not empty, or the bundle is a
 * template.
 */
export async function unpack(bundle: OpenBundle, folder: string, options: UnpackOptions = {}): Promise<Unpacked> {
  if (bundle.format !== 'QUICKSIGHT_JSON') {
    throw new Error('a CloudFormation template is one JSON file: unpack accepts a .qs bundle');
  }
  const existing = await entriesIn(folder);
  if (existing.length > 0 && !options.force) {
    throw new Error(`folder ${folder} is not empty: choose another folder, or add --force`);
  }
  const written: string[] = [];
  for await (const { path } of assetFiles(bundle)) written.push(path);
  const removed = await removeOtherAssets(folder, existing, new Set(written));
  for await (const { type, path, content } of assetFiles(bundle)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    // A link in the place of the file is replaced, not followed.
    await rm(file, { force: true });
    await writeFile(file, `${stableJson(type, content, 2)}\n`, { flag: 'wx' });
  }
  return { written, removed };
}

async function removeOtherAssets(folder: string, existing: readonly Dirent[], kept: ReadonlySet<string>) {
  const removed: string[] = [];
  for (const entry of existing) {
    const type = entry.name;
    if (entry.isSymbolicLink() && [...kept].some((path) => path.startsWith(`${type}/`))) {
      throw new Error(`${join(folder, type)} is a link: remove it, because unpack writes only below the folder`);
    }
    if (!entry.isDirectory() || type.startsWith('.')) continue;
    for (const file of await entriesIn(join(folder, type))) {
      const path = `${type}/${file.name}`;
      if (kept.has(path) || !file.isFile() || !(await isAsset(join(folder, path), type))) continue;
      await rm(join(folder, path));
      removed.push(path);
    }
  }
  return removed;
}

/** The files and folders in a folder, by name. A folder that does not exist has none. */
async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The `resourceType` of an asset is the name of its folder. Another file of the user is not removed. */
async function isAsset(path: string, type: string): Promise<boolean> {
  if (!path.endsWith('.json')) return false;
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { resourceType?: unknown } | null)?.resourceType === type;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
