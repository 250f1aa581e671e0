import { Download, Fetch, Range } from './download';
import { DownloadLink } from './download-link';
import { ExportFailure, Transient } from './failure';

/** Beyond this many interruptions without a byte between them, the copy is begun anew. */
const MAX_FRUITLESS_TRIES = 4;

/**
 * The bytes of the bundle. Where the connection breaks, it goes on at the same place under a fresh link, if the server
 * allows ranges of the same file.
 *
 * @throws Transient where the copy has to begin anew, ExportFailure where that cannot help.
 */
export async function* bundleStream(freshLink: () => Promise<DownloadLink>, fetch: Fetch): AsyncGenerator<Buffer> {
  let received = 0;
  let total: number | undefined;
  let etag: string | undefined;
  for (let fruitless = 0; fruitless < MAX_FRUITLESS_TRIES; fruitless++) {
    const link = await freshLink();
    const before = received;
    try {
      const download = await fetch(link, rangeFrom(received, etag));
      refuse(download);
      if (download.offset !== received || (received > 0 && download.etag !== etag)) {
        download.body.destroy();
        throw new Transient('busy', 'the download was interrupted and the server cannot go on where it stopped');
      }
      ({ totalBytes: total = total, etag } = download);
      for await (const chunk of download.body) {
        received += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (total === undefined || received === total) return;
      if (received > total) throw new ExportFailure(`The bundle has ${received} bytes, but its server announced ${total}.`);
    } catch (error) {
      if (error instanceof ExportFailure || (error instanceof Transient && received > 0)) throw error;
    }
    if (received > before) fruitless = 0;
    if (received > 0 && etag === undefined) break;
  }
  throw new Transient('busy', `the download of the bundle broke off after ${received} of ${total ?? 'an unknown number of'} bytes`);
}

function rangeFrom(offset: number, etag: string | undefined): Range | undefined {
  return offset > 0 && etag !== undefined ? { offset, etag } : undefined;
}

function refuse({ status, body }: Download): void {
  if (status === 200 || status === 206) return;
  body.destroy();
  if (status >= 300 && status < 400) {
    throw new ExportFailure(`The server of the bundle answered with a redirect (${status}), and no redirect is followed: the bundle may come only from where QuickSight's own link points.`);
  }
  // Expired and refused links look alike (403), and a fresh one mends both.
  throw new Transient('busy', `the download link answered ${status}`);
}

