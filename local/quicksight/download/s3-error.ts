import { randomBytes } from 'node:crypto';
import type { Answer } from '../core/answer';
import { bytesOf } from '../core/answer';

const STATUS_OF: Record<string, number> = {
  AccessDenied: 403,
  SignatureDoesNotMatch: 403,
  NoSuchKey: 404,
  MethodNotAllowed: 405,
  PreconditionFailed: 412,
  InvalidRange: 416,
  InternalError: 500,
  SlowDown: 503,
};

/** An XML error of S3. `more` are additional elements. */
export function s3Error(
  code: string,
  message: string,
  more: Record<string, string> = {},
  status = STATUS_OF[code] ?? 400,
): Answer {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const hostId = randomBytes(48).toString('base64');
  const elements = Object.entries({ Code: code, Message: message, ...more, RequestId: requestId, HostId: hostId });
  const xml = elements.map(([name, text]) => `<${name}>${escape(text)}</${name}>`).join('');
  return {
    status,
    headers: {
      'content-type': 'application/xml',
      'x-amz-request-id': requestId,
      'x-amz-id-2': hostId,
      server: 'AmazonS3',
    },
    body: bytesOf(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml}</Error>`),
  };
}

export function requestHasExpired(expires: number, now: number, lifetimeSeconds: number): Answer {
  return s3Error('AccessDenied', 'Request has expired', {
    'X-Amz-Expires': String(lifetimeSeconds),
    Expires: seconds(expires),
    ServerTime: seconds(now),
  });
}

function seconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
}
