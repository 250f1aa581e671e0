import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RetryableError, TerminalError } from '../../../../lambda/core/errors';
import type { Download, Fetch, Range } from '../../../../lambda/export/download/download';
import type { DownloadLink } from '../../../../lambda/export/download/download-link';
import { downloadBundle } from '../../../../lambda/export/download/resumable-download';

const FILE = Buffer.from('0123456789');

/** The first bytes of the body, then a broken connection. */
const cut = (bytes: Buffer, after: number): Readable =>
  Readable.from(
    (function* () {
      yield bytes.subarray(0, after);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })(),
  );

const whole = (bytes: Buffer): Readable => Readable.from([bytes]);

/** Plays the responses in turn and records the requests. */
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
  const clock = {
    now: () => 0,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
    },
    random: () => 1,
  };
  const read = async (): Promise<string> => String(await buffer(downloadBundle(freshLink, fetch, clock)));
  const drain = async (): Promise<void> => {
    for await (const chunk of downloadBundle(freshLink, fetch, clock)) void chunk;
  };
  return { read, drain, asked, ranges, slept };
}

test('returns the whole file of one request', async () => {
  const { read, asked } = server({});
  expect(await read()).toBe('0123456789');
  expect(asked).toEqual([{ link: 1, offset: 0 }]);
});

test('resumes where the connection broke, each time with a fresh link', async () => {
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

test('resumes as long as each attempt brings a byte', async () => {
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

test('requests a range once it has bytes of a file, and the whole file before', async () => {
  const { read, ranges } = server(
    { body: cut(FILE, 0) },
    { body: cut(FILE, 4), etag: '"two"' },
    { status: 206, offset: 4, etag: '"two"', body: whole(FILE.subarray(4)) },
  );
  expect(await read()).toBe('0123456789');
  expect(ranges).toEqual([undefined, undefined, { offset: 4, etag: '"two"' }]);
});

test('ends with the body when the server sends no length', async () => {
  const { read, asked } = server({ totalBytes: undefined });
  expect(await read()).toBe('0123456789');
  expect(asked).toHaveLength(1);
});

test('resumes when the body ends before the announced length', async () => {
  const { read } = server(
    { body: whole(FILE.subarray(0, 6)) },
    { status: 206, offset: 6, body: whole(FILE.subarray(6)) },
  );
  expect(await read()).toBe('0123456789');
});

test.each([204, 400, 403, 404, 500, 503])('requests a fresh link after the status %d', async (status) => {
  const { read, asked } = server({ status }, {});
  expect(await read()).toBe('0123456789');
  expect(asked.map(({ link }) => link)).toEqual([1, 2]);
});

test('starts over when the file changed, or when the server supports no ranges or sends no ETag', async () => {
  const interrupted = { kind: 'busy', message: 'the download stopped after 4 bytes and the server cannot resume it' };
  await expect(
    server({ body: cut(FILE, 4) }, { status: 206, offset: 4, etag: '"other"' }).read(),
  ).rejects.toMatchObject(interrupted);
  await expect(server({ body: cut(FILE, 4) }, { status: 200, offset: 0 }).read()).rejects.toMatchObject(interrupted);
  const untold = server({ body: cut(FILE, 4), etag: undefined });
  await expect(untold.read()).rejects.toMatchObject({
    kind: 'busy',
    message: 'the download of the bundle stopped after 4 of 10 bytes: ECONNRESET: aborted',
  });
  expect(untold.asked).toHaveLength(1);
});

test('follows no redirect', async () => {
  await expect(server({ status: 302 }).read()).rejects.toThrow(/redirect \(302\)/);
  for (const status of [300, 307, 399]) await expect(server({ status }).read()).rejects.toBeInstanceOf(TerminalError);
});

test('throws a RetryableError after four attempts without a byte', async () => {
  const { read, asked } = server(...Array.from({ length: 20 }, () => new Error('ECONNREFUSED')));
  await expect(read()).rejects.toBeInstanceOf(RetryableError);
  expect(asked).toHaveLength(4);
});

test('rejects more bytes than the server announced', async () => {
  await expect(server({ totalBytes: 9 }).read()).rejects.toThrow(
    new TerminalError('The server announced 9 bytes for the bundle and sent 10. Deploy again.'),
  );
});

describe('a bundle of more than 1 GiB', () => {
  const tooLarge = (bytes: number) =>
    new TerminalError(
      `The bundle has ${bytes} bytes or more, and the limit is 1073741824 (1 GiB), as for an import. Split the assets over several exports.`,
    );

  test('is rejected before its download when the server sends the length', async () => {
    const body = whole(FILE);
    await expect(server({ totalBytes: 1024 ** 3 + 1, body }).read()).rejects.toThrow(tooLarge(1024 ** 3 + 1));
    expect(body.destroyed).toBe(true);
  });

  test('is rejected during its download when the server sends no length', async () => {
    const mebibyte = Buffer.alloc(1024 ** 2);
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += mebibyte.length;
          yield mebibyte;
        }
      })(),
      { highWaterMark: 1 },
    );
    await expect(server({ totalBytes: undefined, body: endless }).drain()).rejects.toThrow(tooLarge(1025 * 1024 ** 2));
    expect(endless.destroyed).toBe(true);
    expect(sent).toBeLessThan(1024 ** 3 + 3 * mebibyte.length);
  });

  test('does not include a bundle of exactly 1 GiB', async () => {
    const body = Readable.from(new Array<Buffer>(1024).fill(Buffer.alloc(1024 ** 2)));
    await expect(server({ totalBytes: 1024 ** 3, body }).drain()).resolves.toBeUndefined();
  });
});

