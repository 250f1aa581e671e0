import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ArtifactStore } from '../../../lambda/aws/artifact-store';
import { artifactStore } from '../../../lambda/aws/artifact-store';
import { BucketNotFoundError } from '../../../lambda/aws/s3-bucket';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import type { SpooledFile } from '../../../lambda/core/spool';
import type { S3Request } from '../../../testing/s3-server';
import { S3Server, s3Error } from '../../../testing/s3-server';
import { TemporaryFolder } from '../../../testing/temporary-folder';

const MARK = 'x-amz-meta-asset-bundle-export-job-id';
const OURS = { [MARK]: 'job' };
const KEY = 'prefix/assetbundle-job.qs';
const KMS_KEY = 'arn:aws:kms:us-east-1:123456789012:key/k';
const MIB = 1024 * 1024;
const FOLDER = new TemporaryFolder();

let s3: S3Server;
let store: ArtifactStore;
beforeEach(async () => {
  s3 = await new S3Server().start();
  store = storeAt(s3.endpoint);
});
afterEach(() => s3.stop());

const storeAt = (endpoint: string, expectContinueHeader?: boolean): ArtifactStore =>
  artifactStore(s3.client({ endpoint, ...(expectContinueHeader !== undefined && { expectContinueHeader }) }), {
    ArtifactBucket: 'bucket',
    ArtifactPrefix: '',
  });

/** A file of this content, with its size and SHA-256. */
async function fileOf(content: string | Buffer): Promise<SpooledFile> {
  return {
    path: await FOLDER.put('bundle', content),
    size: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

const write = async (content: string | Buffer = 'x', to = store) =>
  to.writeFileOnce(KEY, 'job', await fileOf(content), 'application/zip');

/** Runs with an S3 of its own. */
async function behind(answer: RequestListener, run: (endpoint: string) => Promise<unknown>): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }
}

const requested = (): string[] =>
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
  test('accepts a bucket with versioning', async () => {
    await store.checkBucket();
    expect(requested()).toEqual(['GET ?versioning']);
  });

  test('rejects a bucket whose versioning is suspended', async () => {
    s3.versioning = 'Suspended';
    expect(await failure(store.checkBucket())).toEqual(
      new TerminalError(
        'Bucket bucket must have versioning enabled (it is Suspended), because an artifact is identified by its version. Enable versioning or choose another bucket.',
      ),
    );
  });

  test('may be repeated when S3 does not report versioning, which may take 15 minutes after it was enabled', async () => {
    s3.versioning = undefined;
    expect(await failure(store.checkBucket())).toMatchObject({
      kind: 'busy',
      message:
        'the bucket bucket does not report versioning: it may take 15 minutes after versioning was enabled. Enable versioning, or choose another bucket',
    });
    s3.versioning = 'Enabled';
    await store.checkBucket();
  });

  test('reports the action and the bucket when access is denied', async () => {
    refuse(403, 'AccessDenied');
    expect((await failure(store.checkBucket())).message).toContain('s3:GetBucketVersioning');
    expect((await failure(store.checkBucket())).message).toContain('the bucket bucket');
  });
});

describe('checkWritable', () => {
  const CHECK = 'prefix/assetbundle-job.write-check';

  test('writes an empty object with the mark of the job', async () => {
    await store.checkWritable(CHECK, 'job');
    expect(requested()).toEqual([`PUT ${CHECK}?`]);
    expect(s3.requests[0]?.body).toHaveLength(0);
    expect(s3.versions(CHECK)).toMatchObject([{ headers: OURS }]);
  });

  test.each<[number, string, object]>([
    [403, 'AccessDenied', { kind: 'denied' }],
    [503, 'SlowDown', { kind: 'busy' }],
    [400, 'KMS.DisabledException', { name: 'TerminalError' }],
  ])('fails when the bucket or its key refuses the object: %d %s', async (status, code, error) => {
    refuse(status, code, ({ method }) => method === 'PUT');
    expect(await failure(store.checkWritable(CHECK, 'job'))).toMatchObject(error);
  });

  test('accepts the object of an earlier check', async () => {
    s3.put(CHECK, '', OURS);
    await store.checkWritable(CHECK, 'job');
    expect(s3.versions(CHECK)).toHaveLength(1);
  });
});

