import { createHash, randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ATTRIBUTES } from '../../lib/contract/export-resource';
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

test('a Create ends with the bundle in S3 byte for byte, its manifest beside it, and every attribute', async () => {
  let served = Buffer.alloc(0);
  const { PhysicalResourceId, Data } = await harness.deliver(create({ ArtifactPrefix: 'exports/' }), {
    dependencies: {
      ...harness.dependencies,
      fetch: async (link, range) => {
        const download = await harness.dependencies.fetch(link, range);
        download.body.on('data', (chunk: Buffer) => {
          served = Buffer.concat([served, chunk]);
        });
        return download;
      },
    },
  });
  expect(Object.keys(Data)).toEqual([...ATTRIBUTES]);
  const { ArtifactKey = '', ArtifactVersionId = '', ManifestKey = '' } = Data;
  expect(ArtifactKey).toBe(`exports/assetbundle-${PhysicalResourceId}.qs`);
  const artifact = await harness.object(ArtifactKey, ArtifactVersionId);
  expect(artifact.equals(served)).toBe(true);
  expect(Data).toMatchObject({
    JobStatus: 'SUCCESSFUL',
    JobId: PhysicalResourceId,
    JobArn: assetArn(`asset-bundle-export-job/${PhysicalResourceId}`),
    ExportFormat: 'QUICKSIGHT_JSON',
    ArtifactBucket: harness.bucket,
    ArtifactS3Uri: `s3://${harness.bucket}/${ArtifactKey}`,
    ArtifactSha256: createHash('sha256').update(artifact).digest('hex'),
    ArtifactSize: String(artifact.length),
    AssetCount: '1',
    WarningCount: '0',
  });
  const manifest = await harness.manifest(ManifestKey);
  expect(manifest).toMatchObject({
    Job: {
      JobStatus: 'SUCCESSFUL',
      ResourceArns: PROPERTIES.ResourceArns,
      IncludeAllDependencies: false,
      AwsAccountId: '123456789012',
    },
    Assets: [{ Type: 'dashboard', Id: 'sales-overview', Name: 'Sales overview' }],
    Artifact: { VersionId: ArtifactVersionId },
  });
  expect(JSON.stringify(manifest)).not.toMatch(/DownloadUrl|X-Amz-/);
});

test('a CLOUDFORMATION_JSON export ends with a JSON template', async () => {
  const { Data } = await harness.deliver(create({ ExportFormat: 'CLOUDFORMATION_JSON' }));
  expect(Data.ArtifactKey).toMatch(/\.json$/);
  expect(JSON.parse((await harness.object(Data.ArtifactKey ?? '')).toString())).toHaveProperty('Resources');
  expect(Data.AssetCount).toBe('1');
});

