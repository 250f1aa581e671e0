import { RetryableError, TerminalError } from '../../../lambda/core/errors';
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

  test('removes the artifact of a failed Create, which never had a manifest', async () => {
    dependencies.bucket().drop(keys.manifest);
    dependencies.quickSight.change = () => undefined;
    await dependencies.deliver(remove());
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('keeps an artifact whose manifest is hidden by a delete marker', async () => {
    dependencies.bucket().hide(keys.manifest);
    dependencies.bucket().hide(keys.artifact);
    await dependencies.deliver(remove());
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
    expect(dependencies.bucket().calls.filter((call) => /^(remove|discard)/.test(call))).toEqual([]);
  });

  test.each<[string, object]>([
    ['of a failed job', { Artifact: undefined, Failure: 'The export failed.' }],
    ['of another job', { PhysicalResourceId: 'other' }],
    ['of another version', { ManifestVersion: 2 }],
  ])('keeps a manifest %s unchanged', async (_, change) => {
    const manifest = JSON.stringify({ ...dependencies.bucket().json(keys.manifest), ...change });
    dependencies.bucket().put(keys.manifest, manifest, created.PhysicalResourceId);
    await dependencies.deliver(remove());
    expect(String(dependencies.bucket().get(keys.manifest)?.body)).toBe(manifest);
    expect(messages()).not.toContain('artifact retained');
  });

  test.each<[string, () => Error]>([
    ['access is denied', () => new RetryableError('denied', 'AccessDenied')],
    ['S3 is busy', () => new RetryableError('busy', 'SlowDown')],
    ['the key is disabled', () => new TerminalError('KMS.DisabledException')],
    ['something unexpected happens', () => new TypeError('unexpected')],
  ])('succeeds with a warning when %s for good', async (_, error) => {
    const from = dependencies.time;
    const reason = error().message;
    dependencies.bucket().before = () => {
      throw error();
    };
    await expect(dependencies.deliver(remove())).resolves.toEqual({
      IsComplete: true,
      PhysicalResourceId: created.PhysicalResourceId,
    });
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'warn',
      message: 'artifact retained, but not marked as released',
      bucket: 'artifacts',
      reason,
    });
    expect(dependencies.time - from).toBeLessThan(140_000);
  });

  test.each(['denied', 'busy'] as const)('is repeated while S3 is %s for two minutes', async (kind) => {
    const from = dependencies.time;
    dependencies.bucket().before = () => {
      if (dependencies.time < from + 100_000) throw new RetryableError(kind, 'later');
    };
    await dependencies.deliver(remove());
    expect(dependencies.bucket().json(keys.manifest)).toHaveProperty('Released');
  });

  test('succeeds with a warning when the bucket was deleted', async () => {
    dependencies.bucket().exists = false;
    await dependencies.deliver(remove());
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'warn',
      message: 'nothing to remove: the bucket does not exist',
      bucket: 'artifacts',
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
    const changes = dependencies.bucket().calls.filter((call) => /^(write|remove)/.test(call));
    const other = (extension: string) => keys.artifact.replace(/qs$/, extension);
    expect(changes).toEqual([
      `writeJson ${keys.manifest}`,
      `remove ${keys.manifest} ${keys.artifact} ${other('json')} ${other('write-check')}`,
    ]);
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'info',
      message: 'artifact removed',
      bucket: 'artifacts',
    });
  });

  test('has marked the artifact as released when the removal fails', async () => {
    dependencies.bucket().before = (call) => {
      if (call.startsWith('remove')) throw new TerminalError('No.');
    };
    expect(await dependencies.failure(remove(DESTROY))).toBe('No.');
    expect(dependencies.bucket().json(keys.manifest)).toHaveProperty('Released');
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

describe('a Delete whose Create may still run', () => {
  beforeEach(() => dependencies.bucket().drop(keys.manifest));
  const create = (): Promise<string> =>
    dependencies.failure(
      cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'p/' } }),
    );

  test.each([{}, DESTROY])('leaves a mark and removes the artifact: %j', async (change) => {
    await dependencies.deliver(remove(change));
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
    expect(dependencies.bucket().json(keys.manifest)).toMatchObject({
      PhysicalResourceId: created.PhysicalResourceId,
      Deleted: { RequestId: 'delete' },
    });
    // A repeated delivery of the Delete.
    await dependencies.deliver(remove(change));
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  });

  test('the Create that finds the mark before it copies ends without an artifact', async () => {
    await dependencies.deliver(remove(DESTROY));
    expect(await create()).toMatch(/^CloudFormation deleted the resource .* before its export had ended/);
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  });

  test('the Create that finds the mark after it has copied removes its artifact', async () => {
    dependencies.bucket().drop(keys.artifact);
    let isDeleted = false;
    dependencies.bucket().after = (call) => {
      if (call !== `writeOnce ${keys.artifact}` || isDeleted) return;
      isDeleted = true;
      const mark = {
        ManifestVersion: 1,
        PhysicalResourceId: created.PhysicalResourceId,
        StackId: STACK_ID,
        LogicalResourceId: 'Sales',
        Deleted: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete' },
      };
      dependencies.bucket().put(keys.manifest, JSON.stringify(mark), created.PhysicalResourceId);
    };
    expect(await create()).toMatch(/^CloudFormation deleted the resource/);
    expect(isDeleted).toBe(true);
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  });

  test('leaves a mark when the Create still waits for its job', async () => {
    dependencies.quickSight.change = () => undefined;
    dependencies.bucket().put(keys.artifact.replace(/qs$/, 'write-check'), '', created.PhysicalResourceId);
    await dependencies.deliver(remove(DESTROY));
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
    expect(dependencies.bucket().json(keys.manifest)).toHaveProperty('Deleted');
  });

  test.each<[string, Error]>([
    ['the account has no subscription', new TerminalError('Asset bundles need the Enterprise edition of QuickSight')],
    ['access is denied', new RetryableError('denied', 'AccessDenied')],
    ['the region has no QuickSight', new RetryableError('unresolved', 'no endpoint')],
  ])('leaves no mark, and succeeds, when %s', async (_, error) => {
    dependencies.quickSight.before = () => {
      throw error;
    };
    await dependencies.deliver(remove(DESTROY));
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('leaves no mark when the job never ran', async () => {
    dependencies.quickSight.change = () => undefined;
    await dependencies.deliver(remove(DESTROY));
    expect(dependencies.bucket().keys).toEqual([]);
  });
});
