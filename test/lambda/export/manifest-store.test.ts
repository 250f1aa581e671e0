import { TerminalError } from '../../../lambda/core/errors';
import type { Manifest } from '../../../lambda/export/manifest';
import { type ManifestStore, manifestStore } from '../../../lambda/export/manifest-store';
import { InMemoryBucket } from '../../support/in-memory-bucket';

const JOB = 'House-Sales-1';
const KEY = `exports/assetbundle-${JOB}.manifest.json`;
const OWNER = { stackId: 'stack-1', logicalResourceId: 'Sales' };
const MANIFEST = {
  ManifestVersion: 1,
  PhysicalResourceId: JOB,
  StackId: 'stack-1',
  LogicalResourceId: 'Sales',
  RequestId: 'request-1',
  PropertiesDigest: 'digest',
} as Manifest;

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
  ['another stack', { ...MANIFEST, StackId: 'stack-2' }],
  ['another logical id', { ...MANIFEST, LogicalResourceId: 'Marketing' }],
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

describe('exists', () => {
  test('is false when no object exists', async () => expect(await manifests.exists(JOB)).toBe(false));

  test.each(FOREIGN)('is true for %s', async (_, value) => {
    put(value);
    expect(await manifests.exists(JOB)).toBe(true);
  });

  test('is true for an object that is not JSON', async () => {
    bucket.put(KEY, 'no JSON');
    expect(await manifests.exists(JOB)).toBe(true);
  });
});

describe('writeOnce', () => {
  test('writes the manifest as JSON, marked with the job', async () => {
    expect(await manifests.writeOnce(MANIFEST)).toBe(MANIFEST);
    expect(bucket.json(KEY)).toEqual(MANIFEST);
    expect(bucket.get(KEY)?.jobId).toBe(JOB);
  });

  test('returns the manifest that another delivery has written', async () => {
    const existing = { ...MANIFEST, RequestId: 'request-0' };
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

  test('fails with the error of the store for an object of somebody else', async () => {
    bucket.put(KEY, JSON.stringify({}));
    await expect(manifests.writeOnce(MANIFEST)).rejects.toThrow('of somebody else');
  });
});

test('release marks the manifest with the time and the request, and changes nothing else', async () => {
  put(MANIFEST);
  await manifests.release(MANIFEST, 'delete-1', Date.UTC(2026, 10, 24));
  expect(bucket.json(KEY)).toEqual({
    ...MANIFEST,
    Released: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete-1' },
  });
  expect(bucket.get(KEY)?.jobId).toBe(JOB);
  expect(await manifests.find(JOB, OWNER)).toHaveProperty('Released');
});
