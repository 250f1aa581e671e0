import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { ZipFile } from 'yazl';
import { assetFiles } from './asset-files';
import type { BundlePart, OpenBundle } from './inventory-types';
import { openBundle } from './open-bundle';
import { stableJson } from './stable-json';

/** The earliest time of a zip. DOS time has no time zone: this is the same bytes everywhere. */
const MTIME = new Date(1980, 0, 1);

type Entry = readonly [path: string, content: Buffer];

const ENTRY = { mtime: MTIME, mode: 0o100644, forceDosTimestamp: true, compressionLevel: 9 } as const;

/**
 * Writes a folder with the files of a bundle as a `.qs` file: sorted by path, with a fixed time, a fixed compression and compact
 * JSON. The same content gives the same bytes with the same version of Node.js, whose zlib compresses them. Memory grows with the
 * content.
 *
 * The file is replaced only after the whole bundle was written.
 *
 * @returns The paths of the entries.
 * @throws InvalidBundleError when the folder contains anything but JSON. Error when the bundle is a template.
 */
export async function pack(folder: string, file: string): Promise<readonly string[]> {
  const bundle = await openBundle(folder);
  if (bundle.format !== 'QUICKSIGHT_JSON') {
    throw new Error('a CloudFormation template is one JSON file: pack accepts the folder of an unpacked bundle');
  }
  const entries: Entry[] = [];
  for await (const { type, path, content } of assetFiles({ parts: () => partsInFolders(bundle) })) {
    entries.push([path, Buffer.from(stableJson(type, content))]);
  }
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  const zip = new ZipFile();
  await Promise.all([writeWhole(zip.outputStream, file), addAll(zip, entries)]);
  return entries.map(([path]) => path);
}

/** yazl compresses all buffers at once, with memory of its own for each. Another compression waits for its turn after them. */
async function addAll(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  for (const [path, content] of entries) {
    zip.addBuffer(content, path, ENTRY);
    await promisify(deflateRaw)(Buffer.alloc(0));
  }
  zip.end();
}

/** A file beside the folders of the assets, such as a README, is not part of the bundle. */
async function* partsInFolders(bundle: OpenBundle): AsyncGenerator<BundlePart> {
  for await (const part of bundle.parts()) if (part.path.includes('/')) yield part;
}

async function writeWhole(content: NodeJS.ReadableStream, file: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    await pipeline(content, createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
