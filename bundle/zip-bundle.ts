import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import type { Entry, ZipFile } from 'yauzl';
import { fromRandomAccessReaderPromise } from 'yauzl';
import type { BundleAsset, BundleEntry } from './bundle-entry';
import type { StoredFile } from './stored-file';

/**
 * A name stands at the beginning of its entry, behind an id of 2,048 characters at most. To parse a whole definition for it would
 * take many times its size in memory, and most of the time of a copy.
 */
const SEARCHED_BYTES = 8 * 1024;

/** Each piece costs a way through another thread, whatever its size; zlib's own are of 16 KiB. */
const INFLATED_BYTES = 256 * 1024;

/** The entries of a QUICKSIGHT_JSON bundle. @throws Error that says what is wrong with the zip. */
export async function zipEntries(file: StoredFile, size: number): Promise<BundleEntry[]> {
  // It closes the file with the last entry, or with the first that fails.
  const zip = await fromRandomAccessReaderPromise(file, size, {});
  const entries: BundleEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('/')) entries.push(await readEntry(file, zip, entry));
  }
  return entries;
}

async function readEntry(file: StoredFile, zip: ZipFile, entry: Entry): Promise<BundleEntry> {
  const hash = createHash('sha256');
  const beginning: Buffer[] = [];
  let [checksum, size] = [0, 0];
  for await (const chunk of await contentOf(file, zip, entry)) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    if (size < SEARCHED_BYTES) beginning.push(chunk.subarray(0, SEARCHED_BYTES - size));
    size += chunk.length;
    if (size > entry.uncompressedSize) break;
  }
  if (size !== entry.uncompressedSize)
    throw new Error(`its entry ${entry.fileName} has not the ${entry.uncompressedSize} bytes that are told of it`);
  if (checksum !== entry.crc32) throw new Error(`its entry ${entry.fileName} does not match its checksum`);
  const asset = assetOf(entry.fileName, Buffer.concat(beginning));
  return { path: entry.fileName, sha256: hash.digest('hex'), ...(asset && { asset }) };
}

async function contentOf(file: StoredFile, zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  if (!entry.canDecodeFileData())
    throw new Error(
      `its entry ${entry.fileName} is encrypted, or packed in a way that QuickSight does not use (method ${entry.compressionMethod})`,
    );
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const raw = file.range(fileDataStart, fileDataStart + entry.compressedSize);
  return entry.isCompressed() ? pipeline(raw, createInflateRaw({ chunkSize: INFLATED_BYTES }), () => {}) : raw;
}

/** Assets are the files `{type}/{id}.json`; the name is what their JSON calls `name`. */
function assetOf(path: string, beginning: Buffer): BundleAsset | undefined {
  const [, type, id] = /^([^/]+)\/(.+)\.json$/.exec(path) ?? [];
  if (type === undefined || id === undefined) return undefined;
  const name = nameIn(beginning, path);
  return { type, id, ...(typeof name === 'string' && { name }) };
}

function nameIn(beginning: Buffer, path: string): unknown {
  let found: { readonly name: unknown } | undefined;
  let isJson = true;
  const parser = new JSONParser({ paths: ['$.name'], keepStack: false });
  parser.onValue = ({ value }) => {
    found ??= { name: value };
  };
  parser.onError = () => {
    isJson = false;
  };
  parser.write(beginning);
  if (!found && !isJson) throw new Error(`its entry ${path} is no JSON`);
  return found?.name;
}
