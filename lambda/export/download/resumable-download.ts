import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock';
import { RetryableError, TerminalError } from '../../core/errors';
import { redact } from '../../core/redact';
import { retryBackoff } from '../../core/retry';
import type { Download, Fetch, Range } from './download';
import type { DownloadLink } from './download-link';

/** Beyond this many interruptions without a byte between them, the copy is begun anew. */
const MAX_FRUITLESS_TRIES = 4;

/** Where an error page says what is wrong. */
const MAX_PAGE_BYTES = 4096;

/** The bytes of the bundle, from one download or several. */
export class BundleStream {
  /** Of the whole bundle, as its server tells with the first bytes; undefined where it does not. */
  public totalBytes: number | undefined;

  public constructor(
    private readonly freshLink: () => Promise<DownloadLink>,
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /**
   * Where the connection breaks, it goes on at the same place under a fresh link, if the server allows ranges of the
   * same file.
   *
   * @throws RetryableError where the copy has to begin anew, TerminalError where that cannot help.
   */
  public async *bytes(): AsyncGenerator<Buffer> {
    let received = 0;
    let etag: string | undefined;
    let cause = 'the connection was closed';
    for (let fruitless = 0; fruitless < MAX_FRUITLESS_TRIES; fruitless++) {
      // The first fresh link mends most; a server in trouble needs time.
      if (fruitless > 1) await this.clock.sleep(retryBackoff(fruitless, this.clock.random()));
      const link = await this.freshLink();
      const before = received;
      try {
        const download = await this.fetch(link, rangeFrom(received, etag));
        if (download.status !== 200 && download.status !== 206) await refuse(download);
        if (download.offset !== received || (received > 0 && download.etag !== etag)) {
          download.body.destroy();
          throw new RetryableError('busy', 'the download was interrupted and the server cannot go on where it stopped');
        }
        this.totalBytes = download.totalBytes ?? this.totalBytes;
        etag = download.etag;
        for await (const chunk of download.body) {
          received += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
        if (this.totalBytes === undefined || received === this.totalBytes) return;
        if (received > this.totalBytes)
          throw new TerminalError(`The bundle has ${received} bytes, but its server announced ${this.totalBytes}.`);
      } catch (error) {
        if (
          error instanceof TerminalError ||
          (error instanceof RetryableError && (received > 0 || error.kind === 'denied'))
        )
          throw error;
        cause = causeOf(error as NodeJS.ErrnoException);
      }
      if (received > before) fruitless = 0;
      if (received > 0 && etag === undefined) break;
    }
    throw new RetryableError(
      'busy',
      `the download of the bundle broke off after ${received} of ${this.totalBytes ?? 'an unknown number of'} bytes: ${cause}`,
    );
  }
}

function rangeFrom(offset: number, etag: string | undefined): Range | undefined {
  return offset > 0 && etag !== undefined ? { offset, etag } : undefined;
}

/** Without the link, which an error of the network may tell. */
function causeOf(error: NodeJS.ErrnoException): string {
  return error instanceof RetryableError ? error.message : redact(`${error.code ?? error.name}: ${error.message}`);
}

async function refuse({ status, body }: Download): Promise<never> {
  if (status >= 300 && status < 400) {
    body.destroy();
    throw new TerminalError(
      `The server of the bundle answered with a redirect (${status}), and no redirect is followed: the bundle may come only from where QuickSight's own link points.`,
    );
  }
  // Expired and refused links look alike (403), and a fresh one mends both.
  throw new RetryableError(
    'busy',
    `the download link answered ${[status, ...s3Error(await beginning(body))].join(' ')}`,
  );
}

/** Code and message of S3's error page. */
function s3Error(page: string): string[] {
  return ['Code', 'Message']
    .flatMap((element) => new RegExp(`<${element}>([^<]{1,200})</${element}>`).exec(page)?.[1] ?? [])
    .map(redact);
}

async function beginning(body: Readable): Promise<string> {
  let page = '';
  for await (const chunk of body) {
    page += String(chunk);
    if (page.length >= MAX_PAGE_BYTES) break;
  }
  return page;
}
