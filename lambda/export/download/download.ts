import type { IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { classifyError, errorName, httpStatus } from '../../aws/classify-error';
import type { DownloadLink } from './download-link';

/** The answer to one request for a bundle, or for the rest of it. */
export interface Download {
  readonly status: number;
  readonly body: Readable;
  /** Of the whole file; undefined where the server does not tell. */
  readonly totalBytes?: number;
  /** Where the body begins in the file. */
  readonly offset: number;
  readonly etag?: string;
}

export interface Range {
  readonly offset: number;
  /** The file that the range is of: where the server has another one now, it sends that from its beginning. */
  readonly etag: string;
}

/** Fetches the file behind a link, or the rest of it. No redirect is followed, and no error tells the link. */
export type Fetch = (link: DownloadLink, range?: Range) => Promise<Download>;

/** Longer than a healthy server pauses, and shorter than S3 waits for the next bytes of a body (some 20 s), which come from here. */
const SILENCE_MILLISECONDS = 10_000;

export function fetchLink(s3: S3Client, silenceMilliseconds = SILENCE_MILLISECONDS): Fetch {
  return (link, range) =>
    link.scheme === 's3' ? fromS3(s3, link, range) : overHttp(link.url, silenceMilliseconds, range);
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
    const answer = await s3.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(range && { Range: `bytes=${range.offset}-`, IfMatch: range.etag }),
      }),
    );
    const offset = range?.offset ?? 0;
    return {
      status: range ? 206 : 200,
      body: answer.Body as Readable,
      offset,
      etag: answer.ETag,
      ...(answer.ContentLength !== undefined && { totalBytes: offset + answer.ContentLength }),
    };
  } catch (error) {
    if (range && httpStatus(error) === 412) return fromS3(s3, { bucket, key });
    // The key is part of the link, and the message may tell it.
    const said = Object.assign(new Error(''), {
      name: errorName(error),
      $metadata: { httpStatusCode: httpStatus(error) },
    });
    throw classifyError(said, { action: 's3:GetObject', resource: `the bundle in QuickSight's bucket ${bucket}` });
  }
}
