import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssetCatalog } from '../../local/quicksight';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { HandlerHarness } from '../../testing/handler-harness';
import { startS3 } from '../support/s3-endpoint';

// A fault that lasts until the timeout takes many requests.
jest.setTimeout(60_000);

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

test('a failed job fails the request with the error of each asset and the errors of its definition, which the manifest has, too', async () => {
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

describe('a Create fails', () => {
  const failureOf = (change: object = {}) =>
    harness.deliver(create(change)).then(
      () => 'no failure',
      (error: Error) => error.message,
    );

  test('with properties that do not decode', async () =>
    expect(await failureOf({ IncludeTags: 'perhaps' })).toContain(
      'IncludeTags: expected true or false, found "perhaps"',
    ));

  test('with a deleted bucket, before a job starts', async () => {
    expect(await failureOf({ ArtifactBucket: 'no-such-bucket-anywhere' })).toContain(
      'The bucket no-such-bucket-anywhere does not exist',
    );
    expect(harness.standIn.jobs).toHaveLength(0);
  });

  test('with a bucket without versioning, before a job starts', async () => {
    const bucket = `unversioned-${randomUUID()}`;
    await harness.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    expect(await failureOf({ ArtifactBucket: bucket })).toContain(`the bucket ${bucket} does not report versioning`);
    expect(harness.standIn.jobs).toHaveLength(0);
  });

  test('with a job that has an unknown status', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, JobStatus: 'PAUSED' });
    expect(await failureOf()).toContain("'PAUSED'");
  });

  test('with a job that Describe returns with other members, and starts no second job', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, ExportFormat: 'CLOUDFORMATION_JSON' });
    expect(await failureOf()).toContain(
      'describes another job under this id: ExportFormat is "CLOUDFORMATION_JSON", but the request has "QUICKSIGHT_JSON"',
    );
    expect(harness.standIn.jobs).toHaveLength(1);
  });

  test('with a link to another host, without its secret', async () => {
    harness.standIn.describeOverride = (answer) => ({
      ...answer,
      ...(answer.DownloadUrl ? { DownloadUrl: 'https://example.com/bundle?X-Amz-Signature=secret' } : {}),
    });
    const failure = await failureOf();
    expect(failure).toContain('https://example.com');
    expect(failure).not.toContain('secret');
  });

  test('with a successful job without a DownloadUrl', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, DownloadUrl: undefined });
    expect(await failureOf()).toContain('has no DownloadUrl (status: SUCCESSFUL)');
  });

  test.each([
    ['neither a zip file nor JSON', 'plain text', 'it starts with "plain text"'],
    ['empty', '', 'the file is empty'],
    ['JSON', '{"Message":"no"}', 'the file is JSON without Resources'],
    ['a truncated zip file', 'PK\x03\x04 and nothing that follows', 'the zip cannot be read'],
  ])('with a bundle that is %s, and stores nothing of it', async (_, content, words) => {
    harness.standIn.faults.add({ operation: 'Download', kind: 'answer', body: content, times: Infinity });
    expect(await failureOf()).toContain(words);
    expect(await harness.versions()).toEqual([expect.stringMatching(/\.manifest\.json$/)]);
  });

  test('with a key that holds the object of somebody else, which remains', async () => {
    const { Data } = await harness.deliver(create());
    await harness.deliver(
      cloudFormationEvent('Delete', {
        PhysicalResourceId: Data.JobId ?? '',
        ResourceProperties: properties({ RemovalPolicy: 'DESTROY' }),
      }),
    );
    await harness.s3.send(new PutObjectCommand({ Bucket: harness.bucket, Key: Data.ArtifactKey, Body: 'foreign' }));
    expect(await failureOf()).toContain('did not write');
    expect((await harness.object(Data.ArtifactKey ?? '')).toString()).toBe('foreign');
  });

  test('with a job that does not end before the timeout', async () => {
    harness.standIn.describeOverride = (answer) => ({ ...answer, JobStatus: 'IN_PROGRESS', DownloadUrl: undefined });
    expect(await failureOf({ TimeoutSeconds: '600' })).toMatch(
      /did not finish within 10 minutes\. Last observation: the job is IN_PROGRESS/,
    );
  });
});
