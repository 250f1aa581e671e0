import { text } from 'node:stream/consumers';
import type { Download, Fetch } from '../../../../lambda/export/download/download';
import { fetchLink } from '../../../../lambda/export/download/download';
import type { DownloadLink } from '../../../../lambda/export/download/download-link';
import { S3Server, s3Error } from '../../../../testing/s3-server';
import { ScriptedServer } from '../../../support/scripted-server';

const IDLE_TIMEOUT_MS = 100;

async function read(download: Promise<Download>): Promise<object> {
  const { body, ...rest } = await download;
  return { ...rest, body: await text(body) };
}

describe('over HTTP', () => {
  let server: ScriptedServer;
  let fetch: Fetch;
  let link: DownloadLink;
  beforeEach(async () => {
    server = await new ScriptedServer().start();
    fetch = fetchLink(undefined as never, IDLE_TIMEOUT_MS);
    link = { scheme: 'http', url: new URL(`${server.url}/path/x.qs?X-Amz-Signature=secret`) };
  });
  afterEach(() => server.stop());

  test('returns the file with its length and ETag', async () => {
    server.answer = (_, response) => {
      response.writeHead(200, { etag: '"e"', 'content-length': 5 }).end('bytes');
    };
    expect(await read(fetch(link))).toEqual({ status: 200, offset: 0, etag: '"e"', totalBytes: 5, body: 'bytes' });
    const [{ method, url, headers } = {} as never] = server.requests;
    expect([method, url]).toEqual(['GET', '/path/x.qs?X-Amz-Signature=secret']);
    expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('range');
    expect(headers).not.toHaveProperty('if-range');
  });

  test('returns no length that the server does not send', async () => {
    server.answer = (_, response) => {
      response.write('by');
      response.end('tes');
    };
    expect(await read(fetch(link))).toEqual({ status: 200, offset: 0, etag: undefined, body: 'bytes' });
  });

  test('requests the rest of the same file', async () => {
    server.answer = (_, response) => {
      response.writeHead(206, { etag: '"e"', 'content-range': 'bytes 2-4/5', 'content-length': 3 }).end('tes');
    };
    expect(await read(fetch(link, { offset: 2, etag: '"e"' }))).toEqual({
      status: 206,
      offset: 2,
      etag: '"e"',
      totalBytes: 5,
      body: 'tes',
    });
    expect(server.requests[0]?.headers).toMatchObject({
      range: 'bytes=2-',
      'if-range': '"e"',
      'accept-encoding': 'identity',
    });
  });

  test.each<[string, number, Record<string, string>, object]>([
    ['a range of a file of unknown length', 206, { 'content-range': 'bytes 12-14/*' }, { status: 206, offset: 12 }],
    [
      'a range of large numbers',
      206,
      { 'content-range': 'bytes 1200-1300/1301' },
      { status: 206, offset: 1200, totalBytes: 1301 },
    ],
    ['a 206 without a range', 206, { 'content-length': '3' }, { status: 206, offset: 0, totalBytes: 3 }],
    [
      'a range of another unit',
      206,
      { 'content-range': 'lines 2-4/5', 'content-length': '3' },
      { status: 206, offset: 0, totalBytes: 3 },
    ],
    [
      'a range with something before it',
      206,
      { 'content-range': 'xbytes 2-4/5', 'content-length': '3' },
      { status: 206, offset: 0, totalBytes: 3 },
    ],
    [
      'a range with something behind it',
      206,
      { 'content-range': 'bytes 2-4/5x', 'content-length': '3' },
      { status: 206, offset: 0, totalBytes: 3 },
    ],
    [
      'a range in a whole answer',
      200,
      { 'content-range': 'bytes 2-4/5', 'content-length': '3' },
      { status: 200, offset: 0, totalBytes: 3 },
    ],
  ])('reads position and length from %s', async (_, status, headers, expected) => {
    server.answer = (__, response) => {
      response.writeHead(status, headers).end('tes');
    };
    expect(await read(fetch(link, { offset: 2, etag: '"e"' }))).toMatchObject({ ...expected, body: 'tes' });
    if (!('totalBytes' in expected)) expect(await read(fetch(link))).not.toHaveProperty('totalBytes');
  });

  test('follows no redirect', async () => {
    server.answer = (_, response) => {
      response.writeHead(307, { location: `${server.url}/elsewhere` }).end('moved');
    };
    expect(await read(fetch(link))).toMatchObject({ status: 307 });
    expect(server.requests).toHaveLength(1);
  });

  test('times out when the server is silent, without the link in the message', async () => {
    server.answer = () => undefined;
    const error = (await fetch(link).catch((given: Error) => given)) as Error;
    expect(error.message).toBe(`no data for ${IDLE_TIMEOUT_MS} ms`);
    expect(error.message).not.toContain('secret');
  });

  test('fails when the server is silent in the middle of the body', async () => {
    server.answer = (_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('some');
    };
    await expect(read(fetch(link))).rejects.toThrow();
  });

  test('fails when no server listens, without the link in the message', async () => {
    await server.stop();
    const error = (await fetch(link).catch((given: Error) => given)) as NodeJS.ErrnoException;
    expect(error.code).toBe('ECONNREFUSED');
    expect(String(error)).not.toContain('secret');
    server = await new ScriptedServer().start();
  });

  test('uses TLS for https', async () => {
    await expect(fetch({ scheme: 'https', url: new URL(server.url.replace('http:', 'https:')) })).rejects.toThrow(
      /SSL|EPROTO|packet|ECONNRESET|hang up/i,
    );
    expect(server.requests).toEqual([]);
  });
});

