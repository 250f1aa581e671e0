import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetCondition, Definition } from './asset';
import { resourceOfEntry } from './asset-arn';
import { AssetCatalog } from './asset-catalog';
import { ASSET_TYPE_NAMES } from './asset-types';

/**
 * The assets of a folder with files `{type}/{id}.json`. A file has the content of a bundle entry. In addition, its key
 * `$standIn` can hold an `AssetCondition`.
 */
export async function loadFolder(folder: string): Promise<AssetCatalog> {
  const catalog = new AssetCatalog();
  const found = await list(folder, folder);
  for (const type of ASSET_TYPE_NAMES) {
    if (!found.some((entry) => entry.isDirectory() && entry.name === type)) continue;
    const files = (await list(join(folder, type), folder))
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.json'));
    for (const file of files.sort()) {
      const entry = resourceOfEntry(`${type}/${file}`);
      if (!entry)
        throw new Error(
          `The file ${join(folder, type, file)} has an invalid name. Name it {dataSetId}--refresh-schedule--{id}.json.`,
        );
      const { $standIn, ...definition } = await readDefinition(join(folder, type, file));
      catalog.add(entry.resource, definition, $standIn as AssetCondition | undefined);
    }
  }
  if (catalog.all().length === 0) {
    throw new Error(
      `The folder ${folder} contains no assets. Add files such as dashboard/{id}.json (types: ${ASSET_TYPE_NAMES.join(', ')}).`,
    );
  }
  return catalog;
}

async function list(path: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`The folder ${folder} does not exist. Check the path.`, { cause: error });
    if (code === 'ENOTDIR') throw new Error(`${folder} is a file. Choose a folder of assets.`, { cause: error });
    throw new Error(`The folder ${path} cannot be read (${code}). Check its permissions.`, { cause: error });
  }
}

async function readDefinition(path: string): Promise<Definition> {
  const text = await readFile(path, 'utf8');
  try {
    const definition: unknown = JSON.parse(text);
    if (typeof definition === 'object' && definition !== null && !Array.isArray(definition))
      return definition as Definition;
  } catch {
    // The error below also covers invalid JSON.
  }
  throw new Error(`The file ${path} is not a JSON object. Write the definition of one asset.`);
}