test('an s3:// link is read with the SDK', async () => {
  const other: HandlerHarness = await HandlerHarness.start(s3.endpoint, harness.bucket, {
    assets,
    linkScheme: 's3',
    bucket: harness.bucket,
    putObject: async (Bucket, Key, Body) => {
      await harness.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
  });
  try {
    const { Data } = await other.deliver(create());
    expect(Data.AssetCount).toBe('1');
    expect((await other.object(Data.ArtifactKey ?? '')).subarray(0, 2).toString()).toBe('PK');
  } finally {
    await other.stop();
  }
});

test('a Create that is delivered again returns the same response and starts no second job', async () => {
  const first = await harness.deliver(create());
  expect(await harness.deliver(create())).toEqual(first);
  expect(harness.standIn.jobs).toHaveLength(1);
  expect(await harness.versions()).toEqual([first.Data.ArtifactKey, first.Data.ManifestKey].sort());
});

test('two deliveries at the same time end with the same artifact of one job', async () => {
  const [one, other] = await Promise.all([harness.deliver(create()), harness.deliver(create())]);
  expect(other).toEqual(one);
  expect(harness.standIn.jobs).toHaveLength(1);
  expect(await harness.versions()).toHaveLength(2);
});

test('a job with the same id of an earlier request is not adopted', async () => {
  const { PhysicalResourceId } = await harness.deliver(create({ ArtifactPrefix: 'earlier/' }));
  harness.pass(2 * 3600 * 1000);
  const { PhysicalResourceId: again } = await harness.deliver(create({ ArtifactPrefix: 'later/' }));
  expect(again).toBe(PhysicalResourceId);
  expect(harness.standIn.jobs).toHaveLength(2);
});

describe('an Update', () => {
  const update = (PhysicalResourceId: string, from: object, to: object, RequestId = 'request-2') =>
    cloudFormationEvent('Update', {
      RequestId,
      PhysicalResourceId,
      OldResourceProperties: properties(from),
      ResourceProperties: properties(to),
    });
  const withTags = { IncludeTags: 'true' };

  test('runs a new export under another id and key, and the earlier artifact remains', async () => {
    const before = await harness.deliver(create());
    const after = await harness.deliver(update(before.PhysicalResourceId, {}, withTags));
    expect(after.PhysicalResourceId).not.toBe(before.PhysicalResourceId);
    expect(after.Data.ArtifactKey).not.toBe(before.Data.ArtifactKey);
    expect(await harness.object(before.Data.ArtifactKey ?? '', before.Data.ArtifactVersionId)).toBeDefined();
  });

  test('of the removal policy alone runs no export', async () => {
    const before = await harness.deliver(create());
    expect(await harness.deliver(update(before.PhysicalResourceId, {}, { RemovalPolicy: 'DESTROY' }))).toEqual(before);
    expect(harness.standIn.jobs).toHaveLength(1);
  });

  test.each(['with the earlier id', 'with the new id'])(
    'that is rolled back %s returns the earlier response without a job',
    async (id) => {
      const before = await harness.deliver(create());
      const after = await harness.deliver(update(before.PhysicalResourceId, {}, withTags));
      const physicalId = id === 'with the earlier id' ? before.PhysicalResourceId : after.PhysicalResourceId;
      expect(await harness.deliver(update(physicalId, withTags, {}, 'request-3'))).toEqual(before);
      expect(harness.standIn.jobs).toHaveLength(2);
    },
  );

  test('that leaves a deleted bucket succeeds', async () => {
    const before = await harness.deliver(create());
    await expect(
      harness.deliver(update(before.PhysicalResourceId, { ArtifactBucket: 'no-such-bucket-anywhere' }, withTags)),
    ).resolves.toMatchObject({ Data: { JobStatus: 'SUCCESSFUL' } });
  });

  test('polls a five-minute job at most 130 times, and at most 40 times when the last export took as long', async () => {
    const fiveMinutes: HandlerHarness = await HandlerHarness.start(s3.endpoint, harness.bucket, {
      assets,
      durations: { queuedMs: 10_000, runningMs: 290_000 },
    });
    try {
      const before = await fiveMinutes.deliver(create());
      const first = fiveMinutes.calls('DescribeAssetBundleExportJob');
      expect(first).toBeLessThanOrEqual(130);
      await fiveMinutes.deliver(update(before.PhysicalResourceId, {}, withTags));
      expect(fiveMinutes.calls('DescribeAssetBundleExportJob') - first).toBeLessThanOrEqual(40);
    } finally {
      await fiveMinutes.stop();
    }
  });

  test('that returns to earlier properties in a later deployment runs a new export', async () => {
    const before = await harness.deliver(create());
    const after = await harness.deliver(update(before.PhysicalResourceId, {}, withTags));
    await harness.deliver(
      cloudFormationEvent('Delete', {
        RequestId: 'clean-up',
        PhysicalResourceId: before.PhysicalResourceId,
        ResourceProperties: properties(),
      }),
    );
    const back = await harness.deliver(update(after.PhysicalResourceId, withTags, {}, 'request-4'));
    expect(harness.standIn.jobs).toHaveLength(3);
    expect(new Set([before, after, back].map(({ Data }) => Data.ArtifactKey)).size).toBe(3);
  });
});

describe('a Delete', () => {
  const remove = (PhysicalResourceId: string, change: object = {}) =>
    harness.deliver(
      cloudFormationEvent('Delete', {
        RequestId: 'request-9',
        PhysicalResourceId,
        ResourceProperties: properties(change),
      }),
    );

  test('retains the artifact by default', async () => {
    const { PhysicalResourceId, Data } = await harness.deliver(create());
    await remove(PhysicalResourceId);
    expect(await harness.object(Data.ArtifactKey ?? '', Data.ArtifactVersionId)).toBeDefined();
    expect(await harness.manifest(Data.ManifestKey ?? '')).toMatchObject({ Released: { RequestId: 'request-9' } });
  });

  test('with DESTROY removes the objects of this resource, and no other object', async () => {
    const { PhysicalResourceId, Data } = await harness.deliver(create());
    const foreign = [`${Data.ArtifactKey}.bak`, 'assetbundle-other.qs'];
    for (const Key of [...foreign, Data.ArtifactKey])
      await harness.s3.send(new PutObjectCommand({ Bucket: harness.bucket, Key, Body: 'foreign' }));
    await remove(PhysicalResourceId, { RemovalPolicy: 'DESTROY' });
    expect(await harness.versions()).toEqual([...foreign, Data.ArtifactKey].sort());
  });

  test.each([
    ['never finished', 'never-finished', {}],
    ['has an id that is not a job id', 'some/other id', {}],
    ['has properties that do not decode', 'x', { ExportFormat: 'PDF' }],
    ['has a deleted bucket', 'x', { ArtifactBucket: 'no-such-bucket-anywhere', RemovalPolicy: 'DESTROY' }],
  ])('succeeds when the resource %s', async (_, id, change) => {
    await expect(remove(id, change)).resolves.toMatchObject({ PhysicalResourceId: id });
  });
});
