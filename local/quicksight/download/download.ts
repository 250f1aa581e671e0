import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../core/answer';
import { bytesOf } from '../core/answer';
import type { Artifact } from './artifact';
import type { Links } from './links';
import { LINK_SECONDS } from './links';
import { parseRange } from './range';
import { requestHasExpired, s3Error } from './s3-error';

export interface DownloadRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Changes to a download on behalf of faults. */
export interface DownloadModifier {
  /** Treat the link as expired. */
  readonly expired?: boolean;
  /** Behave like a server without support for ranges. */
  readonly noRanges?: boolean;
  /** Replace the file of the job. */
  readonly replace?: (artifact: Artifact) => Promise<Artifact>;
}

/** The answer of S3 to a presigned link. */
export async function download(
  links: Links,
  request: DownloadRequest,
  now: number,
  modifier: DownloadModifier = {},
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      Method: request.method,
    });
  }
  const object = links.object(request.path);
  if (!object)
    return s3Error('NoSuchKey', 'The specified key does not exist.', {
      Key: request.path.split('/').slice(2).join('/'),
    });
  if (!request.query.has('X-Amz-Signature')) return s3Error('AccessDenied', 'Access Denied');
  const check = links.check(request.path, request.query);
  if (check === 'wrong') {
    return s3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  if (check !== 'valid') return requestHasExpired(check.expiredAt, now, LINK_SECONDS);
  if (modifier.expired) return requestHasExpired(now, now, LINK_SECONDS);
  const artifact = await object.artifact();
  return serve((await modifier.replace?.(artifact)) ?? artifact, request.headers, modifier.noRanges === true);
}

function serve(artifact: Artifact, headers: IncomingHttpHeaders, noRanges: boolean): Answer {
  const { size, etag } = artifact;
  const common = {
    'content-type': 'application/octet-stream',
    etag,
    server: 'AmazonS3',
    ...(noRanges ? {} : { 'accept-ranges': 'bytes' }),
  };
  if (headers['if-match'] && !matches(headers['if-match'], etag)) {
    return s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: 'If-Match',
    });
  }
  if (headers['if-none-match'] && matches(headers['if-none-match'], etag)) {
    return { status: 304, headers: { etag, server: 'AmazonS3' }, body: bytesOf(''), chunked: true };
  }
  const range =
    noRanges || (headers['if-range'] && headers['if-range'] !== etag) ? undefined : parseRange(headers.range, size);
  if (range === undefined) return { status: 200, headers: common, body: artifact };
  if (range === 'unsatisfiable') {
    const more = { RangeRequested: headers.range ?? '', ActualObjectSize: String(size) };
    const error = s3Error('InvalidRange', 'The requested range is not satisfiable', more);
    return { ...error, headers: { ...error.headers, 'content-range': `bytes */${size}` } };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: { ...common, 'content-range': `bytes ${start}-${end - 1}/${size}` },
    body: { size: end - start, read: (from, to) => artifact.read(start + from, start + to) },
  };
}

function matches(header: string, etag: string): boolean {
  return header.split(',').some((candidate) => ['*', etag, etag.replaceAll('"', '')].includes(candidate.trim()));
}
