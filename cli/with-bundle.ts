import { join } from 'node:path';
import { BundleLimitError } from '../bundle/bundle-limit-error';
import { InvalidBundleError } from '../bundle/invalid-bundle-error';
import type { OpenBundle } from '../bundle/inventory-types';
import { openBundle } from '../bundle/open-bundle';
import { CommandError } from './command-error';
import { downloadObject } from './download-object';
import { Progress, withProgress } from './progress';
import { s3ObjectOf } from './s3-object';
import { inTemporaryFolder } from './temporary-folder';
import type { Terminal } from './terminal';

/**
 * Runs the work with the bundle at a location: a `.qs` file, an unpacked folder, a template, or an object in S3.
 *
 * @throws CommandError that names the location, when it has no bundle
 */
export async function withBundle<T>(
  terminal: Terminal,
  location: string,
  work: (bundle: OpenBundle) => Promise<T>,
): Promise<T> {
  const object = s3ObjectOf(location);
  const progress = new Progress(terminal);
  const read = async (path: string) => work(withProgress(await openBundle(path), progress));
  try {
    if (!object) return await read(location);
    return await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'bundle');
      await explained(location, downloadObject(object, file, progress));
      return read(file);
    });
  } catch (error) {
    const isOfBundle = error instanceof InvalidBundleError || error instanceof BundleLimitError;
    throw isOfBundle ? new CommandError(`${location}: ${error.message}`) : error;
  } finally {
    progress.clear();
  }
}

/** Errors of S3 name neither bucket nor key, and some have no message. */
async function explained(location: string, download: Promise<void>): Promise<void> {
  try {
    await download;
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    const problem = message && message !== 'UnknownError' ? message.replace(/\.$/, '') : (code ?? name);
    const kind = [name, code].find((one) => one && one !== 'Error' && !problem.includes(one));
    throw new CommandError(`${location}: ${problem}${kind ? ` (${kind})` : ''}`);
  }
}
