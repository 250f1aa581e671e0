import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from './errors';

/** Start of the names of this process's files. An earlier process may have had the same process id. */
const OWN_PREFIX = `quicksight-asset-bundle-${process.pid}-${randomUUID()}-`;
const NAME = /^quicksight-asset-bundle-(\d+)-/;

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
  const path = join(folder, `${OWN_PREFIX}${randomUUID()}`);
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
    await writeFile(path, measured(), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
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

/**
 * Removes the files of processes that were killed, because Lambda keeps the folder for the next process. Files of processes
 * that run are kept: on a developer's machine, functions share the folder.
 */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid === undefined || name.startsWith(OWN_PREFIX) || isOtherRunning(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // A leftover costs disk space. It must not fail the function.
    }
  }
}

function isOtherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
