import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { removePartialArtifact } from '../../../lambda/export/remove-artifact';
import { cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
import { zip } from '../../../testing/zip';
import type { Done } from '../../support/in-memory-dependencies';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

let bundle: Buffer;
let dependencies: InMemoryDependencies;
let created: Done;
let keys: { artifact: string; manifest: string };
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(async () => {
  dependencies = new InMemoryDependencies(bundle);
  created = await dependencies.deliver(
    cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'p/' } }),
  );
  keys = { artifact: String(created.Data?.ArtifactKey), manifest: String(created.Data?.ManifestKey) };
  dependencies.logged.length = 0;
  dependencies.bucket().calls.length = 0;
});

const remove = (change: object = {}, PhysicalResourceId = created.PhysicalResourceId) =>
  cloudFormationEvent('Delete', {
    RequestId: 'delete',
    PhysicalResourceId,
    ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'p/', ...change },
  });
const DESTROY = { RemovalPolicy: 'DESTROY' };
const messages = (): string[] => dependencies.logged.map(({ message }) => message);

describe('a Delete with RETAIN', () => {
  test('retains the artifact and marks it as released, once', async () => {
    const before = dependencies.bucket().json(keys.manifest);
    const deletedTime = dependencies.time;
    expect(await dependencies.deliver(remove())).toEqual({
      IsComplete: true,
      PhysicalResourceId: created.PhysicalResourceId,
    });
    expect(dependencies.bucket().json(keys.manifest)).toEqual({
      ...before,
      Released: { Time: new Date(deletedTime).toISOString(), RequestId: 'delete' },
    });
    expect(dependencies.bucket().get(keys.manifest)?.jobId).toBe(created.PhysicalResourceId);
    expect(dependencies.bucket().get(keys.artifact)?.body).toEqual(bundle);
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'info',
      message: 'artifact retained',
      bucket: 'artifacts',
      key: keys.artifact,
      jobId: created.PhysicalResourceId,
      requestType: 'Delete',
    });
    const { versionId } = dependencies.bucket().get(keys.manifest) ?? {};
    dependencies.time += 1000;
    await dependencies.deliver(remove());
    expect(dependencies.bucket().get(keys.manifest)?.versionId).toBe(versionId);
  });

  test('removes an artifact without a manifest', async () => {
    dependencies.bucket().drop(keys.manifest);
    await dependencies.deliver(remove());
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('keeps the manifest of a failed job and the manifest of another job unchanged', async () => {
    const original = dependencies.bucket().json(keys.manifest);
    for (const change of [{ Artifact: undefined }, { PhysicalResourceId: 'other' }]) {
      const manifest = JSON.stringify({ ...original, ...change });
      dependencies.bucket().put(keys.manifest, manifest, created.PhysicalResourceId);
      await dependencies.deliver(remove());
      expect(String(dependencies.bucket().get(keys.manifest)?.body)).toBe(manifest);
    }
    expect(messages()).not.toContain('artifact retained');
  });

  test('succeeds when the access to the bucket was revoked, and logs a warning', async () => {
    dependencies.bucket().before = () => {
      throw new RetryableError('denied', 'AccessDenied');
    };
    await expect(dependencies.deliver(remove())).resolves.toEqual({
      IsComplete: true,
      PhysicalResourceId: created.PhysicalResourceId,
    });
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'warn',
      message: 'artifact retained, but not marked as released',
      reason: 'AccessDenied',
    });
  });

  test('is repeated while S3 is busy', async () => {
    let refusals = 2;
    dependencies.bucket().before = () => {
      if (refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    await dependencies.deliver(remove());
    expect(dependencies.bucket().json(keys.manifest)).toHaveProperty('Released');
  });
});

describe('a Delete with DESTROY', () => {
  test('removes every object of this resource, the manifest first, and no other object', async () => {
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

  test('is repeated while a permission propagates, and fails when the permission never arrives', async () => {
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

  test('fails before CloudFormation times out when S3 remains busy', async () => {
    const from = dependencies.time;
    dependencies.bucket().before = () => {
      throw new RetryableError('busy', 'SlowDown');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe(
      `${created.PhysicalResourceId} could not be deleted within 58 minutes. Last observation: SlowDown. Delete the stack again, or set the removal policy to RETAIN.`,
    );
    expect(dependencies.time - from).toBeLessThanOrEqual((3600 - 120) * 1000);
    expect(dependencies.time - from).toBeGreaterThan(3400 * 1000);
  });

  test('is not complete when the invocation ends, and continues in the next one', async () => {
    dependencies.bucket().before = () => {
      throw new RetryableError('busy', 'SlowDown');
    };
    const accepted = dependencies.accept(remove(DESTROY));
    expect(await dependencies.isComplete(accepted, dependencies.time)).toEqual({ IsComplete: false });
    dependencies.bucket().before = () => undefined;
    expect(await dependencies.isComplete(accepted, dependencies.time)).toEqual({
      IsComplete: true,
      PhysicalResourceId: created.PhysicalResourceId,
    });
  });

  test('fails with the error of the store', async () => {
    dependencies.bucket().before = () => {
      throw new TerminalError('No.');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe('No.');
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'error',
      message: 'request failed',
      reason: 'No.',
      jobId: created.PhysicalResourceId,
      physicalResourceId: created.PhysicalResourceId,
    });
  });
});

describe('the partial artifact of a failed request', () => {
  const removePartial = () =>
    removePartialArtifact(
      {
        jobId: created.PhysicalResourceId,
        properties: decodeProperties({ ...PROPERTIES, ArtifactPrefix: 'p/' }),
        stackId: STACK_ID,
        logicalResourceId: 'Sales',
      },
      dependencies.bucket().store,
    );
  const putManifest = (body: string) => dependencies.bucket().put(keys.manifest, body, created.PhysicalResourceId);
  const manifestWith = (change: object) => JSON.stringify({ ...dependencies.bucket().json(keys.manifest), ...change });

  test('is removed when it has no manifest', async () => {
    dependencies.bucket().drop(keys.manifest);
    await removePartial();
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('is removed when its manifest has no artifact, and the manifest remains', async () => {
    putManifest(manifestWith({ Artifact: undefined }));
    await removePartial();
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  });

  test('is complete, and remains, when its manifest has an artifact', async () => {
    await removePartial();
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  });

  test.each([
    ['an empty object', () => '{}'],
    ['no JSON', () => 'no JSON'],
    ['of another version', () => manifestWith({ ManifestVersion: 2 })],
    ['of another resource', () => manifestWith({ LogicalResourceId: 'Marketing' })],
  ])('remains when its manifest is %s, because that may be the manifest of a complete artifact', async (_, body) => {
    putManifest(body());
    await removePartial();
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  });
});
