import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssetCatalog } from '../../local/quicksight';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { HandlerHarness } from '../../testing/handler-harness';
import { startS3 } from '../support/s3-endpoint';

let s3: Awaited<ReturnType<typeof startS3>>;
let harness: HandlerHarness;

const assets = new AssetCatalog()
  .add('datasource/warehouse', { resourceType: 'datasource', dataSourceId: 'warehouse', name: 'Warehouse' })
  .add('dashboard/sales-overview', { resourceType: 'dashboard', dashboardId: 'sales-overview', name: 'Sales overview' })
  .add(
    'dashboard/broken',
    { resourceType: 'dashboard', dashboardId: 'broken', name: 'Broken' },
    { definitionErrors: [{ Type: 'COLUMN_NOT_FOUND', Message: 'The column region does not exist.' }] },
  );

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

beforeEach(async () => {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  });
  const bucket = `artifacts-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  harness = await HandlerHarness.start(s3.endpoint, bucket, { assets });
});
afterEach(() => harness.stop());

const properties = (change: object = {}) => ({ ...PROPERTIES, ArtifactBucket: harness.bucket, ...change });
const create = (change: object = {}) => cloudFormationEvent('Create', { ResourceProperties: properties(change) });

test("a failed job fails with each asset and its error, with the definition's errors, and all of it in the manifest", async () => {
  const failure = await harness
    .deliver(create({ ResourceArns: [assetArn('dashboard/broken'), assetArn('dashboard/missing')] }))
    .then(JSON.stringify, (error: Error) => error.message);
  expect(failure).toContain('FAILED with 2 errors');
  expect(failure).toMatch(/dashboard\/broken: .*has associated errors/);
  expect(failure).toContain('COLUMN_NOT_FOUND: The column region does not exist.');
  expect(failure).toMatch(/dashboard\/missing: ResourceNotFoundException: /);
  const [, key = ''] = /\(all in s3:\/\/[^/]+\/(\S+)\)/.exec(failure) ?? [];
  expect(await harness.manifest(key)).toMatchObject({
    Job: {
      JobStatus: 'FAILED',
      Errors: expect.arrayContaining([
        expect.objectContaining({ Arn: assetArn('dashboard/broken') }),
        expect.objectContaining({ Arn: assetArn('dashboard/missing') }),
      ]),
    },
  });
  expect(await harness.versions()).toEqual([key]);
});

describe('what cannot work fails with a sentence', () => {
  const failing = (change: object = {}) =>
    harness.deliver(create(change)).then(
      () => 'no failure',
      (error: Error) => error.message,
    );

  test('properties that do not decode', async () =>
    expect(await failing({ IncludeTags: 'perhaps' })).toContain('IncludeTags: must be boolean; given: "perhaps"'));

  test('a bucket that is gone', async () => {
    expect(await failing({ ArtifactBucket: 'no-such-bucket-anywhere' })).toContain(
      'The bucket no-such-bucket-anywhere does not exist',
    );
    expect(harness.standIn.jobs).toHaveLength(0);
  });

  test('a bucket without versions', async () => {
    const bucket = `unversioned-${randomUUID()}`;
    await harness.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    expect(await failing({ ArtifactBucket: bucket })).toContain('must have versioning enabled (it is off)');
    expect(harness.standIn.jobs).toHaveLength(0);
  });

  test('a status that nobody knows', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, JobStatus: 'PAUSED' });
    expect(await failing()).toContain("'PAUSED'");
  });

  test('a job that is told otherwise than it was started, and no second one is started', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, ExportFormat: 'CLOUDFORMATION_JSON' });
    expect(await failing()).toContain(
      'describes another job under this id: ExportFormat is "CLOUDFORMATION_JSON", but the request has "QUICKSIGHT_JSON"',
    );
    expect(harness.standIn.jobs).toHaveLength(1);
  });

  test('a link that may not be followed', async () => {
    harness.standIn.describeOverride = (answer) => ({
      ...answer,
      ...(answer.DownloadUrl ? { DownloadUrl: 'https://example.com/bundle?X-Amz-Signature=secret' } : {}),
    });
    const failure = await failing();
    expect(failure).toContain('https://example.com');
    expect(failure).not.toContain('secret');
  });

  test('a success without a link', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, DownloadUrl: undefined });
    expect(await failing()).toContain('has no DownloadUrl (status: SUCCESSFUL)');
  });

  test.each([
    ['neither zip nor JSON', 'plain text', 'it starts with "plain text"'],
    ['empty', '', 'the file is empty'],
    ['JSON', '{"Message":"no"}', 'the file is JSON without Resources'],
    ['half a zip', 'PK\x03\x04 and nothing that follows', 'the zip cannot be read'],
  ])('a file that is %s, and nothing of it stays', async (_, content, words) => {
    harness.standIn.faults.add({ operation: 'Download', kind: 'answer', body: content, times: Infinity });
    expect(await failing()).toContain(words);
    expect(await harness.versions()).toEqual([]);
  });

  test('a key that holds what is not ours, which stays', async () => {
    const { Data } = await harness.deliver(create());
    await harness.deliver(
      cloudFormationEvent('Delete', {
        PhysicalResourceId: Data.JobId ?? '',
        ResourceProperties: properties({ RemovalPolicy: 'DESTROY' }),
      }),
    );
    await harness.s3.send(new PutObjectCommand({ Bucket: harness.bucket, Key: Data.ArtifactKey, Body: 'foreign' }));
    expect(await failing()).toContain('did not write');
    expect((await harness.object(Data.ArtifactKey ?? '')).toString()).toBe('foreign');
  });

  test('a job that does not end in time', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, JobStatus: 'IN_PROGRESS', DownloadUrl: undefined });
    expect(await failing({ TimeoutSeconds: '600' })).toMatch(
      /did not finish within 10 minutes\. Last observation: the job is IN_PROGRESS/,
    );
  });
});
