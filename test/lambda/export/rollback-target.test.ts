import { BucketNotFoundError } from '../../../lambda/aws/s3-bucket';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import type { ExportResourceRequest } from '../../../lambda/export/export-request';
import type { Manifest } from '../../../lambda/export/manifest';
import { findRollbackTarget, jobDurationMs } from '../../../lambda/export/rollback-target';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { PROPERTIES } from '../../../testing/cloudformation-events';
import { InMemoryBucket } from '../../support/in-memory-bucket';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/House/1';
const idOf = (RequestId: string) => jobIdOf({ StackId: STACK_ID, LogicalResourceId: 'Sales', RequestId });
const [FIRST, SECOND] = [idOf('request-1'), idOf('request-2')];
const REQUESTED_TIME = Date.UTC(2026, 10, 24, 12);
const DIGEST = 'ab'.repeat(32);
const OTHER_DIGEST = 'cd'.repeat(32);

let bucket: InMemoryBucket;
let previousBucket: InMemoryBucket;
let now: number;
beforeEach(() => {
  bucket = new InMemoryBucket('artifacts');
  previousBucket = new InMemoryBucket('previous');
  now = REQUESTED_TIME;
});

/** Stores an artifact and its manifest. Returns the manifest. */
function exported(jobId: string, change: Partial<Manifest> = {}, into = bucket): Manifest {
  const key = `assetbundle-${jobId}.qs`;
  const time = new Date(REQUESTED_TIME - 60_000).toISOString();
  const manifest = {
    ManifestVersion: 1,
    PhysicalResourceId: jobId,
    StackId: STACK_ID,
    LogicalResourceId: 'Sales',
    RequestId: jobId === FIRST ? 'request-1' : 'request-2',
    PropertiesDigest: DIGEST,
    Job: {},
    Timings: { RequestedTime: time, FinishedTime: time, AnsweredTime: time },
    Artifact: {
      Bucket: into.name,
      Key: key,
      VersionId: into.put(key, 'bundle', jobId),
      Size: 6,
      // printf bundle | sha256sum
      Sha256: '1e6ed65d77d6364eeaed5a745ba5c4985ae2b700dd85d7cf7f027bdf294a33fc',
      ContentDigest: DIGEST,
    },
    ...change,
  } as Manifest;
  into.put(`assetbundle-${jobId}.manifest.json`, JSON.stringify(manifest), jobId);
  return manifest;
}

/** A request for the properties of the first export. */
const find = (previousPhysicalResourceId: string | undefined, withPreviousProperties = true) =>
  findRollbackTarget(
    {
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      properties: decodeProperties(PROPERTIES),
      propertiesDigest: DIGEST,
      requestedTime: REQUESTED_TIME,
      ...(previousPhysicalResourceId !== undefined && { previousPhysicalResourceId }),
      ...(withPreviousProperties && { previousProperties: decodeProperties(PROPERTIES) }),
    } as ExportResourceRequest,
    bucket.store,
    previousBucket.store,
    now,
  );

test('a Create has no rollback target and reads nothing', async () => {
  exported(FIRST);
  expect(await find(undefined)).toEqual({});
  expect(bucket.calls).toEqual([]);
});

test('the artifact of the present id is the target when it has the requested properties', async () => {
  const first = exported(FIRST);
  expect(await find(FIRST)).toEqual({ current: first, target: first });
});

test('the artifact before the present id is the target when the present one has other properties', async () => {
  const first = exported(FIRST);
  const second = exported(SECOND, { PropertiesDigest: OTHER_DIGEST, PreviousPhysicalResourceId: FIRST });
  expect(await find(SECOND)).toEqual({ current: second, target: first });
});

