import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from './errors';

/** A whole file on the local disk. */
export interface SpooledFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/**
 * Writes bytes to a file of its own in the folder, passes the file to `use`, and removes it.
 *
 * @throws TerminalError when the disk is full.
 */
export async function spool<T>(
  folder: string,
  bytes: AsyncIterable<Buffer>,
  use: (file: SpooledFile) => Promise<T>,
): Promise<T> {
  const path = join(folder, `quicksight-asset-bundle-${randomUUID()}`);
  const hash = createHash('sha256');
  let size = 0;
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  try {
    await writeFile(path, measured(), { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
      throw new TerminalError(
        `The disk of ${folder} is full after ${size} bytes of the bundle. Deploy again. If it repeats, export fewer assets at once.`,
      );
    });
    return await use({ path, size, sha256: hash.digest('hex') });
  } finally {
    await rm(path, { force: true });
  }
}
