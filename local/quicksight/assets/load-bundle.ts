import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import { fromBufferPromise } from 'yauzl';
import type { Asset, Definition } from './asset';
import { resourceOfEntry } from './asset-arn';
import { AssetCatalog } from './asset-catalog';

/** The assets of a bundle in the format QUICKSIGHT_JSON (a `.qs` file), with their bytes unchanged. */
export async function loadBundle(path: string): Promise<AssetCatalog> {
  const zip = await open(path, await read(path));
  const assets: Asset[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const found = resourceOfEntry(entry.fileName);
      if (!found) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks);
      if (crc32(content) !== entry.crc32) throw new Error(`entry ${entry.fileName}: wrong checksum`);
      assets.push({ ...found, entryName: entry.fileName, definition: definitionOf(entry.fileName, content), content });
    }
  } catch (error) {
    throw new Error(
      `The bundle file ${path} is damaged (${(error as Error).message.replace(/\.$/, '')}). Copy or export it again.`,
      {
        cause: error,
      },
    );
  }
  if (assets.length === 0) {
    throw new Error(`The bundle file ${path} contains no assets. A bundle has entries such as dashboard/{id}.json.`);
  }
  return new AssetCatalog(assets);
}

async function read(path: string): Promise<Buffer> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`The bundle file ${path} does not exist. Check the path.`, { cause: error });
    if (code === 'EISDIR') throw new Error(`${path} is a folder. Choose a bundle file (.qs).`, { cause: error });
    throw new Error(`The bundle file ${path} cannot be read (${code}). Check its permissions.`, { cause: error });
  }
  if (content.length === 0) throw new Error(`The bundle file ${path} is empty. Copy or export it again.`);
  return content;
}

async function open(path: string, content: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(content, { lazyEntries: true });
  } catch (error) {
    throw new Error(
      `The bundle file ${path} is not a zip file. Choose a .qs file, which QuickSight exports in the format QUICKSIGHT_JSON.`,
      { cause: error },
    );
  }
}

function definitionOf(entryName: string, content: Buffer): Definition {
  let definition: unknown;
  try {
    definition = JSON.parse(content.toString('utf8'));
  } catch {
    definition = undefined;
  }
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    throw new Error(`entry ${entryName}: not a JSON object`);
  }
  return definition as Definition;
}
