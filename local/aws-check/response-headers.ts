import type { IncomingHttpHeaders } from 'node:http';

export interface ResponseHeaders {
  /** Names of all headers, sorted. */
  readonly headerNames: readonly string[];
  /** Values of the headers that contain no secret, no account and no key. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An allow-list: a header that is not in it may identify an account, a key or a request. */
const SAFE_HEADERS = new Set([
  'accept-ranges',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'server',
  'transfer-encoding',
  'x-amz-server-side-encryption',
  'x-amz-storage-class',
]);

export function responseHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const all = Object.entries(headers).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    headerNames: all.map(([name]) => name),
    headers: Object.fromEntries(
      all.filter(([name]) => SAFE_HEADERS.has(name)).map(([name, value]) => [name, String(value)]),
    ),
  };
}
