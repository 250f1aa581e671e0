import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import type { Manifest } from '../../../lambda/export/manifest';
import { type ManifestStore, manifestStore } from '../../../lambda/export/manifest-store';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { InMemoryBucket } from '../../support/in-memory-bucket';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/House/1';
const JOB = jobIdOf({ StackId: STACK_ID, LogicalResourceId: 'Sales', RequestId: 'request-1' });
const KEY = `exports/assetbundle-${JOB}.manifest.json`;
const OWNER = { stackId: STACK_ID, logicalResourceId: 'Sales' };
const HEX = 'ab'.repeat(32);
const TIME = '2026-11-24T00:00:00.000Z';
const MANIFEST = {
  ManifestVersion: 1,
  PhysicalResourceId: JOB,
  StackId: STACK_ID,
  LogicalResourceId: 'Sales',
  RequestId: 'request-1',
  PropertiesDigest: HEX,
  Job: { JobStatus: 'SUCCESSFUL' },
  Timings: { RequestedTime: TIME, FinishedTime: TIME, AnsweredTime: TIME },
} as Manifest;
const ARTIFACT = {
  Bucket: 'artifacts',
  Key: `exports/assetbundle-${JOB}.qs`,
  VersionId: 'v1',
  S3Uri: '',
  Size: 7,
  // printf content | sha256sum
  Sha256: 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73',
  ContentDigest: HEX,
};

let bucket: InMemoryBucket;
let manifests: ManifestStore;
beforeEach(() => {
  bucket = new InMemoryBucket('artifacts');
  manifests = manifestStore(bucket.store, 'exports/');
});
const put = (value: unknown): string => bucket.put(KEY, JSON.stringify(value), JOB);

/** Objects under the key that this version does not accept as the manifest of the resource. */
const FOREIGN: Array<[string, unknown]> = [
  ['another version', { ...MANIFEST, ManifestVersion: 2 }],
  ['no version', { ...MANIFEST, ManifestVersion: undefined }],
  ['another physical id', { ...MANIFEST, PhysicalResourceId: 'other' }],
  ['another stack', { ...MANIFEST, StackId: STACK_ID.replace(/1$/, '2') }],
  ['another logical id', { ...MANIFEST, LogicalResourceId: 'Marketing' }],
  ['a request id that its job id does not follow from', { ...MANIFEST, RequestId: 'request-2' }],
  ['an artifact under a foreign key', { ...MANIFEST, Artifact: { ...ARTIFACT, Key: 'exports/evil.qs' } }],
  ['an artifact without a version', { ...MANIFEST, Artifact: { ...ARTIFACT, VersionId: '' } }],
  ['a size that is a text', { ...MANIFEST, Artifact: { ...ARTIFACT, Size: '7' } }],
  ['a SHA-256 that is none', { ...MANIFEST, Artifact: { ...ARTIFACT, Sha256: 'x' } }],
  ['no timings', { ...MANIFEST, Timings: undefined }],
  ['a time that is none', { ...MANIFEST, Timings: { ...MANIFEST.Timings, AnsweredTime: 'today' } }],
  ['a time with a comment', { ...MANIFEST, Timings: { ...MANIFEST.Timings, CreatedTime: '1 Jan 2020 (x)' } }],
  ['a content digest that is none', { ...MANIFEST, Artifact: { ...ARTIFACT, ContentDigest: 'forged' } }],
  ['assets that are no list', { ...MANIFEST, Assets: 'none' }],
  ['a failure that is no text', { ...MANIFEST, Failure: ['x'] }],
  ['no job', { ...MANIFEST, Job: undefined }],
  ['an empty object', {}],
  ['null', null],
  ['a number', 5],
];

describe('find', () => {
  test('returns the manifest of the resource', async () => {
    put(MANIFEST);
    expect(await manifests.find(JOB, OWNER)).toEqual(MANIFEST);
  });

  test('returns undefined when no object exists', async () => {
    expect(await manifests.find(JOB, OWNER)).toBeUndefined();
  });

  test.each(FOREIGN)('returns undefined for a manifest with %s', async (_, value) => {
    put(value);
    expect(await manifests.find(JOB, OWNER)).toBeUndefined();
  });

  test('returns undefined for an object that is not JSON', async () => {
    bucket.put(KEY, 'no JSON', JOB);
    expect(await manifests.find(JOB, OWNER)).toBeUndefined();
  });
});