describe('writeFileOnce', () => {
  test('writes an object with mark and type, and returns its version', async () => {
    expect(await write('content')).toEqual({ versionId: 'v1' });
    expect(s3.versions(KEY)).toEqual([
      { versionId: 'v1', body: Buffer.from('content'), headers: { ...OURS, 'content-type': 'application/zip' } },
    ]);
    expect(s3.requests[0]?.headers['if-none-match']).toBe('*');
  });

  test.each([
    ['small', 7],
    ['large', 12 * MIB],
  ])('sends a %s file in one piece with its length and SHA-256', async (_, size) => {
    const content = Buffer.alloc(size, 'content');
    await write(content);
    expect(s3.requests).toHaveLength(1);
    const { headers } = s3.requests[0] as S3Request;
    expect(headers).toMatchObject({
      'content-length': String(size),
      'x-amz-checksum-sha256': createHash('sha256').update(content).digest('base64'),
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    });
    for (const name of ['content-encoding', 'transfer-encoding', 'x-amz-trailer', 'x-amz-decoded-content-length']) {
      expect(headers).not.toHaveProperty(name);
    }
    expect(s3.versions(KEY)[0]?.body.equals(content)).toBe(true);
  });

  test('computes no checksum: a wrong SHA-256 reaches S3, which rejects the object', async () => {
    const sha256 = '00'.repeat(32);
    const error = await failure(
      store.writeFileOnce(KEY, 'job', { ...(await fileOf('content')), sha256 }, 'application/zip'),
    );
    expect(error.message).toContain('BadDigest');
    expect(s3.versions(KEY)).toEqual([]);
  });

  test.each([7, 12 * MIB])('keeps an existing object: %d bytes', async (size) => {
    s3.put(KEY, 'existing', OURS);
    expect(await write(Buffer.alloc(size))).toBeUndefined();
    expect(s3.versions(KEY).map(({ body }) => String(body))).toEqual(['existing']);
  });

  test.each([
    ['missing', 'missing', 'ENOENT'],
    ['a folder', '.', 'EISDIR'],
  ])('writes nothing when the file cannot be read: it is %s', async (_, name, code) => {
    const path = join(FOLDER.path, name);
    for (const size of [7, 12 * MIB]) {
      const unreadable = { ...(await fileOf(Buffer.alloc(size))), path };
      expect(await failure(store.writeFileOnce(KEY, 'job', unreadable, 'application/zip'))).toMatchObject({
        kind: 'busy',
        message: expect.stringContaining(`${path} cannot be read: ${code}`),
      });
    }
    expect(s3.versions(KEY)).toEqual([]);
  });

  test('stops sending when S3 responds before the end', async () => {
    let received = 0;
    let readOn: () => Promise<unknown> = async () => undefined;
    const respondEarly = (request: IncomingMessage, response: ServerResponse): void => {
      request.on('data', ({ length }: Buffer) => {
        received += length;
      });
      request.once('data', () => request.pause() && response.writeHead(412).end());
      readOn = () => new Promise((resolve) => request.resume().socket.once('close', resolve));
    };
    await behind(respondEarly, async (endpoint) => {
      expect(await write(Buffer.alloc(64 * MIB), storeAt(endpoint, false))).toBeUndefined();
      await readOn();
    });
    expect(received).toBeLessThan(64 * MIB);
  });

  test.each([undefined, 'null'])('removes an object without a version, and may be repeated: %s', async (versionId) => {
    s3.reportsVersion = () => versionId;
    expect(await failure(write())).toMatchObject({
      kind: 'busy',
      message: `S3 returned no version for s3://bucket/${KEY}: it may take 15 minutes after versioning was enabled. Enable versioning, or choose another bucket`,
    });
    expect(s3.versions(KEY)).toEqual([]);
    s3.reportsVersion = (id) => id;
    expect(await write()).toEqual({ versionId: 'v2' });
  });
});

describe('encryption', () => {
  test('uses the KMS key of the destination, and reports its errors', async () => {
    const encrypted = artifactStore(s3.client(), {
      ArtifactBucket: 'bucket',
      ArtifactPrefix: '',
      ArtifactKmsKeyArn: KMS_KEY,
    });
    await write('x', encrypted);
    await encrypted.writeJson('manifest', 'job', {});
    for (const { headers } of s3.requests)
      expect(headers).toMatchObject({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': KMS_KEY,
      });
    refuse(400, 'KMS.DisabledException');
    expect((await failure(write('x', encrypted))).message).toBe(
      `KMS rejected the key ${KMS_KEY} for s3://bucket/${KEY} (KMS.DisabledException: On demand.). Check that the key is enabled and in this region, and that its policy allows kms:GenerateDataKey and kms:Decrypt for the role of the isComplete function.`,
    );
    expect((await failure(store.writeJson(KEY, 'job', {}))).message).toContain(
      'KMS rejected the key of the bucket for ',
    );
    s3.put(KEY, '{}', OURS);
    s3.instead = ({ method, key }) =>
      method === 'GET' && key === KEY ? s3Error(400, 'KMS.DisabledException') : undefined;
    expect((await failure(encrypted.readJson(KEY))).message).toContain('KMS rejected the key of the object for ');
    refuse(500, 'KMS.InternalException');
    expect(await failure(write('x', encrypted))).toMatchObject({ kind: 'busy' });
  });

  test('is that of the bucket otherwise', async () => {
    await write();
    expect(Object.keys(s3.requests[0]?.headers ?? {}).filter((name) => name.includes('encryption'))).toEqual([]);
  });
});

