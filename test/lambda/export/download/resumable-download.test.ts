import { Readable } from 'node:stream';
import { RetryableError, TerminalError } from '../../../../lambda/core/errors';
import type { Download, Fetch, Range } from '../../../../lambda/export/download/download';
import type { DownloadLink } from '../../../../lambda/export/download/download-link';
import { BundleStream } from '../../../../lambda/export/download/resumable-download';

const FILE = Buffer.from('0123456789');

/** The body's first bytes, then a broken connection. */
const cut = (bytes: Buffer, after: number): Readable =>
  Readable.from(
    (function* () {
      yield bytes.subarray(0, after);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })(),
  );

const whole = (bytes: Buffer): Readable => Readable.from([bytes]);

/** Plays the answers in turn and notes what was asked for. */
function server(...answers: Array<Partial<Download> | Error>) {
  const asked: Array<{ link: number; offset: number }> = [];
  const ranges: Array<Range | undefined> = [];
  const slept: number[] = [];
  let links = 0;
  const freshLink = async (): Promise<DownloadLink> => ({ scheme: 's3', bucket: String(++links), key: 'k' });
  const fetch: Fetch = async (link, range) => {
    asked.push({ link: Number(link.scheme === 's3' && link.bucket), offset: range?.offset ?? 0 });
    ranges.push(range);
    const answer = answers.shift() ?? new Error('no more answers');
    if (answer instanceof Error) throw answer;
    return { status: 200, offset: 0, etag: '"e"', totalBytes: FILE.length, body: whole(FILE), ...answer };
  };
  const read = async (): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of new BundleStream(freshLink, fetch, {
      now: () => 0,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
      },
      random: () => 1,
    }).bytes())
      chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  return { read, asked, ranges, slept };
}

test('gives the whole file of one request', async () => {
  const { read, asked } = server({});
  expect(await read()).toBe('0123456789');
  expect(asked).toEqual([{ link: 1, offset: 0 }]);
});

test('goes on where it was cut, each time under a fresh link', async () => {
  const { read, asked } = server(
    { body: cut(FILE, 4) },
    { status: 206, offset: 4, body: cut(FILE.subarray(4), 3) },
    { status: 206, offset: 7, body: whole(FILE.subarray(7)) },
  );
  expect(await read()).toBe('0123456789');
  expect(asked).toEqual([
    { link: 1, offset: 0 },
    { link: 2, offset: 4 },
    { link: 3, offset: 7 },
  ]);
});

test('goes on as long as something comes', async () => {
  const answers = [...FILE].map(
    (_, n): Partial<Download> => ({
      ...(n > 0 && { status: 206, offset: n }),
      body: n < 9 ? cut(FILE.subarray(n), 1) : whole(FILE.subarray(9)),
    }),
  );
  const { read, asked, slept } = server(...answers);
  expect(await read()).toBe('0123456789');
  expect(asked).toHaveLength(10);
  expect(slept).toEqual([]);
});

test('asks for a range of a file that it knows, and else for all of it', async () => {
  const { read, ranges } = server(
    { body: cut(FILE, 0) },
    { body: cut(FILE, 4), etag: '"two"' },
    { status: 206, offset: 4, etag: '"two"', body: whole(FILE.subarray(4)) },
  );
  expect(await read()).toBe('0123456789');
  expect(ranges).toEqual([undefined, undefined, { offset: 4, etag: '"two"' }]);
});

test('ends with the body where no length is told', async () => {
  const { read, asked } = server({ totalBytes: undefined });
  expect(await read()).toBe('0123456789');
  expect(asked).toHaveLength(1);
});

test('takes an end before the announced length for a cut', async () => {
  const { read } = server(
    { body: whole(FILE.subarray(0, 6)) },
    { status: 206, offset: 6, body: whole(FILE.subarray(6)) },
  );
  expect(await read()).toBe('0123456789');
});

test.each([204, 400, 403, 404, 500, 503])(
  'asks for a fresh link when the first is answered with %d',
  async (status) => {
    const { read, asked } = server({ status }, {});
    expect(await read()).toBe('0123456789');
    expect(asked.map(({ link }) => link)).toEqual([1, 2]);
  },
);

