import type { IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { classifyError, errorName, httpStatus } from '../../aws/classify-error';
import type { Log } from '../../core/log';
import type { DownloadLink } from './download-link';

/** The response to one request for a bundle, or for the rest of it. */
export interface Download {
  readonly status: number;
  readonly body: Readable;
  /** Size of the whole file. Undefined when the server does not send it. */
  readonly totalBytes?: number;
  /** Position in the file of the first byte of the body. */
  readonly offset: number;
  readonly etag?: string;
}

export interface Range {
  readonly offset: number;
  /** ETag of the file. A server that has another file now sends it from the start. */
  readonly etag: string;
}

/** Fetches the file of a link, or the rest of it. Redirects are not followed, and no error contains the link. */
export type Fetch = (link: DownloadLink, range?: Range) => Promise<Download>;

/** A healthy server does not pause for this long. */
const IDLE_TIMEOUT_MS = 10_000;

export function fetchLink(s3: S3Client, idleTimeoutMs = IDLE_TIMEOUT_MS): Fetch {
  return (link, range) => (link.scheme === 's3' ? fromS3(s3, link, range) : overHttp(link.url, idleTimeoutMs, range));
}

/** Logs the host or the bucket of each download. The rest of a link is secret. */
export function loggedFetch(fetch: Fetch, log: Log): Fetch {
  return (link, range) => {
    log.info('download started', link.scheme === 's3' ? { bucket: link.bucket } : { host: link.url.host });
    return fetch(link, range);
  };
}

async function overHttp(url: URL, timeout: number, range?: Range): Promise<Download> {
  const { get } = url.protocol === 'https:' ? https : http;
  const headers = {
    'accept-encoding': 'identity',
    ...(range && { range: `bytes=${range.offset}-`, 'if-range': range.etag }),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = get(url, { headers, timeout }, resolve);
    request.on('timeout', () => request.destroy(new Error(`no data for ${timeout} ms`)));
    request.on('error', reject);
  });
  return { status: response.statusCode ?? 0, body: response, ...extent(response) };
}

function extent({ statusCode, headers }: IncomingMessage): Pick<Download, 'totalBytes' | 'offset' | 'etag'> {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (statusCode === 206 && range) {
    return { offset: Number(range[1]), etag: headers.etag, ...(range[2] !== '*' && { totalBytes: Number(range[2]) }) };
  }
  const length = headers['content-length'];
  return { offset: 0, etag: headers.etag, ...(length !== undefined && { totalBytes: Number(length) }) };
}

async function fromS3(
  s3: S3Client,
  { bucket, key }: { bucket: string; key: string },
  range?: Range,
): Promise<Download> {
  try {
    const { Body, ContentLength, ETag } = await s3.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(range && { Range: `bytes=${range.offset}-`, IfMatch: range.etag }),
      }),
    );
    const offset = range?.offset ?? 0;
    return {
      status: range ? 206 : 200,
      body: Body as Readable,
      offset,
      etag: ETag,
      ...(ContentLength !== undefined && { totalBytes: offset + ContentLength }),
    };
  } catch (error) {
    if (range && httpStatus(error) === 412) return fromS3(s3, { bucket, key });
    // The message may contain the key, which is part of the link.
    const { code, hostname } = error as { code?: string; hostname?: string };
    const withoutMessage = Object.assign(new Error(''), {
      code,
      hostname,
      name: errorName(error),
      $metadata: { httpStatusCode: httpStatus(error) },
    });
    throw classifyError(withoutMessage, {
      action: 's3:GetObject',
      resource: `the bundle in QuickSight's bucket ${bucket}`,
    });
  }
}
