import { BucketNotFoundError } from '../../lambda/aws/s3-bucket';
import { RetryableError, TerminalError } from '../../lambda/core/errors';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import type { Done } from '../support/in-memory-dependencies';
import { InMemoryDependencies } from '../support/in-memory-dependencies';

let bundle: Buffer;
let dependencies: InMemoryDependencies;
let before: Done;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(async () => {
  dependencies = new InMemoryDependencies(bundle);
  before = await dependencies.deliver(cloudFormationEvent('Create'));
});

const properties = (change: object) => ({ ...PROPERTIES, ...change });
const update = (RequestId: string, PhysicalResourceId: string, from: object, to: object) =>
  cloudFormationEvent('Update', {
    RequestId,
    PhysicalResourceId,
    OldResourceProperties: properties(from),
    ResourceProperties: properties(to),
  });
const WITH_TAGS = { IncludeTags: 'true' };
const jobs = (): number => dependencies.quickSight.starts.length;
const forward = (to: object = WITH_TAGS) => dependencies.deliver(update('forward', before.PhysicalResourceId, {}, to));

test('an Update runs a new export, and its manifest has the previous physical id', async () => {
  const after = await forward();
  expect(after.PhysicalResourceId).not.toBe(before.PhysicalResourceId);
  expect(jobs()).toBe(2);
  expect(dependencies.bucket().json(String(after.Data?.ManifestKey))).toMatchObject({
    PhysicalResourceId: after.PhysicalResourceId,
    PreviousPhysicalResourceId: before.PhysicalResourceId,
  });
});

test('onEvent keeps the physical id of the resource in an Update', () => {
  expect(dependencies.accept(update('forward', 'the-id', {}, WITH_TAGS))).toMatchObject({
    PhysicalResourceId: 'the-id',
    RequestedTime: dependencies.time,
  });
});

describe('an Update returns the earlier artifact without a job', () => {
  afterEach(() =>
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({
        message: 'returning the earlier artifact',
        physicalResourceId: before.PhysicalResourceId,
      }),
    ),
  );

  test('when its physical id is the one of the earlier artifact', async () => {
    await forward();
    expect(await dependencies.deliver(update('back', before.PhysicalResourceId, WITH_TAGS, {}))).toEqual(before);
    expect(jobs()).toBe(2);
  });

  test('when its physical id is the one of the artifact after it', async () => {
    const after = await forward();
    expect(await dependencies.deliver(update('back', after.PhysicalResourceId, WITH_TAGS, {}))).toEqual(before);
    expect(jobs()).toBe(2);
  });

  test('when no property of the artifact has changed', async () => {
    expect(await forward({ RemovalPolicy: 'DESTROY' })).toEqual(before);
    expect(jobs()).toBe(1);
  });

  test('when the failed Update had another prefix or another bucket', async () => {
    for (const elsewhere of [{ ArtifactPrefix: 'elsewhere/' }, { ArtifactBucket: 'other-bucket' }]) {
      const after = await dependencies.deliver(
        update(`to-${Object.keys(elsewhere).join()}`, before.PhysicalResourceId, {}, elsewhere),
      );
      expect(after.PhysicalResourceId).not.toBe(before.PhysicalResourceId);
      const started = jobs();
      expect(
        await dependencies.deliver(
          update(`back-${Object.keys(elsewhere).join()}`, after.PhysicalResourceId, elsewhere, {}),
        ),
      ).toEqual(before);
      expect(jobs()).toBe(started);
    }
  });

  test('when the properties of the failed Update do not decode', async () => {
    const after = await forward();
    const back = update('back', after.PhysicalResourceId, { ExportFormat: 'PDF' }, {});
    expect(await dependencies.deliver(back)).toEqual(before);
  });
});

describe('an Update runs a new export', () => {
  let after: Done;
  beforeEach(async () => {
    after = await forward();
  });
  afterEach(() =>
    expect(dependencies.logged.map(({ message }) => message)).not.toContain('returning the earlier artifact'),
  );
  const back = () => dependencies.deliver(update('back', after.PhysicalResourceId, WITH_TAGS, {}));
  const manifestKey = () => String(before.Data?.ManifestKey);
  const change = (more: object) =>
    dependencies
      .bucket()
      .put(
        manifestKey(),
        JSON.stringify({ ...dependencies.bucket().json(manifestKey()), ...more }),
        before.PhysicalResourceId,
      );

  const expectNewExport = async (): Promise<void> => {
    const answer = await back();
    expect(jobs()).toBe(3);
    expect(new Set([before, after, answer].map(({ PhysicalResourceId }) => PhysicalResourceId)).size).toBe(3);
  };

  test('when a Delete released the earlier artifact', async () => {
    await dependencies.deliver(
      cloudFormationEvent('Delete', { RequestId: 'delete', PhysicalResourceId: before.PhysicalResourceId }),
    );
    await expectNewExport();
  });
  test('when the earlier artifact was deleted', async () => {
    dependencies.bucket().drop(String(before.Data?.ArtifactKey));
    await expectNewExport();
  });
  test('when the earlier manifest was deleted', async () => {
    dependencies.bucket().drop(manifestKey());
    await expectNewExport();
  });
  test('when the earlier job failed', async () => {
    change({ Artifact: undefined });
    await expectNewExport();
  });
  test('when the earlier artifact has other properties', async () => {
    change({ PropertiesDigest: 'other' });
    await expectNewExport();
  });
  test('when the earlier manifest belongs to another resource', async () => {
    change({ LogicalResourceId: 'Other' });
    await expectNewExport();
  });
  test('when the earlier manifest belongs to another stack', async () => {
    change({ StackId: 'other' });
    await expectNewExport();
  });
  test('when the present manifest has no previous physical id', async () => {
    const key = String(after.Data?.ManifestKey);
    dependencies
      .bucket()
      .put(
        key,
        JSON.stringify({ ...dependencies.bucket().json(key), PreviousPhysicalResourceId: undefined }),
        after.PhysicalResourceId,
      );
    await expectNewExport();
  });
});

describe('an Update whose previous bucket cannot be read', () => {
  let after: Done;
  const elsewhere = { ArtifactBucket: 'other-bucket' };
  beforeEach(async () => {
    after = await forward(elsewhere);
  });
  const back = () => dependencies.deliver(update('back', after.PhysicalResourceId, elsewhere, {}));
  const failWith = (error: Error) => {
    dependencies.bucket('other-bucket').before = () => {
      throw error;
    };
  };

  test('runs a new export when a permission is missing', async () => {
    failWith(new RetryableError('denied', 'AccessDenied'));
    expect((await back()).PhysicalResourceId).not.toBe(before.PhysicalResourceId);
  });

  test.each<[string, Error]>([
    ['the bucket was deleted', new BucketNotFoundError('deleted')],
    ['S3 rejected the call', new TerminalError('rejected')],
  ])('runs a new export when %s', async (_, error) => {
    failWith(error);
    expect((await back()).PhysicalResourceId).not.toBe(before.PhysicalResourceId);
  });

  test('is repeated while S3 is busy', async () => {
    let refusals = 2;
    dependencies.bucket('other-bucket').before = () => {
      if (refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await back()).toEqual(before);
  });

  test('fails with an unexpected error', async () => {
    failWith(new RangeError('unexpected'));
    await expect(back()).rejects.toThrow('RangeError: unexpected');
  });
});
