import { createHash } from 'node:crypto';
import { contentDigest } from '../../bundle/content-digest';
import { decodeProperties } from '../../lambda/export/decode-properties';
import { propertiesDigest } from '../../lambda/export/export-request';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { ATTRIBUTES } from '../../lib/contract/export-resource';
import { ACCOUNT, assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';
import { LINK_SECRET } from '../support/in-memory-quicksight';

const DASHBOARD = '{"name":"Sales"}';
const FILES = [
  { path: 'dashboard/sales-overview.json', content: DASHBOARD },
  { path: 'dataset/orders.json', content: '{}' },
  { path: 'readme.txt', content: 'not an asset' },
];
const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);
const ARTIFACT = `assetbundle-${JOB}.qs`;
const MANIFEST = `assetbundle-${JOB}.manifest.json`;

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const withProperties = (change: object) =>
  cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ...change } });

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip(FILES);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

/** The reasons of all lines of a waiting request. */
const requeueReasons = (): string[] =>
  dependencies.logged.filter(({ message }) => message === 'requeued').map(({ reason }) => String(reason));

describe('a Create', () => {
  test('responds with every attribute of the job and its artifact', async () => {
    const started = dependencies.time;
    dependencies.quickSight.change = (job) => job && { ...job, Warnings: [{ Message: 'one' }, { Message: 'two' }] };
    const response = await dependencies.deliver(withProperties({ ArtifactPrefix: 'exports/' }));
    expect(Object.keys(response.Data ?? {})).toEqual([...ATTRIBUTES]);
    expect(response).toEqual({
      IsComplete: true,
      PhysicalResourceId: JOB,
      Data: {
        JobStatus: 'SUCCESSFUL',
        JobId: JOB,
        JobArn: assetArn(`asset-bundle-export-job/${JOB}`),
        ExportFormat: 'QUICKSIGHT_JSON',
        CreatedTime: new Date(started).toISOString(),
        ArtifactBucket: 'artifacts',
        ArtifactKey: `exports/${ARTIFACT}`,
        ArtifactVersionId: 'v1',
        ArtifactS3Uri: `s3://artifacts/exports/${ARTIFACT}`,
        ArtifactSha256: sha256(bundle),
        ArtifactSize: String(bundle.length),
        ManifestKey: `exports/${MANIFEST}`,
        ContentDigest: contentDigest(FILES.map(({ path, content }) => ({ path, sha256: sha256(content) }))),
        AssetCount: '2',
        WarningCount: '2',
      },
    });
  });

  test('writes a manifest with the response of Describe, without the DownloadUrl', async () => {
    const requested = dependencies.time;
    const { Data } = await dependencies.deliver(CREATE);
    const manifest = dependencies.bucket().json(MANIFEST);
    const { CreatedTime, FinishedTime, AnsweredTime } = manifest.Timings as Record<string, string>;
    expect(Date.parse(String(FinishedTime)) - requested).toBeGreaterThanOrEqual(5000);
    expect(manifest).toEqual({
      ManifestVersion: 1,
      PhysicalResourceId: JOB,
      StackId: STACK_ID,
      LogicalResourceId: 'Sales',
      RequestId: 'request-1',
      PropertiesDigest: propertiesDigest(decodeProperties(PROPERTIES)),
      Job: {
        Arn: assetArn(`asset-bundle-export-job/${JOB}`),
        AssetBundleExportJobId: JOB,
        AwsAccountId: ACCOUNT,
        CreatedTime,
        RequestId: expect.any(String),
        JobStatus: 'SUCCESSFUL',
        ResourceArns: PROPERTIES.ResourceArns,
        ExportFormat: 'QUICKSIGHT_JSON',
        IncludeAllDependencies: false,
        IncludePermissions: false,
        IncludeTags: false,
        IncludeFolderMemberships: false,
        IncludeFolderMembers: 'NONE',
      },
      Timings: {
        RequestedTime: new Date(requested).toISOString(),
        CreatedTime: new Date(requested).toISOString(),
        FinishedTime,
        AnsweredTime,
      },
      Artifact: {
        Bucket: 'artifacts',
        Key: ARTIFACT,
        VersionId: 'v1',
        S3Uri: `s3://artifacts/${ARTIFACT}`,
        Size: bundle.length,
        Sha256: sha256(bundle),
        ContentDigest: Data?.ContentDigest,
      },
      Assets: [
        { Type: 'dashboard', Id: 'sales-overview', Name: 'Sales', Sha256: sha256(DASHBOARD) },
        { Type: 'dataset', Id: 'orders', Sha256: sha256('{}') },
      ],
      Attributes: Data,
    });
    expect(JSON.stringify(manifest)).not.toContain(LINK_SECRET);
  });

  test('checks the bucket before it starts a job, and writes the manifest last', async () => {
    dependencies.bucket().versioned = false;
    expect(await dependencies.failure(CREATE)).toContain('has no versioning');
    expect(dependencies.quickSight.starts).toHaveLength(0);
    dependencies.bucket().versioned = true;
    dependencies.bucket().calls.length = 0;
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().calls.slice(0, 3)).toEqual([
      `readJson ${MANIFEST}`,
      'checkBucket',
      `checkWritable ${ARTIFACT.replace(/qs$/, 'write-check')}`,
    ]);
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('write'))).toEqual([
      `writeOnce ${ARTIFACT}`,
      `writeOnce ${MANIFEST}`,
    ]);
    expect(dependencies.bucket().calls.at(-1)).toBe(`writeOnce ${MANIFEST}`);
  });

  test('logs each step, every line with the identity of the request, the resource and the job', async () => {
    await dependencies.deliver(CREATE);
    const identity = {
      requestType: 'Create',
      cloudFormationRequestId: 'request-1',
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      physicalResourceId: JOB,
      jobId: JOB,
    };
    expect(
      dependencies.logged.every((line) =>
        Object.entries(identity).every(([name, value]) => line[name as 'jobId'] === value),
      ),
    ).toBe(true);
    const steps = dependencies.logged.filter(({ message }) => message !== 'requeued');
    expect(steps).toEqual([
      { level: 'info', message: 'request accepted', ...identity },
      { level: 'info', message: 'export job started', ...identity },
      { level: 'info', message: 'download started', ...identity, host: 'bundles.s3.us-east-1.amazonaws.com' },
      {
        level: 'info',
        message: 'bundle copied',
        ...identity,
        key: ARTIFACT,
        versionId: 'v1',
        sizeBytes: bundle.length,
        sha256: sha256(bundle),
      },
      { level: 'info', message: 'request completed', ...identity },
    ]);
    expect(new Set(requeueReasons())).toEqual(new Set(['the job was started', 'the job is IN_PROGRESS']));
    expect(dependencies.logged.find(({ message }) => message === 'requeued')?.requeueAfterMs).toBe(
      Math.round(dependencies.slept[0] ?? 0),
    );
  });

  test('logs whether the job is queued or running', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, JobStatus: job.JobStatus === 'IN_PROGRESS' ? 'QUEUED_FOR_IMMEDIATE_EXECUTION' : job.JobStatus };
    await dependencies.deliver(CREATE);
    expect(requeueReasons()).toContain('the job is QUEUED_FOR_IMMEDIATE_EXECUTION');
  });

  test('that is delivered again returns the same response without a call of QuickSight', async () => {
    const first = await dependencies.deliver(CREATE);
    dependencies.quickSight.before = () => {
      throw new Error('QuickSight was called');
    };
    expect(await dependencies.deliver(CREATE)).toEqual(first);
  });

  test('that is delivered again while the job runs adopts the job', async () => {
    const accepted = dependencies.accept(CREATE);
    expect(await dependencies.isComplete(accepted, dependencies.time + 2000)).toEqual({ IsComplete: false });
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  test('returns the manifest that another delivery wrote in the meantime', async () => {
    const first = await dependencies.deliver(CREATE);
    const manifest = dependencies.bucket().get(MANIFEST)?.body ?? '';
    dependencies.bucket().drop(MANIFEST);
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}`) dependencies.bucket().put(MANIFEST, manifest, JOB);
    };
    dependencies.time += 1000;
    expect(await dependencies.deliver(CREATE)).toEqual(first);
    expect(dependencies.bucket().get(MANIFEST)?.versionId).toBe('v3');
  });

  test.each([
    ['another stack', { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Other/x' }],
    ['another resource', { LogicalResourceId: 'Marketing' }],
  ])('fails when the key of its manifest holds the manifest of %s', async (_, change) => {
    await dependencies.deliver(CREATE);
    dependencies.bucket().put(MANIFEST, JSON.stringify({ ...dependencies.bucket().json(MANIFEST), ...change }));
    expect(await dependencies.failure(CREATE)).toBe(`${MANIFEST} is of somebody else.`);
  });

  test('responds with defaults for the members that Describe omits', async () => {
    dependencies.quickSight.change = (job) =>
      job && {
        JobStatus: job.JobStatus,
        DownloadUrl: job.DownloadUrl,
        ResourceArns: job.ResourceArns,
        ExportFormat: job.ExportFormat,
      };
    const { Data } = await dependencies.deliver(CREATE);
    expect(Data).toMatchObject({
      JobArn: assetArn(`asset-bundle-export-job/${JOB}`),
      CreatedTime: '',
      WarningCount: '0',
      ExportFormat: 'QUICKSIGHT_JSON',
    });
    expect(dependencies.bucket().json(MANIFEST).Timings).not.toHaveProperty('CreatedTime');
  });
});
