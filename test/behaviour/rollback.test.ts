import { BucketNotFoundError } from '../../lambda/aws/artifact-store';
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

test('an Update exports anew, and its manifest remembers what was before', async () => {
  const after = await forward();
  expect(after.PhysicalResourceId).not.toBe(before.PhysicalResourceId);
  expect(jobs()).toBe(2);
  expect(dependencies.bucket().json(String(after.Data?.ManifestKey))).toMatchObject({
    PhysicalResourceId: after.PhysicalResourceId,
    PreviousPhysicalResourceId: before.PhysicalResourceId,
  });
});

test('an Update is accepted under the id that the resource has', () => {
  expect(dependencies.accept(update('forward', 'the-id', {}, WITH_TAGS))).toMatchObject({
    PhysicalResourceId: 'the-id',
    RequestedTime: dependencies.time,
  });
});

describe('goes back without a job', () => {
  afterEach(() =>
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({
        message: 'returning the earlier artifact',
        physicalResourceId: before.PhysicalResourceId,
      }),
    ),
  );

  test('from the earlier id', async () => {
    await forward();
    expect(await dependencies.deliver(update('back', before.PhysicalResourceId, WITH_TAGS, {}))).toEqual(before);
    expect(jobs()).toBe(2);
  });

  test('from the new id', async () => {
    const after = await forward();
    expect(await dependencies.deliver(update('back', after.PhysicalResourceId, WITH_TAGS, {}))).toEqual(before);
    expect(jobs()).toBe(2);
  });

  test('when nothing that matters has changed', async () => {
    expect(await forward({ RemovalPolicy: 'DESTROY' })).toEqual(before);
    expect(jobs()).toBe(1);
  });

  test('from another prefix and from another bucket', async () => {
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

  test('from properties that do not decode', async () => {
    const after = await forward();
    const back = update('back', after.PhysicalResourceId, { ExportFormat: 'PDF' }, {});
    expect(await dependencies.deliver(back)).toEqual(before);
  });
});

describe('exports anew', () => {
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

  const anew = async (): Promise<void> => {
    const answer = await back();
    expect(jobs()).toBe(3);
    expect(new Set([before, after, answer].map(({ PhysicalResourceId }) => PhysicalResourceId)).size).toBe(3);
  };

  test('when the earlier artifact was given up', async () => {
    await dependencies.deliver(
      cloudFormationEvent('Delete', { RequestId: 'delete', PhysicalResourceId: before.PhysicalResourceId }),
    );
    await anew();
  });
  test('when the earlier artifact is gone', async () => {
    dependencies.bucket().drop(String(before.Data?.ArtifactKey));
    await anew();
  });
  test('when the earlier manifest is gone', async () => {
    dependencies.bucket().drop(manifestKey());
    await anew();
  });
  test('when the earlier job failed', async () => {
    change({ Artifact: undefined });
    await anew();
  });
  test('when the earlier artifact is of other properties', async () => {
    change({ PropertiesDigest: 'other' });
    await anew();
  });
  test('when the earlier manifest is of another resource', async () => {
    change({ LogicalResourceId: 'Other' });
    await anew();
  });
  test('when the earlier manifest is of another stack', async () => {
    change({ StackId: 'other' });
    await anew();
  });
  test('when it remembers nothing before', async () => {
    const key = String(after.Data?.ManifestKey);
    dependencies
      .bucket()
      .put(
        key,
        JSON.stringify({ ...dependencies.bucket().json(key), PreviousPhysicalResourceId: undefined }),
        after.PhysicalResourceId,
      );
    await anew();
  });
});

describe('where the earlier destination cannot be read', () => {
  let after: Done;
  const elsewhere = { ArtifactBucket: 'other-bucket' };
  beforeEach(async () => {
    after = await forward(elsewhere);
  });
  const back = () => dependencies.deliver(update('back', after.PhysicalResourceId, elsewhere, {}));
  const meets = (error: Error) => {
    dependencies.bucket('other-bucket').before = () => {
      throw error;
    };
  };

  test('for want of a permission, nothing is known of it: it exports anew', async () => {
    meets(new RetryableError('denied', 'AccessDenied'));
    expect((await back()).PhysicalResourceId).not.toBe(before.PhysicalResourceId);
  });

  test.each([new BucketNotFoundError('gone'), new TerminalError('another reason')])(
    'for good (%s), it exports anew',
    async (error) => {
      meets(error);
      expect((await back()).PhysicalResourceId).not.toBe(before.PhysicalResourceId);
    },
  );

  test('for a while, it is waited for', async () => {
    let refusals = 2;
    dependencies.bucket('other-bucket').before = () => {
      if (refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await back()).toEqual(before);
  });

  test('for a reason that nobody foresaw, it fails with that', async () => {
    meets(new RangeError('odd'));
    await expect(back()).rejects.toThrow('RangeError: odd');
  });
});