describe('the artifact before the present id', () => {
  const answered = (hours: number) => {
    const time = new Date(REQUESTED_TIME - hours * 3_600_000).toISOString();
    return exported(SECOND, {
      PropertiesDigest: OTHER_DIGEST,
      PreviousPhysicalResourceId: FIRST,
      Timings: { RequestedTime: time, FinishedTime: time, AnsweredTime: time },
    });
  };

  test('is the target up to 24 hours after the present one, however old it is itself', async () => {
    const long = '2020-01-01T00:00:00.000Z';
    const first = exported(FIRST, { Timings: { RequestedTime: long, FinishedTime: long, AnsweredTime: long } });
    const second = answered(23.9);
    expect(await find(SECOND)).toEqual({ current: second, target: first });
  });

  test('is not the target when the present one was answered in the future', async () => {
    exported(FIRST);
    const second = answered(-1);
    expect(await find(SECOND)).toEqual({ current: second });
  });

  test('is not the target later: no stack operation takes so long', async () => {
    exported(FIRST);
    const second = answered(24);
    expect(await find(SECOND)).toEqual({ current: second });
  });
});

test('the present artifact may be in the bucket of the previous properties', async () => {
  const first = exported(FIRST);
  const second = exported(
    SECOND,
    { PropertiesDigest: OTHER_DIGEST, PreviousPhysicalResourceId: FIRST },
    previousBucket,
  );
  expect(await find(SECOND)).toEqual({ current: second, target: first });
});

test('the bucket of previous properties that do not decode is not read', async () => {
  exported(SECOND, { PropertiesDigest: OTHER_DIGEST }, previousBucket);
  expect(await find(SECOND, false)).toEqual({});
  expect(previousBucket.calls).toEqual([]);
});

test.each<[string, Partial<Manifest>]>([
  ['has other properties', { PropertiesDigest: OTHER_DIGEST }],
  ['has no artifact, because its job failed', { Artifact: undefined }],
  ['was released by a Delete', { Released: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete' } }],
])('an export that %s is not a target', async (_, change) => {
  const first = exported(FIRST, change);
  expect(await find(FIRST)).toEqual({ current: JSON.parse(JSON.stringify(first)) });
});

test('an export whose artifact was deleted is not a target', async () => {
  const first = exported(FIRST);
  bucket.drop(`assetbundle-${FIRST}.qs`);
  expect(await find(FIRST)).toEqual({ current: first });
});

test('an export of another resource is not even the present one', async () => {
  exported(FIRST, { LogicalResourceId: 'Marketing' });
  expect(await find(FIRST)).toEqual({});
});

test('a present manifest that S3 cannot return counts as missing', async () => {
  exported(FIRST);
  bucket.before = () => {
    throw new TerminalError('KMS.DisabledException');
  };
  expect(await find(FIRST)).toEqual({});
});

test.each([new BucketNotFoundError('deleted'), new RetryableError('denied', 'AccessDenied')])(
  'the present bucket fails the step with %s',
  async (error) => {
    bucket.before = () => {
      throw error;
    };
    await expect(find(FIRST)).rejects.toBe(error);
  },
);

describe('a previous bucket that fails', () => {
  const failWith = (error: Error): void => {
    previousBucket.before = () => {
      throw error;
    };
  };

  test.each([new TerminalError('deleted'), new RetryableError('denied', 'AccessDenied')])(
    'counts as empty after %s',
    async (error) => {
      failWith(error);
      expect(await find(SECOND)).toEqual({});
    },
  );

  test('counts as empty when it has been busy for two minutes', async () => {
    failWith(new RetryableError('busy', 'SlowDown'));
    now = REQUESTED_TIME + 120_001;
    expect(await find(SECOND)).toEqual({});
  });

  test.each([new RetryableError('busy', 'SlowDown'), new RangeError('unexpected')])(
    'fails the step with %s',
    async (error) => {
      failWith(error);
      await expect(find(SECOND)).rejects.toBe(error);
    },
  );
});

test.each([
  ['2026-11-24T12:00:00.000Z', 10_000],
  ['2026-11-24T12:00:10.000Z', undefined],
  ['2026-11-24T12:01:00.000Z', undefined],
  [undefined, undefined],
])('a job that was created at %s and finished at 12:00:10 took %s ms', (CreatedTime, duration) => {
  const Timings = { RequestedTime: '', CreatedTime, FinishedTime: '2026-11-24T12:00:10.000Z', AnsweredTime: '' };
  expect(jobDurationMs({ Timings } as Manifest)).toBe(duration);
});
