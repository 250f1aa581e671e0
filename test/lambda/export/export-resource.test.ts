import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { zip } from '../../../testing/zip';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

let bundle: Buffer;
let dependencies: InMemoryDependencies;
let jobId: string;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(async () => {
  dependencies = new InMemoryDependencies(bundle);
  ({ PhysicalResourceId: jobId } = await dependencies.deliver(cloudFormationEvent('Create')));
  dependencies.bucket().calls.length = 0;
});

const remove = (change: object = {}, PhysicalResourceId = jobId) =>
  cloudFormationEvent('Delete', {
    RequestId: 'delete',
    PhysicalResourceId,
    ResourceProperties: { ...PROPERTIES, ...change },
  });

test('a Create logs the host that its bundle comes from', () => {
  expect(dependencies.logged).toContainEqual(
    expect.objectContaining({
      level: 'info',
      message: 'download started',
      jobId,
      host: 'bundles.s3.us-east-1.amazonaws.com',
    }),
  );
});

describe('a Delete of a resource that was never created', () => {
  test.each([
    ['has an id that is not a job id', {}, 'some/other id'],
    ['has an id that only contains a job id', {}, 'x y'],
    ['has an empty id', {}, ''],
    ['has an id that is too long', {}, 'x'.repeat(513)],
    ['has properties without a bucket', { ArtifactBucket: undefined }, 'x'],
  ])('succeeds without a call to the bucket when it %s', async (_, change, id) => {
    expect(await dependencies.deliver(remove(change, id))).toEqual({ IsComplete: true, PhysicalResourceId: id });
    expect(dependencies.bucket().calls).toEqual([]);
    expect(dependencies.logged.at(-1)).toMatchObject({
      level: 'warn',
      message: 'nothing removed: the resource was never created',
    });
  });
});

test.each([
  ['a removed format', { ExportFormat: 'PDF' }],
  ['a member that only another version knows', { Later: 'x' }],
])('a Delete needs bucket, prefix and removal policy alone: %s', async (_, change) => {
  await dependencies.deliver(remove({ ...change, RemovalPolicy: 'DESTROY' }));
  expect(dependencies.bucket().keys).toEqual([]);
});

test('a Delete with an unknown removal policy retains the artifact', async () => {
  await dependencies.deliver(remove({ RemovalPolicy: 'SNAPSHOT' }));
  expect(dependencies.bucket().keys).toHaveLength(2);
});

test('a Delete with an id of 512 characters reads the manifest of that id', async () => {
  await dependencies.deliver(remove({}, 'x'.repeat(512)));
  expect(dependencies.bucket().calls).toContain(`readJson assetbundle-${'x'.repeat(512)}.manifest.json`);
});

test.each([{}, { RemovalPolicy: 'DESTROY' }])('a Delete succeeds when the bucket was deleted: %j', async (change) => {
  dependencies.bucket().exists = false;
  expect(await dependencies.deliver(remove(change))).toEqual({ IsComplete: true, PhysicalResourceId: jobId });
});