describe('every call', () => {
  const calls: Array<[string, string, string, () => Promise<unknown>]> = [
    ['writeFileOnce', 's3:PutObject', `s3://bucket/${KEY}`, () => write()],
    ['writeJsonOnce', 's3:PutObject', `s3://bucket/${KEY}`, () => store.writeJsonOnce(KEY, 'job', {})],
    ['writeJson', 's3:PutObject', `s3://bucket/${KEY}`, () => store.writeJson(KEY, 'job', {})],
    ['readJson', 's3:ListBucketVersions', 'the bucket bucket', () => store.readJson(KEY)],
    ['find', 's3:ListBucketVersions', 'the bucket bucket', () => store.find(KEY, 'job')],
    ['findVersion', 's3:ListBucketVersions', 'the bucket bucket', () => store.findVersion(KEY, 'v1', 'job')],
    ['versionCount', 's3:ListBucketVersions', 'the bucket bucket', () => store.versionCount(KEY)],
    ['keys', 's3:ListBucketVersions', 'the bucket bucket', () => store.keys('prefix/')],
    ['discard', 's3:ListBucketVersions', 'the bucket bucket', () => store.discard([KEY], 'job')],
    ['remove', 's3:ListBucketVersions', 'the bucket bucket', () => store.remove([KEY], 'job')],
  ];

  test.each(calls)('reports action and resource when access is denied: %s', async (_, action, resource, call) => {
    refuse(403, 'AccessDenied');
    const error = await failure(call());
    expect(error).toMatchObject({ kind: 'denied' });
    expect(error.message).toContain(action);
    expect(error.message).toContain(resource);
  });

  test.each(calls)('may be retried when S3 is busy: %s', async (_, __, ___, call) => {
    refuse(503, 'SlowDown');
    expect(await failure(call())).toBeInstanceOf(RetryableError);
  });

  test.each(calls)('detects that the bucket does not exist: %s', async (_, action, __, call) => {
    refuse(404, 'NoSuchBucket');
    const error = await failure(call());
    expect(error).toBeInstanceOf(BucketNotFoundError);
    expect(error.message).toBe(
      `The bucket bucket does not exist (${action}: NoSuchBucket). Create it, or choose another bucket.`,
    );
  });

  test('of a removal reports the denied action', async () => {
    s3.put(KEY, 'x', OURS);
    refuse(403, 'AccessDenied', ({ method }) => method === 'DELETE');
    expect((await failure(store.remove([KEY], 'job'))).message).toContain('s3:DeleteObjectVersion');
  });
});

describe('find', () => {
  // printf content | sha256sum
  const CONTENT = {
    versionId: 'v1',
    size: 7,
    sha256: 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73',
  };

  test('returns version, size and the SHA-256 that S3 reports', async () => {
    expect(await store.find(KEY, 'job')).toBeUndefined();
    s3.put(KEY, 'content', OURS);
    expect(await store.find(KEY, 'job')).toEqual(CONTENT);
    expect(requested()).toEqual(['GET ?prefix&versions', 'GET ?prefix&versions', `HEAD ${KEY}?versionId`]);
  });

  test('reads the object when S3 reports no SHA-256', async () => {
    s3.reportsChecksums = false;
    s3.put(KEY, 'content', OURS);
    expect(await store.find(KEY, 'job')).toEqual(CONTENT);
    expect(s3.requests.at(-1)?.query.get('versionId')).toBe('v1');
    s3.instead = ({ method, key }) =>
      method === 'GET' && key === KEY ? { status: 200, body: 'cut', cutShort: true } : undefined;
    expect(await failure(store.find(KEY, 'job'))).toMatchObject({ kind: 'busy' });
  });

  test.each<Record<string, string>>([{}, { [MARK]: 'other' }])(
    'rejects an object of somebody else: %j',
    async (mark) => {
      s3.put(KEY, 'content', mark);
      expect((await failure(store.find(KEY, 'job'))).message).toBe(
        `s3://bucket/${KEY} holds an object that this export did not write, and it is not replaced. Move the object, or use another prefix.`,
      );
    },
  );
});

