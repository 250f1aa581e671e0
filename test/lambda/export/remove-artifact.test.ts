import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { removePartialArtifact } from '../../../lambda/export/remove-artifact';
import { cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
import { zip } from '../../../testing/zip';
import type { Done } from '../../support/in-memory-dependencies';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

let bundle: Buffer;
let dependencies: InMemoryDependencies;
let made: Done;
let keys: { artifact: string; manifest: string };
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(async () => {
  dependencies = new InMemoryDependencies(bundle);
  made = await dependencies.deliver(
    cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'p/' } }),
  );
  keys = { artifact: String(made.Data?.ArtifactKey), manifest: String(made.Data?.ManifestKey) };
  dependencies.logged.length = 0;
  dependencies.bucket().calls.length = 0;
});

const remove = (change: object = {}, PhysicalResourceId = made.PhysicalResourceId) =>
  cloudFormationEvent('Delete', {
    RequestId: 'delete',
    PhysicalResourceId,
    ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'p/', ...change },
  });
const DESTROY = { RemovalPolicy: 'DESTROY' };
const messages = (): string[] => dependencies.logged.map(({ message }) => message);

describe('a Delete with RETAIN', () => {
  test('keeps the artifact and marks it as given up, once', async () => {
    const before = dependencies.bucket().json(keys.manifest);
    const at = dependencies.time;
    expect(await dependencies.deliver(remove())).toEqual({
      IsComplete: true,
      PhysicalResourceId: made.PhysicalResourceId,
    });
    expect(dependencies.bucket().json(keys.manifest)).toEqual({
      ...before,
      Released: { Time: new Date(at).toISOString(), RequestId: 'delete' },
    });
    expect(dependencies.bucket().get(keys.manifest)?.jobId).toBe(made.PhysicalResourceId);
    expect(dependencies.bucket().get(keys.artifact)?.body).toEqual(bundle);
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'info',
      message: 'artifact retained',
      bucket: 'artifacts',
      key: keys.artifact,
      jobId: made.PhysicalResourceId,
      requestType: 'Delete',
    });
    const { versionId } = dependencies.bucket().get(keys.manifest) ?? {};
    dependencies.time += 1000;
    await dependencies.deliver(remove());
    expect(dependencies.bucket().get(keys.manifest)?.versionId).toBe(versionId);
  });

  test('removes half an artifact', async () => {
    dependencies.bucket().drop(keys.manifest);
    await dependencies.deliver(remove());
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('leaves the manifest of a failed job, and that of another job, as they are', async () => {
    for (const change of [{ Artifact: undefined }, { PhysicalResourceId: 'other' }]) {
      const manifest = JSON.stringify({ ...dependencies.bucket().json(keys.manifest), ...change });
      dependencies.bucket().put(keys.manifest, manifest, made.PhysicalResourceId);
      await dependencies.deliver(remove());
      expect(String(dependencies.bucket().get(keys.manifest)?.body)).toBe(manifest);
    }
    expect(messages()).not.toContain('artifact retained');
  });

  test('succeeds where the right to the bucket was taken away, and says so', async () => {
    dependencies.bucket().before = () => {
      throw new RetryableError('denied', 'AccessDenied of s3');
    };
    await expect(dependencies.deliver(remove())).resolves.toEqual({
      IsComplete: true,
      PhysicalResourceId: made.PhysicalResourceId,
    });
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'warn',
      message: 'artifact retained, but not marked as released',
      reason: 'AccessDenied of s3',
    });
  });

  test('waits for a busy store', async () => {
    let refusals = 2;
    dependencies.bucket().before = () => {
      if (refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    await dependencies.deliver(remove());
    expect(dependencies.bucket().json(keys.manifest)).toHaveProperty('Released');
  });
});

