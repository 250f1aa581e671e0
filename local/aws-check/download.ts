import type { IncomingHttpHeaders } from 'node:http';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { sha256 } from './artifact-checks';
import type { ResponseHeaders } from './response-headers';
import { responseHeaders } from './response-headers';

/** One request for the file of a job. */
export interface DownloadResponse extends ResponseHeaders {
  readonly request: string;
  readonly status: number;
  readonly receivedBytes: number;
}

/** The behaviour of the server of a job's file. Contains nothing of the link but its scheme and host. */
export interface DownloadReport {
  readonly scheme: string;
  readonly host: string;
  readonly responses: readonly DownloadResponse[];
  /** The file has the SHA-256 of the artifact. */
  readonly sameBytes: boolean;
  /** A range, and then the rest with `If-Range`, are the whole file. A copy resumes in this way. */
  readonly rangesJoin: boolean;
  /** The link of another Describe leads to the same host and ETag. A copy resumes with a fresh link. */
  readonly secondLink: { readonly sameHost: boolean; readonly sameEtag: boolean };
}

const TIMEOUT_MS = 60_000;
const FIRST_BYTES = 100;

/**
 * Downloads the file of a job in several ways. @param freshLink Returns a new DownloadUrl. It is a secret: no result and no
 * error contains it.
 */
export async function downloadReport(
  freshLink: () => Promise<string>,
  artifactSha256: string,
): Promise<DownloadReport> {
  const link = new URL(await freshLink());
  const other = new URL(await freshLink());
  if (!/^https?:$/.test(link.protocol))
    throw new Error(`The link has the scheme ${link.protocol.replace(':', '')} and the host ${link.host}.`);
  const whole = await fetched(link, 'GET', {});
  const { etag = '' } = whole.headers;
  const start = await fetched(link, `GET, Range: bytes=0-${FIRST_BYTES - 1}`, { range: `bytes=0-${FIRST_BYTES - 1}` });
  const rest = await fetched(link, `GET, Range: bytes=${FIRST_BYTES}-, If-Range: the ETag`, {
    range: `bytes=${FIRST_BYTES}-`,
    'if-range': etag,
  });
  const changed = await fetched(link, 'GET, Range: bytes=0-0, If-Range: another ETag', {
    range: 'bytes=0-0',
    'if-range': '"0"',
  });
  const second = await fetched(other, 'GET, Range: bytes=0-0, another link', { range: 'bytes=0-0' });
  return {
    scheme: link.protocol.replace(':', ''),
    host: link.host,
    responses: [whole, start, rest, changed, second].map(({ request, status, body, headers }) => ({
      request,
      status,
      receivedBytes: body.length,
      ...responseHeaders(headers),
    })),
    sameBytes: sha256(whole.body) === artifactSha256,
    rangesJoin: Buffer.concat([start.body, rest.body]).equals(whole.body),
    secondLink: { sameHost: other.host === link.host, sameEtag: etag !== '' && second.headers.etag === etag },
  };
}

interface Fetched {
  readonly request: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Redirects are not followed. */
async function fetched(url: URL, request: string, headers: Record<string, string>): Promise<Fetched> {
  const get = url.protocol === 'https:' ? httpsGet : httpGet;
  try {
    return await new Promise<Fetched>((resolve, reject) => {
      const sent = get(url, { headers: { 'accept-encoding': 'identity', ...headers } }, (response) => {
        const { statusCode = 0, headers: received } = response;
        buffer(response).then((body) => resolve({ request, status: statusCode, headers: received, body }), reject);
      });
      sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`no data for ${TIMEOUT_MS / 1000} seconds`)));
      sent.on('error', reject);
    });
  } catch (error) {
    // The message of a network error may contain the link.
    throw new Error(`${request}: ${(error as NodeJS.ErrnoException).code ?? 'the download failed'}`);
  }
}
