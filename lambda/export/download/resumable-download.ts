import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock';
import { RetryableError, TerminalError } from '../../core/errors';
import { redact } from '../../core/redact';
import { retryBackoff } from '../../core/retry';
import type { Download, Fetch } from './download';
import type { DownloadLink } from './download-link';

/** Largest bundle that an import accepts. Larger ones do not fit in the function's temporary folder. */
const MAX_BUNDLE_BYTES = 1024 ** 3;

/** Attempts in a row that bring no byte. After them the copy starts over. */
const MAX_FRUITLESS_ATTEMPTS = 4;

/** Start of an error page that is searched for S3's code and message. */
const MAX_ERROR_PAGE_BYTES = 4096;

interface NetworkError extends Error {
  readonly code?: string;
  /** The host of a failed DNS lookup. */
  readonly hostname?: string;
}

/**
 * The bytes of a bundle, from one download or several. When the connection breaks, the download resumes at the same byte
 * with a fresh link, if the server supports ranges of the same file.
 *
 * @throws RetryableError when the copy must start over.
 * @throws TerminalError when that cannot help.
 */
export async function* downloadBundle(
  freshLink: () => Promise<DownloadLink>,
  fetch: Fetch,
  clock: Clock,
): AsyncGenerator<Buffer> {
  let received = 0;
  let totalBytes: number | undefined;
  let etag: string | undefined;
  let cause = 'the connection was closed';
  let unresolvedHost: string | undefined;
  for (let fruitless = 0; fruitless < MAX_FRUITLESS_ATTEMPTS; fruitless++) {
    // A fresh link fixes most failures. A server in trouble needs time.
    if (fruitless > 1) await clock.sleep(retryBackoff(fruitless, clock.random()));
    const link = await freshLink();
    const before = received;
    try {
      const download = await fetch(link, etag !== undefined && received > 0 ? { offset: received, etag } : undefined);
      await assertContinues(download, received, etag);
      totalBytes = download.totalBytes ?? totalBytes;
      etag = download.etag;
      if (totalBytes !== undefined && totalBytes > MAX_BUNDLE_BYTES) {
        download.body.destroy();
        throw tooLarge(totalBytes);
      }
      for await (const chunk of download.body as AsyncIterable<Buffer>) {
        received += chunk.length;
        if (received > MAX_BUNDLE_BYTES) throw tooLarge(received);
        yield chunk;
      }
      if (totalBytes === undefined || received === totalBytes) return;
      if (received > totalBytes) {
        throw new TerminalError(
          `The server announced ${totalBytes} bytes for the bundle and sent ${received}. Deploy again.`,
        );
      }
    } catch (error) {
      const isFinal = error instanceof RetryableError && (received > 0 || error.kind !== 'busy');
      if (error instanceof TerminalError || isFinal) throw error;
      const { code, hostname } = error as NetworkError;
      cause = causeOf(error as NetworkError);
      unresolvedHost = code === 'ENOTFOUND' ? hostname : undefined;
    }
    if (received > before) fruitless = 0;
    if (received > 0 && etag === undefined) break;
  }
  if (received === 0 && unresolvedHost !== undefined) {
    throw new RetryableError(
      'unresolved',
      `the host name ${unresolvedHost} of QuickSight's download link does not resolve. Check the network of the isComplete function, and deploy again.`,
    );
  }
  throw new RetryableError(
    'busy',
    `the download of the bundle stopped after ${received} of ${totalBytes ?? 'an unknown number of'} bytes: ${cause}`,
  );
}

function tooLarge(bytes: number): TerminalError {
  return new TerminalError(
    `The bundle has ${bytes} bytes or more, and the limit is ${MAX_BUNDLE_BYTES} (1 GiB), as for an import. Split the assets over several exports.`,
  );
}

/** @throws unless the response continues the file with the ETag at `received`. */
async function assertContinues(download: Download, received: number, etag: string | undefined): Promise<void> {
  const { status, body, offset } = download;
  if (status >= 300 && status < 400) {
    body.destroy();
    throw new TerminalError(
      `The server of the bundle responded with a redirect (${status}), and redirects are not followed. The bundle must come from the host of QuickSight's link.`,
    );
  }
  if (status !== 200 && status !== 206) {
    // An expired link and a denied one look alike (403). A fresh link fixes both.
    const page = s3Error(await startOf(body));
    throw new RetryableError('busy', `the server of the bundle responded ${[status, ...page].join(' ')}`);
  }
  if (offset !== received || (received > 0 && download.etag !== etag)) {
    body.destroy();
    throw new RetryableError('busy', `the download stopped after ${received} bytes and the server cannot resume it`);
  }
}

/** A network error may contain the link. */
function causeOf(error: NetworkError): string {
  return error instanceof RetryableError ? error.message : redact(`${error.code ?? error.name}: ${error.message}`);
}

/** Code and message of an error page of S3. */
function s3Error(page: string): string[] {
  return ['Code', 'Message']
    .flatMap((element) => new RegExp(`<${element}>([^<]{1,200})</${element}>`).exec(page)?.[1] ?? [])
    .map(redact);
}

/** The start of a page, which may arrive in pieces of any size. */
async function startOf(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let missingBytes = MAX_ERROR_PAGE_BYTES;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    pieces.push(chunk.subarray(0, missingBytes));
    missingBytes -= chunk.length;
    if (missingBytes <= 0) break;
  }
  return Buffer.concat(pieces).toString();
}
