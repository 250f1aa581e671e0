import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_ENTRIES, tooManyEntries } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';
import type { BundlePart, OpenBundle } from './inventory-types';
import { readPart } from './read-part';

interface FolderFile {
  /** With `/` between the names. */
  readonly path: string;
  readonly size: number;
}

/**
 * A folder with the files of a QUICKSIGHT_JSON bundle. Files and folders whose name starts with a dot are not part of it.
 *
 * @throws InvalidBundleError if the folder has no file such as `dashboard/{id}.json`, or a link.
 * @throws BundleLimitError if the folder has too many files. An error of the file system is thrown unchanged.
 */
export async function openFolder(folder: string): Promise<OpenBundle> {
  const files: FolderFile[] = [];
  for await (const path of filesIn(folder, '')) {
    if (files.length === MAX_ENTRIES) throw tooManyEntries(`more than ${MAX_ENTRIES}`);
    files.push({ path, size: (await stat(join(folder, path))).size });
  }
  if (!files.some(({ path }) => /^[^/]+\/[^/]+\.json$/.test(path))) {
    throw new InvalidBundleError('the folder contains no files of a bundle, such as dashboard/{id}.json');
  }
  return {
    format: 'QUICKSIGHT_JSON',
    sizeBytes: files.reduce((sum, { size }) => sum + size, 0),
    parts: () => partsOf(folder, files),
  };
}

async function* partsOf(folder: string, files: readonly FolderFile[]): AsyncGenerator<BundlePart> {
  for (const { path } of files) yield await readPart(path, createReadStream(join(folder, path)));
}

async function* filesIn(folder: string, prefix: string): AsyncGenerator<string> {
  const items = await readdir(join(folder, prefix), { withFileTypes: true });
  for (const item of items.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = `${prefix}${item.name}`;
    if (item.name.startsWith('.')) continue;
    if (item.isDirectory()) yield* filesIn(folder, `${path}/`);
    else if (item.isFile()) yield path;
    // A link may lead out of the folder.
    else throw new InvalidBundleError(`entry ${path}: neither a file nor a folder. Replace the link by its target.`);
  }
}