describe('a Delete with DESTROY', () => {
  test('removes all that this resource wrote, the manifest first, and nothing else', async () => {
    dependencies.bucket().put(keys.artifact, 'an earlier version of somebody else');
    dependencies.bucket().put('p/assetbundle-other.qs', 'foreign', 'other');
    await dependencies.deliver(remove(DESTROY));
    expect(dependencies.bucket().keys).toEqual([keys.artifact, 'p/assetbundle-other.qs'].sort());
    expect(String(dependencies.bucket().get(keys.artifact)?.body)).toContain('somebody else');
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('remove'))).toEqual([
      `remove ${keys.manifest} ${keys.artifact} ${keys.artifact.replace(/qs$/, 'json')}`,
    ]);
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'info',
      message: 'artifact removed',
      bucket: 'artifacts',
    });
  });

  test('waits out a missing permission, and fails with it when it does not come', async () => {
    const from = dependencies.time;
    dependencies.bucket().before = () => {
      if (dependencies.time < from + 30_000) throw new RetryableError('denied', 'AccessDenied');
    };
    await dependencies.deliver(remove(DESTROY));
    expect(dependencies.bucket().keys).toEqual([]);
    dependencies.bucket().before = () => {
      throw new RetryableError('denied', 'AccessDenied');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe('AccessDenied');
  });

  test('fails in our own words, before CloudFormation gives up, when the store stays busy', async () => {
    const from = dependencies.time;
    dependencies.bucket().before = () => {
      throw new RetryableError('busy', 'SlowDown of s3');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe(
      `${made.PhysicalResourceId} could not be deleted within 58 minutes. Last observation: SlowDown of s3. Delete the stack again, or set the removal policy to RETAIN.`,
    );
    expect(dependencies.time - from).toBeLessThanOrEqual((3600 - 120) * 1000);
    expect(dependencies.time - from).toBeGreaterThan(3400 * 1000);
  });

  test('leaves when its time is up, and goes on when it is called again', async () => {
    dependencies.bucket().before = () => {
      throw new RetryableError('busy', 'SlowDown');
    };
    const accepted = dependencies.accept(remove(DESTROY));
    expect(await dependencies.isComplete(accepted, dependencies.time)).toEqual({ IsComplete: false });
    dependencies.bucket().before = () => undefined;
    expect(await dependencies.isComplete(accepted, dependencies.time)).toEqual({
      IsComplete: true,
      PhysicalResourceId: made.PhysicalResourceId,
    });
  });

  test('fails with what the store says', async () => {
    dependencies.bucket().before = () => {
      throw new TerminalError('No.');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe('No.');
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'error',
      message: 'request failed',
      reason: 'No.',
      jobId: made.PhysicalResourceId,
      physicalResourceId: made.PhysicalResourceId,
    });
  });
});

test('what is left of a failed request goes, unless its manifest says that it is whole', async () => {
  const removal = {
    jobId: made.PhysicalResourceId,
    properties: decodeProperties({ ...PROPERTIES, ArtifactPrefix: 'p/' }),
    stackId: STACK_ID,
    logicalResourceId: 'Sales',
  };
  const manifest = dependencies.bucket().json(keys.manifest);
  await removePartialArtifact(removal, dependencies.bucket().store);
  expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  // A manifest that this version cannot read may be one of a complete artifact.
  for (const foreign of ['{}', 'no JSON', JSON.stringify({ ...manifest, ManifestVersion: 2 })]) {
    dependencies.bucket().put(keys.manifest, foreign, made.PhysicalResourceId);
    await removePartialArtifact(removal, dependencies.bucket().store);
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  }
  dependencies
    .bucket()
    .put(keys.manifest, JSON.stringify({ ...manifest, Artifact: undefined }), made.PhysicalResourceId);
  await removePartialArtifact(removal, dependencies.bucket().store);
  expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  dependencies.bucket().drop(keys.manifest);
  dependencies.bucket().put(keys.artifact, bundle, made.PhysicalResourceId);
  await removePartialArtifact(removal, dependencies.bucket().store);
  expect(dependencies.bucket().keys).toEqual([]);
});