describe('hasArtifact', () => {
  const manifest = { ...MANIFEST, Artifact: ARTIFACT };
  const putArtifact = (content: string, jobId?: string) => bucket.put(ARTIFACT.Key, content, jobId);

  test('is true when the bucket has the artifact as described', async () => {
    putArtifact('content', JOB);
    expect(await manifests.hasArtifact(manifest)).toBe(true);
  });

  test.each<[string, () => unknown]>([
    ['the bucket has no such object', () => undefined],
    [
      'the version is another one',
      () => [
        putArtifact('other', JOB),
        putArtifact('content', JOB),
        bucket.drop(ARTIFACT.Key, ({ versionId }) => versionId === 'v1'),
      ],
    ],
    ['the bytes are others', () => putArtifact('CONTENT', JOB)],
    ['the size is another one', () => putArtifact('content and more', JOB)],
    ['the object belongs to another job', () => putArtifact('content', 'other')],
    ['the object has no owner', () => putArtifact('content')],
  ])('is false when %s', async (_, prepare) => {
    prepare();
    expect(await manifests.hasArtifact(manifest)).toBe(false);
  });

  test('is false for the manifest of a failure', async () => expect(await manifests.hasArtifact(MANIFEST)).toBe(false));
});

describe('versionCount', () => {
  test('is 0 when no object ever existed', async () => expect(await manifests.versionCount(JOB)).toBe(0));

  test('counts a delete marker that hides the manifest', async () => {
    put(MANIFEST);
    bucket.hide(KEY);
    expect(await manifests.versionCount(JOB)).toBe(2);
    expect(await manifests.find(JOB, OWNER)).toBeUndefined();
  });

  test.each(FOREIGN)('counts %s', async (_, value) => {
    put(value);
    expect(await manifests.versionCount(JOB)).toBe(1);
  });

  test('counts an object that is not JSON', async () => {
    bucket.put(KEY, 'no JSON');
    expect(await manifests.versionCount(JOB)).toBe(1);
  });
});

describe('writeOnce', () => {
  test('writes the manifest as JSON, marked with the job', async () => {
    expect(await manifests.writeOnce(MANIFEST)).toBe(MANIFEST);
    expect(bucket.json(KEY)).toEqual(MANIFEST);
    expect(bucket.get(KEY)?.jobId).toBe(JOB);
  });

  test('returns the manifest that another delivery has written', async () => {
    const existing = { ...MANIFEST, Failure: 'The export failed.' };
    put(existing);
    expect(await manifests.writeOnce(MANIFEST)).toEqual(existing);
    expect(bucket.json(KEY)).toEqual(existing);
  });

  test.each(FOREIGN)('fails for an object of this job with %s, and keeps the object', async (_, value) => {
    const versionId = put(value);
    await expect(manifests.writeOnce(MANIFEST)).rejects.toThrow(
      new TerminalError(
        `s3://artifacts/${KEY} is not the manifest of this export. Move the object, or use another prefix.`,
      ),
    );
    expect(bucket.get(KEY)?.versionId).toBe(versionId);
  });

  test('may be retried when S3 refuses the object but does not return it yet', async () => {
    put(MANIFEST);
    let calls = 0;
    bucket.before = (call) => {
      if (/^(readJson|find) /.test(call) && ++calls === 1) bucket.drop(KEY);
    };
    await expect(manifests.writeOnce(MANIFEST)).rejects.toThrow(
      new RetryableError('busy', `S3 does not return s3://artifacts/${KEY} yet`),
    );
  });

  test('fails with the error of the store for an object of somebody else', async () => {
    bucket.put(KEY, JSON.stringify({}));
    await expect(manifests.writeOnce(MANIFEST)).rejects.toThrow('of somebody else');
  });
});

test('release marks the manifest with the time and the request, and changes nothing else', async () => {
  put(MANIFEST);
  await manifests.release(MANIFEST, { requestId: 'delete-1', time: Date.UTC(2026, 10, 24) });
  expect(bucket.json(KEY)).toEqual({
    ...MANIFEST,
    Released: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete-1' },
  });
  expect(bucket.get(KEY)?.jobId).toBe(JOB);
  expect(await manifests.find(JOB, OWNER)).toHaveProperty('Released');
});

describe('markDeleted', () => {
  const deletion = { requestId: 'delete-1', time: Date.UTC(2026, 10, 24) };

  test('leaves a mark that find returns', async () => {
    await manifests.markDeleted(JOB, OWNER, deletion);
    expect(await manifests.find(JOB, OWNER)).toEqual({
      ManifestVersion: 1,
      PhysicalResourceId: JOB,
      StackId: STACK_ID,
      LogicalResourceId: 'Sales',
      Deleted: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete-1' },
    });
    expect(bucket.get(KEY)?.jobId).toBe(JOB);
  });

  test('keeps a manifest that was written meanwhile, and may be repeated', async () => {
    put(MANIFEST);
    await expect(manifests.markDeleted(JOB, OWNER, deletion)).rejects.toMatchObject({ kind: 'busy' });
    expect(await manifests.find(JOB, OWNER)).toEqual(MANIFEST);
  });
});
