import { createReadStream } from 'node:fs';
import type { BundleEntry } from './bundle-entry';
import { type BundleKind, bundleError, kindOfFile } from './bundle-kind';
import { BundleLimitError } from './bundle-limit-error';
import { templateEntries } from './template-bundle';
import { zipEntries } from './zip-bundle';

export interface Bundle {
  readonly kind: BundleKind;
  readonly entries: readonly BundleEntry[];
}

/**
 * Size of a template. Reading it takes 8 to 16 s of a whole processor, and the smallest function has 0.11 of one.
 * CloudFormation deploys templates of at most 1 MB.
 */
const MAX_TEMPLATE_BYTES = 128 * 1024 ** 2;

/**
 * Reads and verifies the bundle in a file. The bytes decide its kind, not its name. Memory does not grow with its size.
 *
 * @throws InvalidBundleError unless the file is a whole bundle.
 * @throws BundleLimitError if it exceeds a limit. An error of the file system is thrown unchanged.
 */
export async function readBundle(path: string): Promise<Bundle> {
  const { kind, size } = await kindOfFile(path);
  if (kind === 'json' && size > MAX_TEMPLATE_BYTES) throw templateTooLarge(size);
  try {
    return { kind, entries: kind === 'zip' ? await zipEntries(path) : await templateEntries(createReadStream(path)) };
  } catch (error) {
    throw bundleError(kind, error);
  }
}

function templateTooLarge(size: number): BundleLimitError {
  return new BundleLimitError(
    `the template has ${size} bytes, and the limit is ${MAX_TEMPLATE_BYTES} (128 MiB). Split the assets over several exports.`,
  );
}
