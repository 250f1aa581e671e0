import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { BundleEntry } from './bundle-entry';
import { BundleLimitError } from './bundle-limit-error';
import { InvalidBundleError } from './invalid-bundle-error';
import { templateEntries } from './template-bundle';
import { zipEntries } from './zip-bundle';

/** A QUICKSIGHT_JSON bundle is a zip, a CLOUDFORMATION_JSON bundle is a JSON template. */
export type BundleKind = 'zip' | 'json';

export interface Bundle {
  readonly kind: BundleKind;
  readonly entries: readonly BundleEntry[];
}

/** Bytes at the start of a file that identify its kind. */
const SIGNATURE_BYTES = 64;

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
  const { start, size } = await readStart(path);
  const kind = kindOf(start);
  if (kind === 'json' && size > MAX_TEMPLATE_BYTES) throw templateTooLarge(size);
  try {
    return { kind, entries: kind === 'zip' ? await zipEntries(path) : await templateEntries(createReadStream(path)) };
  } catch (error) {
    if (error instanceof InvalidBundleError || error instanceof BundleLimitError || isFileSystemError(error))
      throw error;
    const problem = (error as Error).message.replace(/\.$/, '');
    throw new InvalidBundleError(`the ${kind === 'zip' ? 'zip' : 'template'} cannot be read: ${problem}`);
  }
}

async function readStart(path: string): Promise<{ start: string; size: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0);
    return { start: buffer.toString('latin1', 0, bytesRead), size };
  } finally {
    await file.close();
  }
}

function kindOf(start: string): BundleKind {
  if (start.startsWith('PK\x03\x04')) return 'zip';
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(start)) return 'json';
  throw new InvalidBundleError(
    start === ''
      ? 'the file is empty'
      : `the file is neither a zip nor JSON: it starts with ${JSON.stringify(start.slice(0, 16))}`,
  );
}

function templateTooLarge(size: number): BundleLimitError {
  return new BundleLimitError(
    `the template has ${size} bytes, and the limit is ${MAX_TEMPLATE_BYTES} (128 MiB). Split the assets over several exports.`,
  );
}

const isFileSystemError = (error: unknown): boolean => (error as NodeJS.ErrnoException).syscall !== undefined;
