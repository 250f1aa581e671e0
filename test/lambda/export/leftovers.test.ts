import { discardAbandoned, discardPartialArtifact } from '../../../lambda/export/leftovers';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
import { zip } from '../../../testing/zip';
import type { Done } from '../../support/in-memory-dependencies';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

const OWNER = { stackId: STACK_ID, logicalResourceId: 'Sales' };

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
  dependencies.bucket().calls.length = 0;
});

describe('discardPartialArtifact', () => {
  const discardPartial = () =>
    discardPartialArtifact(created.PhysicalResourceId, OWNER, dependencies.bucket().store, 'p/');
  const putManifest = (body: string) => dependencies.bucket().put(keys.manifest, body, created.PhysicalResourceId);
  const manifestWith = (change: object) => JSON.stringify({ ...dependencies.bucket().json(keys.manifest), ...change });

  test('removes an artifact that never had a manifest', async () => {
    dependencies.bucket().drop(keys.manifest);
    await discardPartial();
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('removes an artifact whose manifest has none, and keeps the manifest', async () => {
    const failure = manifestWith({ Artifact: undefined });
    dependencies.bucket().drop(keys.manifest);
    putManifest(failure);
    await discardPartial();
    expect(dependencies.bucket().keys).toEqual([keys.manifest]);
  });

  test.each<[string, () => object]>([
    ['the mark of a deletion', () => ({ Deleted: { Time: '2026-11-24T00:00:00.000Z', RequestId: 'delete' } })],
    ['the manifest of a failure', () => ({ Artifact: undefined, Failure: 'It failed.' })],
  ])('keeps a complete artifact whose manifest was overwritten with %s', async (_, change) => {
    putManifest(manifestWith(change()));
    await discardPartial();
    expect(dependencies.bucket().get(keys.artifact)).toBeDefined();
  });

  test('keeps a complete artifact', async () => {
    await discardPartial();
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  });

  test('keeps an artifact whose manifest is hidden by a delete marker', async () => {
    dependencies.bucket().hide(keys.manifest);
    await discardPartial();
    expect(dependencies.bucket().get(keys.artifact)).toBeDefined();
  });

  test.each([
    ['an empty object', () => '{}'],
    ['no JSON', () => 'no JSON'],
    ['of another version', () => manifestWith({ ManifestVersion: 2 })],
    ['of another resource', () => manifestWith({ LogicalResourceId: 'Marketing' })],
  ])(
    'keeps an artifact whose manifest is %s, because that may be the manifest of a complete artifact',
    async (_, body) => {
      putManifest(body());
      await discardPartial();
      expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
    },
  );
});

describe('discardAbandoned', () => {
  const REQUESTED_TIME = Date.UTC(2026, 10, 24);
  const HOUR_MS = 3_600_000;
  const discard = (jobId = 'present') =>
    discardAbandoned(OWNER, { jobId, requestedTime: REQUESTED_TIME }, dependencies.bucket().store, 'p/');

  test('removes the artifact of another request of this resource that never had a manifest', async () => {
    dependencies.bucket().drop(keys.manifest);
    await discard();
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('keeps an artifact that is older than a stack operation, because its manifest may have been removed', async () => {
    dependencies.bucket().drop(keys.manifest);
    dependencies.bucket().modifiedTime = REQUESTED_TIME - 24 * HOUR_MS;
    await discard();
    expect(dependencies.bucket().keys).toEqual([keys.artifact]);
    dependencies.bucket().modifiedTime = REQUESTED_TIME - 23 * HOUR_MS;
    await discard();
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('removes the empty object of a write check beside a complete artifact', async () => {
    dependencies.bucket().put(keys.artifact.replace(/qs$/, 'write-check'), '', created.PhysicalResourceId);
    await discard();
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
  });

  test('removes the empty object of a write check', async () => {
    const check = keys.artifact.replace(/qs$/, 'write-check');
    dependencies.bucket().drop(keys.manifest);
    dependencies.bucket().drop(keys.artifact);
    dependencies.bucket().put(check, '', created.PhysicalResourceId);
    await discard();
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('keeps a complete artifact, also when a delete marker hides its manifest', async () => {
    await discard();
    dependencies.bucket().hide(keys.manifest);
    await discard();
    expect(dependencies.bucket().keys).toEqual([keys.manifest, keys.artifact].sort());
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('discard'))).toEqual([]);
  });

  test('keeps the artifact of the present request', async () => {
    dependencies.bucket().drop(keys.manifest);
    await discard(created.PhysicalResourceId);
    expect(dependencies.bucket().keys).toEqual([keys.artifact]);
  });

  test('keeps the artifacts of other resources, whatever their names', async () => {
    const ids = [
      jobIdOf({ StackId: STACK_ID, LogicalResourceId: 'SalesReport', RequestId: 'r' }),
      jobIdOf({ StackId: STACK_ID.replace('51af', '51ae'), LogicalResourceId: 'Sales', RequestId: 'r' }),
    ];
    const others = ids.map((id) => `p/assetbundle-${id}.qs`);
    others.forEach((key, index) => dependencies.bucket().put(key, 'x', ids[index]));
    await discard();
    expect(dependencies.bucket().keys).toEqual(expect.arrayContaining(others));
  });
});