describe('an S3 object', () => {
  let s3: S3Server;
  let fetch: Fetch;
  beforeEach(async () => {
    s3 = await new S3Server().start();
    fetch = fetchLink(s3.client());
    s3.put('a/x.qs', 'bytes');
  });
  afterEach(() => s3.stop());
  const link: DownloadLink = { scheme: 's3', bucket: 'bucket', key: 'a/x.qs' };

  test('is read whole', async () => {
    expect(await read(fetch(link))).toEqual({ status: 200, offset: 0, etag: '"v1"', totalBytes: 5, body: 'bytes' });
    expect(s3.requests[0]?.headers).not.toHaveProperty('range');
    expect(s3.requests[0]?.headers).not.toHaveProperty('if-match');
  });

  test('is read from a position if it is the same object', async () => {
    expect(await read(fetch(link, { offset: 2, etag: '"v1"' }))).toEqual({
      status: 206,
      offset: 2,
      etag: '"v1"',
      totalBytes: 5,
      body: 'tes',
    });
    expect(s3.requests[0]?.headers).toMatchObject({ range: 'bytes=2-', 'if-match': '"v1"' });
  });

  test('is read from its start if it was replaced', async () => {
    s3.put('a/x.qs', 'other');
    expect(await read(fetch(link, { offset: 2, etag: '"v1"' }))).toEqual({
      status: 200,
      offset: 0,
      etag: '"v2"',
      totalBytes: 5,
      body: 'other',
    });
  });

  test('of a host that does not resolve is reported with the host', async () => {
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND b.s3.xx-none-1.amazonaws.com'), {
      code: 'ENOTFOUND',
      hostname: 'b.s3.xx-none-1.amazonaws.com',
    });
    fetch = fetchLink({ send: () => Promise.reject(error) } as never);
    await expect(fetch(link)).rejects.toMatchObject({
      kind: 'unresolved',
      message: expect.stringContaining('the host name b.s3.xx-none-1.amazonaws.com does not resolve (s3:GetObject)'),
    });
  });

  test.each<[number, string, object]>([
    [
      403,
      'AccessDenied',
      {
        kind: 'denied',
        message: expect.stringMatching(
          /^Access denied: s3:GetObject on the bundle in QuickSight's bucket \S+ \(AccessDenied\)\. Allow/,
        ),
      },
    ],
    [
      404,
      'NoSuchKey',
      {
        name: 'TerminalError',
        message: expect.stringMatching(/^s3:GetObject on the bundle in QuickSight's bucket \S+ failed: NoSuchKey$/),
      },
    ],
    [503, 'SlowDown', { kind: 'busy', message: 's3:GetObject returned SlowDown' }],
  ])('that fails with %d reports it without the key', async (status, code, expected) => {
    s3.instead = () => s3Error(status, code, 'about a/x.qs');
    const error = (await fetch(link).catch((given: Error) => given)) as Error;
    expect(error).toMatchObject(expected);
    expect(error.message).not.toContain('x.qs');
  });
});