test.each<[string, () => Promise<unknown>]>([
  ['find', () => store.find(KEY, 'job')],
  ['findVersion', () => store.findVersion(KEY, 'v1', 'job')],
  ['readJson', () => store.readJson(KEY)],
  ['remove', () => store.remove([KEY], 'job')],
  ['discard', () => store.discard([KEY], 'job')],
])('an object that is listed but not found may be repeated: %s', async (_, call) => {
  s3.put(KEY, '{}', OURS);
  refuse(404, 'NoSuchVersion', ({ key }) => key === KEY);
  expect(await failure(call())).toMatchObject({ kind: 'busy', message: expect.stringContaining(`${KEY} yet`) });
});

test('find and readJson see nothing behind a delete marker, but the key has a history', async () => {
  s3.put(KEY, '{}', OURS);
  s3.hide(KEY);
  expect([await store.find(KEY, 'job'), await store.readJson(KEY)]).toEqual([undefined, undefined]);
  expect([await store.versionCount(KEY), await store.versionCount('other')]).toEqual([2, 0]);
  expect(await store.keys('prefix/')).toEqual(new Map([[KEY, S3Server.MODIFIED_TIME]]));
});

test('find discards an object that was written before the versioning was in force', async () => {
  s3.put(KEY, 'content', OURS, 'null');
  expect(await failure(store.find(KEY, 'job'))).toMatchObject({
    kind: 'busy',
    message: expect.stringContaining(`s3://bucket/${KEY} has no version`),
  });
  expect(s3.versions(KEY)).toEqual([]);
});

test('findVersion returns a version of the job, also when it is not the current one', async () => {
  s3.put(KEY, 'content', OURS);
  s3.put(KEY, 'foreign');
  s3.put('other', 'content', OURS);
  expect(await store.findVersion(KEY, 'v1', 'job')).toMatchObject({ versionId: 'v1', size: 7 });
  for (const [key, version] of [
    [KEY, 'v2'],
    [KEY, 'v3'],
    ['other', 'v1'],
  ] as const)
    expect(await store.findVersion(key, version, 'job')).toBeUndefined();
});

describe('a JSON object', () => {
  test('is read back, and is null when it is not JSON', async () => {
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
    const written = s3.requests.find(({ method }) => method === 'PUT');
    expect(written?.headers['x-amz-checksum-sha256']).toBeDefined();
    s3.put(KEY, 'not JSON');
    expect(await store.readJson(KEY)).toBeNull();
  });

  test('is replaced by writeJson', async () => {
    await store.writeJson(KEY, 'job', 1);
    await store.writeJson(KEY, 'job', 2);
    expect(s3.versions(KEY)).toHaveLength(2);
  });

  test('is not replaced by writeJsonOnce', async () => {
    expect([await store.writeJsonOnce(KEY, 'job', 1), await store.writeJsonOnce(KEY, 'job', 2)]).toEqual([true, false]);
    expect(s3.versions(KEY)).toEqual([
      { versionId: 'v1', body: Buffer.from('1'), headers: { ...OURS, 'content-type': 'application/json' } },
    ]);
  });
});

describe('a JSON object of more than 8 MiB', () => {
  test('counts as no JSON', async () => {
    s3.put(KEY, JSON.stringify('x'.repeat(8 * MIB)), OURS);
    expect(await store.readJson(KEY)).toBeNull();
  });
});

describe('discard', () => {
  test('removes every version of the job, like remove', async () => {
    s3.put(KEY, '1', OURS);
    s3.put(KEY, '2', { [MARK]: 'other' });
    s3.put(KEY, '3', OURS);
    await store.discard([KEY], 'job');
    expect(s3.versions(KEY).map(({ versionId }) => versionId)).toEqual(['v2']);
  });

  test('hides the current version where the role may not remove versions', async () => {
    s3.put(KEY, '1', OURS);
    s3.put(KEY, '2', OURS);
    refuse(403, 'AccessDenied', ({ method, query }) => method === 'DELETE' && query.has('versionId'));
    await store.discard([KEY], 'job');
    expect(s3.versions(KEY).map(({ isDeleteMarker = false }) => isDeleteMarker)).toEqual([false, false, true]);
    await store.discard([KEY], 'job');
    expect(s3.versions(KEY)).toHaveLength(3);
  });

  test('discardCurrent removes one version alone', async () => {
    s3.put(KEY, '1', OURS);
    s3.put(KEY, '2', OURS);
    await store.discardCurrent(KEY, 'v2');
    expect(s3.versions(KEY).map(({ versionId }) => versionId)).toEqual(['v1']);
  });
});

describe('remove', () => {
  test('removes every version of exactly these keys that belongs to the job, page by page', async () => {
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

  test('only lists versions when there are none', async () => {
    await store.remove([KEY], 'job');
    expect(requested()).toEqual([expect.stringMatching(/^GET \?(?=.*prefix)(?=.*versions)/)]);
  });
});
