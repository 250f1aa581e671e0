import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { InvalidBundleError } from './invalid-bundle-error';
import { filesOf } from './zip-directory';

/** Each read and each zlib chunk is a round trip to the thread pool. The garbage of larger chunks takes memory. */
const CHUNK_BYTES = 64 * 1024;

/** A zip whose directory is verified. */
export class OpenZip {
  private constructor(
    private readonly file: FileHandle,
    private readonly zip: ZipFile,
    /** At least one. */
    public readonly files: readonly Entry[],
  ) {}

  /**
   * @throws BundleLimitError when the zip exceeds a limit.
   * @throws Error when the file is not a zip with files.
   */
  public static async open(path: string): Promise<OpenZip> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const zip = await fromRandomAccessReaderPromise(new FileReader(file), size, {
        autoClose: false,
        strictFileNames: true,
        // contentOf checks the sizes, and its message names the entry.
        validateEntrySizes: false,
      });
      const files = await filesOf(zip, file);
      if (files.length === 0) throw new InvalidBundleError('the zip contains no files');
      return new OpenZip(file, zip, files);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The content of a file. @throws Error after the last chunk, unless the length and the CRC-32 are those of the directory. */
  public async *contentOf(entry: Entry): AsyncGenerator<Buffer> {
    const { fileName: path, uncompressedSize } = entry;
    let [checksum, size] = [0, 0];
    for await (const chunk of unpacked(this.file, this.zip, entry)) {
      checksum = crc32(chunk, checksum);
      size += chunk.length;
      if (size > uncompressedSize) break;
      yield chunk;
    }
    if (size !== uncompressedSize) {
      const found = size > uncompressedSize ? `${size} or more` : size;
      throw new InvalidBundleError(`entry ${path}: expected ${uncompressedSize} bytes, found ${found}`);
    }
    if (checksum !== entry.crc32) throw new InvalidBundleError(`entry ${path}: the CRC-32 does not match`);
  }

  public async close(): Promise<void> {
    await this.file.close();
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

async function* unpacked(file: FileHandle, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
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
