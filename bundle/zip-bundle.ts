import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { BundleAsset, BundleEntry } from './bundle-entry';
import { EntryList } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';
import { filesOf } from './zip-directory';

/**
 * Bytes at the start of an entry that are searched for the name of the asset. The name follows an id of at most 2,048
 * characters. Parsing a whole definition would take many times its size in memory.
 */
const SEARCHED_BYTES = 8 * 1024;

/** JSON tokens that are searched. 8 KiB of brackets would take longer than the whole entry. */
const SEARCHED_TOKENS = 500;

/** The search ends after the step that has the name. */
const SEARCH_STEP_BYTES = 512;

/** Each read and each zlib chunk is a round trip to the thread pool. The garbage of larger chunks takes memory. */
const CHUNK_BYTES = 64 * 1024;

/**
 * The entries of a QUICKSIGHT_JSON bundle, each verified by length and CRC-32.
 *
 * @throws BundleLimitError when the zip exceeds a limit.
 * @throws Error when the file is not a whole zip.
 */
export async function zipEntries(path: string): Promise<BundleEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const zip = await fromRandomAccessReaderPromise(new FileReader(file), size, {
      autoClose: false,
      strictFileNames: true,
      // readEntry checks the sizes, and its message names the entry.
      validateEntrySizes: false,
    });
    const files = await filesOf(zip, file);
    if (files.length === 0) throw new InvalidBundleError('the zip contains no files');
    const list = new EntryList();
    for (const entry of files) list.add(await readEntry(file, zip, entry));
    return list.entries;
  } finally {
    await file.close();
  }
}

/** yauzl's own reader ends the process when a damaged zip64 record has an impossible position: it throws in a callback. */
class FileReader extends RandomAccessReader {
  public constructor(private readonly file: FileHandle) {
    super();
  }

  public override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.file
      .read(target, offset, length, position)
      .then(
        ({ bytesRead }) => callback(bytesRead < length ? new InvalidBundleError('unexpected end of the zip') : null),
        callback,
      );
  }
}

async function readEntry(file: FileHandle, zip: ZipFile, entry: Entry): Promise<BundleEntry> {
  const { fileName: path, uncompressedSize } = entry;
  const hash = createHash('sha256');
  const start: Buffer[] = [];
  let [checksum, size] = [0, 0];
  for await (const chunk of contentOf(file, zip, entry)) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    if (size < SEARCHED_BYTES) start.push(chunk.subarray(0, SEARCHED_BYTES - size));
    size += chunk.length;
    if (size > uncompressedSize) break;
  }
  if (size !== uncompressedSize) {
    const found = size > uncompressedSize ? `${size} or more` : size;
    throw new InvalidBundleError(`entry ${path}: expected ${uncompressedSize} bytes, found ${found}`);
  }
  if (checksum !== entry.crc32) throw new InvalidBundleError(`entry ${path}: the CRC-32 does not match`);
  const asset = assetOf(path, Buffer.concat(start));
  return { path, sha256: hash.digest('hex'), ...(asset && { asset }) };
}

async function* contentOf(file: FileHandle, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const { fileName: path, compressedSize, compressionMethod } = entry;
  if (entry.isEncrypted()) throw new InvalidBundleError(`entry ${path}: encryption is not supported`);
  if (!entry.canDecodeFileData()) {
    throw new InvalidBundleError(`entry ${path}: compression method ${compressionMethod} is not supported`);
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const raw = bytesOf(file, fileDataStart, fileDataStart + compressedSize);
  if (!entry.isCompressed()) {
    yield* raw;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  try {
    yield* pipeline(raw, inflate, () => {});
  } catch (error) {
    throw Object.assign(error as Error, { message: `entry ${path}: ${(error as Error).message}` });
  }
  if (inflate.bytesWritten !== compressedSize) {
    throw new InvalidBundleError(
      `entry ${path}: the compressed data has ${inflate.bytesWritten} of its ${compressedSize} bytes`,
    );
  }
}

async function* bytesOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const length = Math.min(CHUNK_BYTES, end - position);
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}

/** Assets are the files `{type}/{id}.json`. The member `name` of their JSON is the name. */
function assetOf(path: string, start: Buffer): BundleAsset | undefined {
  const [, type, id] = /^([^/]+)\/(.+)\.json$/.exec(path) ?? [];
  if (type === undefined || id === undefined) return undefined;
  const name = nameIn(start, path);
  return { type, id, ...(typeof name === 'string' && { name }) };
}

function nameIn(start: Buffer, path: string): unknown {
  let found: { readonly name: unknown } | undefined;
  let isJson = true;
  let tokens = 0;
  const parser = new JSONParser({ paths: ['$.name'], keepStack: false });
  parser.onValue = ({ value }) => {
    found ??= { name: value };
  };
  parser.onToken = () => {
    tokens++;
  };
  parser.onError = () => {
    isJson = false;
  };
  for (let at = 0; at < start.length && !found && isJson && tokens < SEARCHED_TOKENS; at += SEARCH_STEP_BYTES) {
    parser.write(start.subarray(at, at + SEARCH_STEP_BYTES));
  }
  if (!found && !isJson) throw new InvalidBundleError(`entry ${path}: not JSON`);
  return found?.name;
}