describe('the cause of a stopped download', () => {
  const page =
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><HostId>x</HostId></Error>';

  test.each<[string, () => Partial<Download> | Error, string]>([
    [
      'is the error page of S3',
      () => ({ status: 403, body: whole(Buffer.from(page)) }),
      'the server of the bundle responded 403 AccessDenied Request has expired',
    ],
    [
      'is a status',
      () => ({ status: 410, body: whole(Buffer.from('gone')) }),
      'the server of the bundle responded 410',
    ],
    [
      'is an error of the network',
      () => Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }),
      'EAI_AGAIN: getaddrinfo EAI_AGAIN',
    ],
    [
      'contains no link',
      () => new Error('at https://b.s3.amazonaws.com/secret?X-Amz-Signature=1'),
      'Error: at https://b.s3.amazonaws.com/***',
    ],
    ['is an empty body of an announced length', () => ({ body: whole(Buffer.alloc(0)) }), 'the connection was closed'],
  ])('%s', async (_, answer, cause) => {
    const { read, asked, slept } = server(answer(), answer(), answer(), answer());
    await expect(read()).rejects.toThrow(
      new RetryableError(
        'busy',
        `the download of the bundle stopped after 0 of ${cause.endsWith('closed') ? 10 : 'an unknown number of'} bytes: ${cause}`,
      ),
    );
    expect(asked).toHaveLength(4);
    // The first retry is immediate, with a fresh link.
    expect(slept).toEqual([4000, 8000]);
  });

  test('is found when the error page arrives in pieces', async () => {
    const answers = Array.from({ length: 4 }, () => ({
      status: 403,
      body: Readable.from([page.slice(0, 40), page.slice(40)].map((piece) => Buffer.from(piece))),
    }));
    await expect(server(...answers).read()).rejects.toThrow(
      'the server of the bundle responded 403 AccessDenied Request has expired',
    );
  });

  test('is found when a character of the error page arrives in pieces', async () => {
    const bytes = Buffer.from(page.replace('Request', 'Réquest'));
    const middle = bytes.indexOf('é') + 1;
    const answers = Array.from({ length: 4 }, () => ({
      status: 403,
      body: Readable.from([bytes.subarray(0, middle), bytes.subarray(middle)]),
    }));
    await expect(server(...answers).read()).rejects.toThrow('responded 403 AccessDenied Réquest has expired');
  });

  test('is not searched beyond 4,096 bytes of a page that arrives in one piece', async () => {
    const body = (offset: number) => whole(Buffer.from(`${'x'.repeat(offset)}<Code>AccessDenied</Code>`));
    const responses = (offset: number) => Array.from({ length: 4 }, () => ({ status: 403, body: body(offset) }));
    const end = 4096 - '<Code>AccessDenied</Code>'.length;
    await expect(server(...responses(end)).read()).rejects.toThrow(/responded 403 AccessDenied$/);
    await expect(server(...responses(end + 1)).read()).rejects.toThrow(/responded 403$/);
  });

  test('is searched at the start of a page only', async () => {
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

  test.each(['denied', 'unresolved'] as const)('may be %s, which is not retried here', async (kind) => {
    const error = new RetryableError(kind, 's3:GetObject on s3://b/k');
    const { read, asked } = server(error);
    await expect(read()).rejects.toBe(error);
    expect(asked).toHaveLength(1);
  });

  test('may be a host that does not exist, which limits the time of the retries', async () => {
    const unresolved = Object.assign(new Error('getaddrinfo ENOTFOUND b.s3.amazonaws.com'), {
      code: 'ENOTFOUND',
      hostname: 'b.s3.amazonaws.com',
    });
    const { read, asked } = server(unresolved, unresolved, unresolved, unresolved);
    await expect(read()).rejects.toMatchObject({
      kind: 'unresolved',
      message:
        "the host name b.s3.amazonaws.com of QuickSight's download link does not resolve. Check the network of the isComplete function, and deploy again.",
    });
    expect(asked).toHaveLength(4);
  });

  test('is not a host that does not exist when the last attempt or an earlier one reached it', async () => {
    const unresolved = () => Object.assign(new Error('getaddrinfo ENOTFOUND b'), { code: 'ENOTFOUND', hostname: 'b' });
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    for (const answers of [
      [unresolved(), unresolved(), unresolved(), refused],
      [{ body: cut(FILE, 4) }, unresolved(), unresolved(), unresolved(), unresolved()],
    ])
      await expect(server(...answers).read()).rejects.toMatchObject({ kind: 'busy' });
  });
});
