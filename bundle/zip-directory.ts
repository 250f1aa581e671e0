import type { FileHandle } from 'node:fs/promises';
import type { Entry, ZipFile } from 'yauzl';
import { BundleLimitError } from './bundle-limit-error';
import { MAX_ENTRIES, tooManyEntries } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';

/** Size of the central directory, which is in memory while the files are read. */
const MAX_DIRECTORY_BYTES = 4 * 1024 ** 2;

/**
 * Sum of the sizes of the files. Decompression and digests of 4 GiB take about 16 s of a whole processor, and the smallest
 * function has 0.11 of one. The ratio needs no limit: a file is not decompressed beyond its size.
 */
const MAX_CONTENT_BYTES = 4 * 1024 ** 3;

/** Sizes of the records in APPNOTE.TXT, without their variable fields: 4.3.12, 4.3.14, 4.3.15 and 4.3.16. */
const HEADER_BYTES = 46;
const ZIP64_END_RECORD_BYTES = 56;
const ZIP64_LOCATOR_BYTES = 20;
const END_RECORD_BYTES = 22;

const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;

interface EndRecord {
  /** Position of the record in the file. */
  readonly position: number;
  readonly directoryStart: number;
  readonly directoryBytes: number;
}

/**
 * The files of a zip. Their content is not read.
 *
 * @throws InvalidBundleError unless the directory is complete and its paths are safe.
 * @throws BundleLimitError if the files are too many or too large.
 */
export async function filesOf(zip: ZipFile, file: FileHandle): Promise<Entry[]> {
  const { entryCount } = zip;
  if (entryCount > MAX_ENTRIES) throw tooManyEntries(String(entryCount));
  const directoryBytes = await checkedDirectoryBytes(zip, file);
  const files: Entry[] = [];
  let [readBytes, contentBytes] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    const { fileName, fileNameLength, extraFieldLength, fileCommentLength, uncompressedSize } = entry;
    readBytes += HEADER_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
    if (readBytes > directoryBytes) break;
    contentBytes += uncompressedSize;
    if (contentBytes > MAX_CONTENT_BYTES) throw contentTooLarge(contentBytes);
    assertNormalized(fileName);
    if (!fileName.endsWith('/')) files.push(entry);
    else if (uncompressedSize > 0) throw invalid(fileName, 'a directory has content');
  }
  // Other readers use the size of the directory, and would find other entries.
  if (readBytes !== directoryBytes) {
    throw new InvalidBundleError(
      `the directory of the zip has ${directoryBytes} bytes, and the entries that its end record counts (${entryCount}) have ${readBytes}`,
    );
  }
  return files;
}

/** The size of the directory, which must end where the end record starts. */
async function checkedDirectoryBytes(zip: ZipFile, file: FileHandle): Promise<number> {
  const { position, directoryStart, directoryBytes } = await endRecord(zip, file);
  const gap = position - directoryStart - directoryBytes;
  if (gap !== 0) {
    throw new InvalidBundleError(
      `the directory of the zip ends ${Math.abs(gap)} bytes ${gap > 0 ? 'before' : 'after'} its end record`,
    );
  }
  if (directoryBytes > MAX_DIRECTORY_BYTES) {
    throw new BundleLimitError(
      `the directory of the zip has ${directoryBytes} bytes, and the limit is ${MAX_DIRECTORY_BYTES} (4 MiB). Split the assets over several exports.`,
    );
  }
  return directoryBytes;
}

/** The record that yauzl found: that of zip64 if the file has one. */
async function endRecord(zip: ZipFile, file: FileHandle): Promise<EndRecord> {
  const position = zip.fileSize - zip.comment.length - END_RECORD_BYTES;
  const record = await bytesAt(file, position, END_RECORD_BYTES);
  const locator = await bytesAt(file, Math.max(0, position - ZIP64_LOCATOR_BYTES), ZIP64_LOCATOR_BYTES);
  if (locator.readUInt32LE() !== ZIP64_LOCATOR_SIGNATURE) {
    return { position, directoryStart: record.readUInt32LE(16), directoryBytes: record.readUInt32LE(12) };
  }
  const zip64Position = Number(locator.readBigUInt64LE(8));
  const zip64 = await bytesAt(file, zip64Position, ZIP64_END_RECORD_BYTES);
  return {
    position: zip64Position,
    directoryStart: Number(zip64.readBigUInt64LE(48)),
    directoryBytes: Number(zip64.readBigUInt64LE(40)),
  };
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
}

/** yauzl refuses absolute paths, backslashes and `..`. Other paths that are not normalized may be another file elsewhere. */
function assertNormalized(path: string): void {
  const segments = path.replace(/\/$/, '').split('/');
  if (segments.some((segment) => segment === '' || segment === '.') || /\p{Cc}/u.test(path)) {
    throw invalid(path, 'the path is not normalized');
  }
}

const invalid = (path: string, problem: string): InvalidBundleError =>
  new InvalidBundleError(`entry ${JSON.stringify(path)}: ${problem}`);

function contentTooLarge(bytes: number): BundleLimitError {
  return new BundleLimitError(
    `the files of the zip have ${bytes} bytes or more, and the limit is ${MAX_CONTENT_BYTES} (4 GiB). Split the assets over several exports.`,
  );
}
