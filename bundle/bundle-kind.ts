import { open } from 'node:fs/promises';
import { BundleLimitError } from './bundle-limit-error';
import { InvalidBundleError } from './invalid-bundle-error';

/** A QUICKSIGHT_JSON bundle is a zip, a CLOUDFORMATION_JSON bundle is a JSON template. */
export type BundleKind = 'zip' | 'json';

/** Bytes at the start of a file that identify its kind. */
const SIGNATURE_BYTES = 64;

/**
 * The kind of the bundle in a file, by its first bytes, and its size.
 *
 * @throws InvalidBundleError if the file is neither a zip nor JSON.
 */
export async function kindOfFile(path: string): Promise<{ readonly kind: BundleKind; readonly size: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0);
    return { kind: kindOf(buffer.toString('latin1', 0, bytesRead)), size };
  } finally {
    await file.close();
  }
}

/** The error of a reader. One that has no class of ours becomes an InvalidBundleError, except an error of the file system. */
export function bundleError(kind: BundleKind, error: unknown): unknown {
  if (error instanceof InvalidBundleError || error instanceof BundleLimitError || isFileSystemError(error))
    return error;
  const problem = (error as Error).message.replace(/\.$/, '');
  return new InvalidBundleError(`the ${kind === 'zip' ? 'zip' : 'template'} cannot be read: ${problem}`);
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

const isFileSystemError = (error: unknown): boolean => (error as NodeJS.ErrnoException).syscall !== undefined;
