import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type BundleKind, bundleError, kindOfFile } from './bundle-kind';
import { EntryList } from './entry-list';
import { openFolder } from './folder-bundle';
import type { BundleFormat, BundlePart, OpenBundle } from './inventory-types';
import { OpenZip } from './open-zip';
import { readPart } from './read-part';
import { templateParts } from './template-parts';

const FORMATS: Record<BundleKind, BundleFormat> = { zip: 'QUICKSIGHT_JSON', json: 'CLOUDFORMATION_JSON' };

/**
 * Opens a bundle: a `.qs` file, an unpacked folder or a template. The content decides, not the name. Parts are read and
 * verified by `parts`.
 *
 * @throws InvalidBundleError if the path is none of them.
 * @throws BundleLimitError if it exceeds a limit. An error of the file system is thrown unchanged.
 */
export async function openBundle(path: string): Promise<OpenBundle> {
  if ((await stat(path)).isDirectory()) return openFolder(path);
  const { kind, size } = await kindOfFile(path);
  return {
    format: FORMATS[kind],
    sizeBytes: size,
    sha256: await sha256Of(path),
    parts: () => verified(kind, kind === 'zip' ? zipParts(path) : templateParts(path)),
  };
}

async function* zipParts(path: string): AsyncGenerator<BundlePart> {
  const zip = await OpenZip.open(path);
  try {
    const list = new EntryList();
    for (const entry of zip.files) {
      const part = await readPart(entry.fileName, zip.contentOf(entry));
      list.add(part);
      yield part;
    }
  } finally {
    await zip.close();
  }
}

/** Errors of the consumer of the parts do not pass through this function. */
async function* verified(kind: BundleKind, parts: AsyncIterable<BundlePart>): AsyncGenerator<BundlePart> {
  try {
    yield* parts;
  } catch (error) {
    throw bundleError(kind, error);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
