import { Readable } from 'node:stream';
import { type Fetch, loggedFetch } from '../../../../lambda/export/download/download';
import type { DownloadLink } from '../../../../lambda/export/download/download-link';
import { type LogLine, recordedLog } from '../../../../testing/recorded-log';

test.each<[DownloadLink, object]>([
  [
    { scheme: 'https', url: new URL('https://b.s3.amazonaws.com/secret?X-Amz-Signature=secret') },
    { host: 'b.s3.amazonaws.com' },
  ],
  [{ scheme: 'http', url: new URL('http://127.0.0.1:4570/secret?secret') }, { host: '127.0.0.1:4570' }],
  [{ scheme: 's3', bucket: 'bucket', key: 'secret' }, { bucket: 'bucket' }],
])('loggedFetch logs the host or the bucket of a download, and nothing else of its link', async (link, fields) => {
  const lines: LogLine[] = [];
  const fetched: Array<Parameters<Fetch>> = [];
  const response = { status: 206, offset: 2, body: Readable.from([]) };
  const fetch = loggedFetch(async (...request) => {
    // The line is written before the request, which may fail.
    expect(lines).toEqual([{ level: 'info', message: 'download started', ...fields }]);
    fetched.push(request);
    return response;
  }, recordedLog(lines));
  const range = { offset: 2, etag: '"e"' };
  expect(await fetch(link, range)).toBe(response);
  expect(fetched).toEqual([[link, range]]);
});