test('starts over when the server has other bytes now, does not know ranges, or cannot tell', async () => {
  const interrupted = {
    kind: 'busy',
    message: 'the download was interrupted and the server cannot go on where it stopped',
  };
  await expect(
    server({ body: cut(FILE, 4) }, { status: 206, offset: 4, etag: '"other"' }).read(),
  ).rejects.toMatchObject(interrupted);
  await expect(server({ body: cut(FILE, 4) }, { status: 200, offset: 0 }).read()).rejects.toMatchObject(interrupted);
  const untold = server({ body: cut(FILE, 4), etag: undefined });
  await expect(untold.read()).rejects.toMatchObject({
    kind: 'busy',
    message: 'the download of the bundle broke off after 4 of 10 bytes: ECONNRESET: aborted',
  });
  expect(untold.asked).toHaveLength(1);
});

test('follows no redirect', async () => {
  await expect(server({ status: 302 }).read()).rejects.toThrow(/redirect \(302\)/);
  for (const status of [300, 307, 399]) await expect(server({ status }).read()).rejects.toBeInstanceOf(TerminalError);
});

test('gives up after a few tries without a byte, so that the caller can wait', async () => {
  const { read, asked } = server(...Array.from({ length: 20 }, () => new Error('ECONNREFUSED')));
  await expect(read()).rejects.toBeInstanceOf(RetryableError);
  expect(asked.length).toBeLessThan(10);
});

test('refuses more than was announced', async () => {
  await expect(server({ totalBytes: 9 }).read()).rejects.toThrow('10 bytes');
});

describe('what broke the download off is told, and never the link', () => {
  const page =
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><HostId>x</HostId></Error>';

  test.each<[string, () => Partial<Download> | Error, string]>([
    [
      "S3's own words",
      () => ({ status: 403, body: whole(Buffer.from(page)) }),
      'the download link answered 403 AccessDenied Request has expired',
    ],
    ['a status alone', () => ({ status: 410, body: whole(Buffer.from('gone')) }), 'the download link answered 410'],
    [
      'the network',
      () => Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
      'ENOTFOUND: getaddrinfo ENOTFOUND',
    ],
    [
      'a link',
      () => new Error('at https://b.s3.amazonaws.com/secret?X-Amz-Signature=1'),
      'Error: at https://b.s3.amazonaws.com/***',
    ],
    ['an empty body of an announced length', () => ({ body: whole(Buffer.alloc(0)) }), 'the connection was closed'],
  ])('%s', async (_, answer, cause) => {
    const { read, asked, slept } = server(answer(), answer(), answer(), answer());
    await expect(read()).rejects.toThrow(
      new RetryableError(
        'busy',
        `the download of the bundle broke off after 0 of ${cause.endsWith('closed') ? 10 : 'an unknown number of'} bytes: ${cause}`,
      ),
    );
    expect(asked).toHaveLength(4);
    // At once with a fresh link, and then longer each time.
    expect(slept).toEqual([4000, 8000]);
  });

  test("S3's own words are found where they come in pieces", async () => {
    const answers = Array.from({ length: 4 }, () => ({
      status: 403,
      body: Readable.from([page.slice(0, 40), page.slice(40)].map((piece) => Buffer.from(piece))),
    }));
    await expect(server(...answers).read()).rejects.toThrow(
      'the download link answered 403 AccessDenied Request has expired',
    );
  });

  test('no more of a page is read than holds them', async () => {
    let pieces = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          pieces += 1;
          yield Buffer.alloc(1000, 'x');
        }
      })(),
      { highWaterMark: 1 },
    );
    await expect(server({ status: 403, body: endless }, {}).read()).resolves.toBe('0123456789');
    expect(endless.destroyed).toBe(true);
    expect(pieces).toBeLessThan(10);
  });

  test('a missing permission is nothing to try four times', async () => {
    const denied = new RetryableError('denied', 's3:GetObject was refused on s3://b/k');
    const { read, asked } = server(denied);
    await expect(read()).rejects.toBe(denied);
    expect(asked).toHaveLength(1);
  });
});
