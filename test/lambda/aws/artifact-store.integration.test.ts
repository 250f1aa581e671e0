import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ArtifactStore, SizedBody } from '../../../lambda/aws/artifact-store';
import { artifactStore, BucketNotFoundError } from '../../../lambda/aws/artifact-store';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import type { S3Request } from '../../../testing/s3-server';
import { S3Server, s3Error } from '../../../testing/s3-server';

const MARK = 'x-amz-meta-asset-bundle-export-job-id';
const OURS = { [MARK]: 'job' };
const KEY = 'prefix/assetbundle-job.qs';
const KMS_KEY = 'arn:aws:kms:us-east-1:123456789012:key/k';

let s3: S3Server;
let store: ArtifactStore;
beforeEach(async () => {
  s3 = await new S3Server().start();
  store = artifactStore(s3.client(), { ArtifactBucket: 'bucket', ArtifactPrefix: '' });
});
afterEach(() => s3.stop());

const bytes = (...chunks: Array<string | Buffer>): SizedBody => {
  const buffers = chunks.map((chunk) => Buffer.from(chunk as string));
  return { bytes: Readable.from(buffers), size: Buffer.concat(buffers).length };
};
/** Runs with an S3 of its own. */
async function behind(answer: RequestListener, run: (endpoint: string) => Promise<unknown>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }
}

const asked = (): string[] =>
  s3.requests.map(
    ({ method, key, query }) => `${method} ${key}?${[...query.keys()].filter((name) => name !== 'x-id').join('&')}`,
  );
const refuse = (status: number, code: string, when: (request: S3Request) => boolean = () => true) => {
  s3.instead = (request) => (when(request) ? s3Error(status, code) : undefined);
};
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );

describe('checkBucket', () => {
  test('takes a bucket that keeps versions', async () => {
    await store.checkBucket();
    expect(asked()).toEqual(['GET ?versioning']);
  });

  test.each([
    ['Suspended', 'Suspended'],
    [undefined, 'off'],
  ])('refuses one whose versioning is %s', async (versioning, word) => {
    s3.versioning = versioning;
    expect((await failure(store.checkBucket())).message).toBe(
      `The bucket bucket keeps no versions (versioning is ${word}), and an artifact is known by its version: enable versioning on the bucket, or give the export another one.`,
    );
  });

  test('names the action, and the bucket as what it was refused on', async () => {
    refuse(403, 'AccessDenied');
    expect((await failure(store.checkBucket())).message).toMatch(
      /^Access denied: s3:GetBucketVersioning on the bucket bucket \(AccessDenied/,
    );
  });
});

describe('writeOnce', () => {
  test('writes the object with its mark and its type, if there is none, and gives its version', async () => {
    expect(await store.writeOnce(KEY, 'job', bytes('con', 'tent'), 'application/zip')).toEqual({ versionId: 'v1' });
    expect(s3.versions(KEY)).toEqual([
      { versionId: 'v1', body: Buffer.from('content'), headers: { ...OURS, 'content-type': 'application/zip' } },
    ]);
    const [request] = s3.requests;
    expect(request?.headers['if-none-match']).toBe('*');
    // sha256 of "content"
    expect(request?.headers['x-amz-checksum-sha256']).toBe('7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=');
  });

  test('leaves what is there as it is', async () => {
    s3.put(KEY, 'there', OURS);
    expect(await store.writeOnce(KEY, 'job', bytes('content'), 'application/zip')).toBeUndefined();
    expect(s3.versions(KEY)).toHaveLength(1);
  });

  describe.each([
    ['small', 100],
    ['large', 12 * 1024 * 1024],
  ])('a %s object', (_, size) => {
    const content = Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz01234');
    const inPieces = function* (length: number): Generator<Buffer> {
      for (let at = 0; at < size; at += length) yield content.subarray(at, at + length);
    };

    test.each([[1_000_000], [100_003], [1009]])(
      'is written whole from pieces of %d bytes, with its checksum',
      async (length) => {
        expect(
          await store.writeOnce(KEY, 'job', { bytes: Readable.from(inPieces(length)), size }, 'application/zip'),
        ).toEqual({ versionId: 'v1' });
        expect(s3.versions(KEY)).toEqual([
          { versionId: 'v1', body: expect.anything(), headers: { ...OURS, 'content-type': 'application/zip' } },
        ]);
        expect(s3.versions(KEY)[0]?.body.equals(content)).toBe(true);
        expect(s3.requests[0]?.headers['x-amz-checksum-sha256'] ?? s3.requests[0]?.headers['x-amz-trailer']).toBe(
          size > 1000 ? 'x-amz-checksum-sha256' : createHash('sha256').update(content).digest('base64'),
        );
      },
    );

    test('is left as it is where it is there', async () => {
      s3.put(KEY, 'there', OURS);
      expect(
        await store.writeOnce(KEY, 'job', { bytes: Readable.from(inPieces(65_536)), size }, 'application/zip'),
      ).toBeUndefined();
      expect(String(s3.versions(KEY).map(({ body }) => body))).toBe('there');
    });

    test('is not written at all when its source breaks: what is wrong with that is told', async () => {
      const wrong = new TerminalError('The source broke.');
      async function* broken(): AsyncGenerator<Buffer> {
        yield content.subarray(0, size / 2);
        throw wrong;
      }
      expect(await failure(store.writeOnce(KEY, 'job', { bytes: broken(), size }, 'application/zip'))).toBe(wrong);
      // No request came to its end: it is not S3's care that keeps half an object away.
      expect(s3.requests).toEqual([]);
      expect(s3.versions(KEY)).toEqual([]);
    });

    test('is refused before its source has ended: the source is closed', async () => {
      refuse(503, 'SlowDown');
      let closed = false;
      async function* endless(): AsyncGenerator<Buffer> {
        try {
          for (const piece of inPieces(65_536)) yield piece;
        } finally {
          closed = true;
        }
      }
      expect(await failure(store.writeOnce(KEY, 'job', { bytes: endless(), size }, 'application/zip'))).toBeInstanceOf(
        RetryableError,
      );
      expect(closed).toBe(true);
    });
  });

  test('closes its source where S3 answers before the end', async () => {
    const size = 256 * 1024 * 1024;
    let [given, closed] = [0, false];
    async function* source(): AsyncGenerator<Buffer> {
      try {
        for (; given < size; given += 65_536) yield Buffer.alloc(65_536);
      } finally {
        closed = true;
      }
    }
    const refuse = (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(412, { connection: 'close' }).end();
    await behind(refuse, async (endpoint) => {
      const impatient = artifactStore(s3.client({ endpoint, expectContinueHeader: false }), {
        ArtifactBucket: 'bucket',
        ArtifactPrefix: '',
      });
      expect(await impatient.writeOnce(KEY, 'job', { bytes: source(), size }, 'application/zip')).toBeUndefined();
    });
    expect([given < size, closed]).toEqual([true, true]);
  });

  test('takes no more than S3 does in one request', async () => {
    const body = { bytes: Readable.from([]), size: 5 * 1024 ** 3 + 1 };
    expect((await failure(store.writeOnce(KEY, 'job', body, 'application/zip'))).message).toBe(
      `s3://bucket/${KEY} would have 5368709121 bytes, and S3 takes 5368709120 in one request: export fewer assets at once.`,
    );
    expect(s3.requests).toEqual([]);
  });

  test('asks its source for no more than a slow S3 takes', async () => {
    const [size, piece] = [32 * 1024 * 1024, Buffer.alloc(65_536, 'x')];
    let [given, received, most] = [0, 0, 0];
    async function* source(): AsyncGenerator<Buffer> {
      for (; given < size; given += piece.length) yield piece;
    }
    const takeSlowly = (request: IncomingMessage, response: ServerResponse): void => {
      request.on('data', ({ length }: Buffer) => {
        received += length;
        most = Math.max(most, given - received);
        request.pause();
        setTimeout(() => request.resume(), 1);
      });
      request.on('end', () => response.writeHead(200, { 'x-amz-version-id': 'v1' }).end());
    };
    await behind(takeSlowly, (endpoint) =>
      artifactStore(s3.client({ endpoint }), { ArtifactBucket: 'bucket', ArtifactPrefix: '' }).writeOnce(
        KEY,
        'job',
        { bytes: source(), size },
        'application/zip',
      ),
    );
    expect(received).toBeGreaterThan(size);
    // What the two ends of the socket hold, and little more.
    expect(most).toBeLessThan(size / 2);
  });

  test.each([undefined, 'null'])('fails where the object has no version: %s', async (versionId) => {
    s3.instead = () => ({ status: 200, headers: { etag: '"e"', ...(versionId && { 'x-amz-version-id': versionId }) } });
    expect((await failure(store.writeOnce(KEY, 'job', bytes('x'), 'application/zip'))).message).toBe(
      `The bucket bucket gave s3://bucket/${KEY} no version: enable versioning on the bucket.`,
    );
  });

  test('encrypts with the key that was given, and says what KMS says of it', async () => {
    const encrypted = artifactStore(s3.client(), {
      ArtifactBucket: 'bucket',
      ArtifactPrefix: '',
      ArtifactKmsKeyArn: KMS_KEY,
    });
    await encrypted.writeOnce(KEY, 'job', bytes('x'), 'application/zip');
    await encrypted.writeJson('manifest', 'job', {});
    for (const { headers } of s3.requests)
      expect(headers).toMatchObject({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': KMS_KEY,
      });
    refuse(400, 'KMS.DisabledException');
    expect((await failure(encrypted.writeOnce(KEY, 'job', bytes('x'), 'application/zip'))).message).toMatch(
      new RegExp(
        `^KMS refused the key ${KMS_KEY} for s3://bucket/${KEY}: KMS\\.DisabledException: On demand\\.\\. Check that the key exists in this region and is enabled, and that its policy allows kms:GenerateDataKey and kms:Decrypt to the role of the provider's isComplete function\\.$`,
      ),
    );
    expect((await failure(store.writeJson(KEY, 'job', {}))).message).toContain(
      'KMS refused the key of the bucket for ',
    );
  });

  test('asks for no encryption of its own otherwise', async () => {
    await store.writeOnce(KEY, 'job', bytes('x'), 'application/zip');
    expect(Object.keys(s3.requests[0]?.headers ?? {}).filter((name) => name.includes('encryption'))).toEqual([]);
  });
});

describe('every call', () => {
  const calls: Array<[string, string, () => Promise<unknown>]> = [
    [
      'writeOnce',
      `Access denied: s3:PutObject on s3://bucket/${KEY}`,
      () => store.writeOnce(KEY, 'job', bytes('x'), 'application/zip'),
    ],
    ['writeJson', `Access denied: s3:PutObject on s3://bucket/${KEY}`, () => store.writeJson(KEY, 'job', {})],
    ['readJson', `Access denied: s3:GetObject on s3://bucket/${KEY}`, () => store.readJson(KEY)],
    ['read', `Access denied: s3:GetObject on s3://bucket/${KEY}`, () => store.read({ key: KEY })],
    ['find', `Access denied: s3:GetObject on s3://bucket/${KEY}`, () => store.find(KEY, 'job')],
    ['exists', `Access denied: s3:GetObject on s3://bucket/${KEY}`, () => store.exists(KEY, 'v1')],
    ['remove', 'Access denied: s3:ListBucketVersions on the bucket bucket', () => store.remove([KEY], 'job')],
  ];

  test.each(calls)('that is refused names action and resource: %s', async (_, words, call) => {
    refuse(403, 'AccessDenied');
    const error = await failure(call());
    expect(error).toMatchObject({ kind: 'denied' });
    expect(error.message).toContain(words);
  });

  test.each(calls)('that meets a busy store may be repeated: %s', async (_, __, call) => {
    refuse(503, 'SlowDown');
    expect(await failure(call())).toBeInstanceOf(RetryableError);
  });

  test.each(calls.filter(([name]) => name !== 'find' && name !== 'exists'))(
    'finds out that the bucket is gone: %s',
    async (_, words, call) => {
      refuse(404, 'NoSuchBucket');
      const error = await failure(call());
      expect(error).toBeInstanceOf(BucketNotFoundError);
      expect(error.message).toBe(
        `The bucket bucket does not exist (${words.split(' ')[2]} answered NoSuchBucket): create it, or give the export another bucket.`,
      );
    },
  );

  test('of a removal names what was refused', async () => {
    s3.put(KEY, 'x', OURS);
    refuse(403, 'AccessDenied', ({ method }) => method === 'DELETE');
    expect((await failure(store.remove([KEY], 'job'))).message).toContain(
      'Access denied: s3:DeleteObjectVersion on s3://bucket/',
    );
  });
});

describe('what is there', () => {
  test('is found with version and size, if it is of the job', async () => {
    expect(await store.find(KEY, 'job')).toBeUndefined();
    s3.put(KEY, 'content', OURS);
    expect(await store.find(KEY, 'job')).toEqual({ key: KEY, versionId: 'v1', size: 7 });
  });

  test.each<Record<string, string>>([{}, { [MARK]: 'other' }])(
    'is refused if it is of somebody else: %j',
    async (mark) => {
      s3.put(KEY, 'content', mark);
      expect((await failure(store.find(KEY, 'job'))).message).toBe(
        `s3://bucket/${KEY} holds an object that this export did not write, and it is not replaced: move it away, or give the export another prefix.`,
      );
    },
  );

  test('is known by its version', async () => {
    s3.put(KEY, 'one');
    expect([await store.exists(KEY, 'v1'), await store.exists(KEY, 'v2'), await store.exists('other', 'v1')]).toEqual([
      true,
      false,
      false,
    ]);
    // A version that is a delete marker.
    refuse(405, 'MethodNotAllowed');
    expect(await store.exists(KEY, 'v1')).toBe(false);
  });

  test('is read whole, by version and by range', async () => {
    s3.put(KEY, '0123456789');
    s3.put(KEY, 'later');
    const read = async (...of: Parameters<ArtifactStore['read']>) => String(await buffer(await store.read(...of)));
    expect(await read({ key: KEY })).toBe('later');
    expect(await read({ key: KEY, versionId: 'v1' })).toBe('0123456789');
    expect(await read({ key: KEY, versionId: 'v1' }, { start: 2, end: 5 })).toBe('234');
    expect(s3.requests.at(-1)?.headers.range).toBe('bytes=2-4');
  });

  test('is read by range from a server that sends all of it', async () => {
    const content = Buffer.alloc(1_000_000, 'abcdefghijklmnopqrstuvwxyz01234');
    s3.instead = () => ({ status: 200, body: content });
    for (const [start, end] of [
      [0, 10],
      [5, 6],
      [200_000, 700_000],
      [999_990, 1_000_000],
    ] as const) {
      expect(
        (await buffer(await store.read({ key: KEY, versionId: 'v1' }, { start, end }))).equals(
          content.subarray(start, end),
        ),
      ).toBe(true);
    }
  });

  test('whose reading breaks off may be read again', async () => {
    s3.instead = () => ({ status: 200, body: 'too short', cutShort: true });
    const read = buffer(await store.read({ key: KEY }));
    await expect(read).rejects.toMatchObject({
      kind: 'busy',
      message: expect.stringMatching(/^s3:GetObject returned /),
    });
  });

  test('is read as JSON, or as null where it is none', async () => {
    expect(await store.readJson(KEY)).toBeUndefined();
    await store.writeJson(KEY, 'job', { a: [1] });
    expect(await store.readJson(KEY)).toEqual({ a: [1] });
    expect(s3.versions(KEY)).toEqual([
      {
        versionId: 'v1',
        body: Buffer.from('{\n  "a": [\n    1\n  ]\n}'),
        headers: { ...OURS, 'content-type': 'application/json' },
      },
    ]);
    expect(s3.requests.at(-2)?.headers['x-amz-checksum-sha256']).toBeDefined();
    s3.put(KEY, 'no JSON');
    expect(await store.readJson(KEY)).toBeNull();
  });

  test('is replaced by writeJson', async () => {
    await store.writeJson(KEY, 'job', 1);
    await store.writeJson(KEY, 'job', 2);
    expect(s3.versions(KEY)).toHaveLength(2);
  });
});

describe('remove', () => {
  test('removes every version of exactly these keys that is of the job, page by page', async () => {
    const OTHER = `${KEY}.manifest.json`;
    for (let n = 0; n < 5; n++) s3.put(KEY, `${n}`, n === 2 ? { [MARK]: 'other' } : OURS);
    s3.put(`${KEY}.bak`, 'x', OURS);
    s3.put(OTHER, 'x', OURS);
    await store.remove([KEY, OTHER], 'job');
    expect(s3.versions(KEY).map(({ versionId }) => versionId)).toEqual(['v3']);
    expect(s3.versions(`${KEY}.bak`)).toHaveLength(1);
    expect(s3.versions(OTHER)).toEqual([]);
    expect(s3.requests.filter(({ query }) => query.has('key-marker')).length).toBeGreaterThan(1);
  });

  test('removes nothing where there is nothing', async () => {
    await store.remove([KEY], 'job');
    expect(asked()).toEqual([expect.stringMatching(/^GET \?(?=.*prefix)(?=.*versions)/)]);
  });
});
