import { createHash } from 'node:crypto';
import { contentDigest } from '../../bundle/bundle-entry';
import { RetryableError, TerminalError } from '../../lambda/core/errors';
import { decodeProperties } from '../../lambda/export/decode-properties';
import { propertiesDigest } from '../../lambda/export/export-request';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { ATTRIBUTES } from '../../lib/contract/custom-resource';
import { ACCOUNT, assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';
import { LINK_SECRET } from '../support/in-memory-quicksight';

const DASHBOARD = '{"name":"Sales"}';
const FILES = [
  { path: 'dashboard/sales-overview.json', content: DASHBOARD },
  { path: 'dataset/orders.json', content: '{}' },
  { path: 'readme.txt', content: 'no asset' },
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

const waits = (): string[] =>
  dependencies.logged.filter(({ message }) => message === 'requeued').map(({ reason }) => String(reason));

describe('a Create', () => {
  test('answers with every attribute of the job and its artifact', async () => {
    const started = dependencies.time;
    dependencies.quickSight.change = (job) => job && { ...job, Warnings: [{ Message: 'one' }, { Message: 'two' }] };
    const answer = await dependencies.deliver(withProperties({ ArtifactPrefix: 'exports/' }));
    expect(Object.keys(answer.Data ?? {})).toEqual([...ATTRIBUTES]);
    expect(answer).toEqual({
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

  test('writes a manifest of all that the job said, but for the link', async () => {
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

  test('looks at the bucket before it starts a job, and writes the manifest last', async () => {
    dependencies.bucket().versioned = false;
    expect(await dependencies.failure(CREATE)).toContain('keeps no versions');
    expect(dependencies.quickSight.starts).toHaveLength(0);
    dependencies.bucket().versioned = true;
    dependencies.bucket().calls.length = 0;
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().calls[0]).toBe('checkBucket');
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('write'))).toEqual([
      `writeOnce ${ARTIFACT}`,
      `writeOnce ${MANIFEST}`,
    ]);
    expect(dependencies.bucket().calls.at(-1)).toBe(`writeOnce ${MANIFEST}`);
  });

  test('says in its log what it does, each line with request, resource and job', async () => {
    await dependencies.deliver(CREATE);
    const always = {
      requestType: 'Create',
      cloudFormationRequestId: 'request-1',
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      physicalResourceId: JOB,
      jobId: JOB,
    };
    expect(
      dependencies.logged.every((line) =>
        Object.entries(always).every(([name, value]) => line[name as 'jobId'] === value),
      ),
    ).toBe(true);
    const steps = dependencies.logged.filter(({ message }) => message !== 'requeued');
    expect(steps).toEqual([
      { level: 'info', message: 'request accepted', ...always },
      { level: 'info', message: 'export job started', ...always },
      {
        level: 'info',
        message: 'bundle copied',
        ...always,
        key: ARTIFACT,
        versionId: 'v1',
        sizeBytes: bundle.length,
        sha256: sha256(bundle),
      },
      { level: 'info', message: 'request completed', ...always },
    ]);
    expect(new Set(waits())).toEqual(new Set(['the job was started', 'the job is IN_PROGRESS']));
    expect(dependencies.logged.find(({ message }) => message === 'requeued')?.requeueAfterMs).toBe(
      Math.round(dependencies.slept[0] ?? 0),
    );
  });

  test('tells a queued job from a running one', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, JobStatus: job.JobStatus === 'IN_PROGRESS' ? 'QUEUED_FOR_IMMEDIATE_EXECUTION' : job.JobStatus };
    await dependencies.deliver(CREATE);
    expect(waits()).toContain('the job is QUEUED_FOR_IMMEDIATE_EXECUTION');
  });

  test('that is delivered again asks QuickSight nothing and answers the same', async () => {
    const first = await dependencies.deliver(CREATE);
    dependencies.quickSight.before = () => {
      throw new Error('QuickSight was asked');
    };
    expect(await dependencies.deliver(CREATE)).toEqual(first);
  });

  test('that is delivered again while the job runs adopts it', async () => {
    const accepted = dependencies.accept(CREATE);
    expect(await dependencies.isComplete(accepted, dependencies.time + 2000)).toEqual({ IsComplete: false });
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  test('answers what another delivery wrote meanwhile', async () => {
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
  ])('takes no manifest of %s for its own', async (_, change) => {
    await dependencies.deliver(CREATE);
    dependencies.bucket().put(MANIFEST, JSON.stringify({ ...dependencies.bucket().json(MANIFEST), ...change }));
    const failure = await dependencies.failure(CREATE);
    // The sentence of the store, which names the owner of an object.
    expect(failure).toBe(`${MANIFEST} is of somebody else.`);
  });

  test('fails where the answer would not fit, and says what to shorten', async () => {
    dependencies.quickSight.change = (job) => job && { ...job, Arn: 'x'.repeat(4000) };
    expect(await dependencies.failure(CREATE)).toMatch(
      /has \d+ bytes \(at most 4096\)\. Shorten the prefix \(ArtifactPrefix\)/,
    );
  });

  test('answers with what is known where Describe leaves something out', async () => {
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

describe('a job', () => {
  test('that QuickSight does not describe at once is not started again', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) => (dependencies.time < from + 10_000 ? undefined : job);
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
    expect(waits()).toContain('Describe does not return the started job yet');
  });

  test('that QuickSight has lost is started again', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) => (dependencies.time < from + 20_000 ? undefined : job);
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(2);
  });

  test('that QuickSight dates long before is nonetheless the one that was started', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, CreatedTime: new Date(Number(job.CreatedTime) - 2 * 3600_000) };
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  describe('of an earlier time', () => {
    const stranger = () => ({
      JobStatus: 'SUCCESSFUL' as const,
      CreatedTime: new Date(Date.UTC(2026, 10, 24, 8)),
      ResourceArns: PROPERTIES.ResourceArns,
      ExportFormat: 'QUICKSIGHT_JSON' as const,
      DownloadUrl: 'https://b.s3.amazonaws.com/earlier',
    });

    test('that is still described for a while after the start is not this one', async () => {
      const from = dependencies.time;
      dependencies.quickSight.change = (job) => (dependencies.time < from + 10_000 ? stranger() : job);
      const { Data } = await dependencies.deliver(CREATE);
      expect(Date.parse(String(Data?.CreatedTime))).toBe(from);
      expect(waits()).toContain('Describe does not return the started job yet');
      expect(dependencies.quickSight.starts).toHaveLength(1);
    });

    test('that stays in its place fails, and no second job is started', async () => {
      dependencies.quickSight.change = stranger;
      expect(await dependencies.failure(CREATE)).toBe(
        `QuickSight started the export job ${JOB}, but describes another job under this id. Nothing else may start jobs with this id. Deploy again to run a new job.`,
      );
      expect(dependencies.quickSight.starts).toHaveLength(1);
    });
  });

  test('that is described with something else than was asked for fails, with every difference', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, IncludeTags: true, ValidationStrategy: { StrictModeForAllResources: true } };
    expect(await dependencies.failure(CREATE)).toBe(
      `QuickSight started the export job ${JOB}, but describes another job under this id: IncludeTags is true, but the request has false; ValidationStrategy is {"StrictModeForAllResources":true}, but the request has none. Nothing else may start jobs with this id. Deploy again to run a new job.`,
    );
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  test.each(['SUCCESSFUL', 'FAILED'] as const)('of an earlier time that is %s is not this one', async (JobStatus) => {
    dependencies.quickSight.change = (job) =>
      job ?? {
        JobStatus,
        CreatedTime: new Date(dependencies.time - 2 * 3600_000),
        ResourceArns: PROPERTIES.ResourceArns,
        ExportFormat: 'QUICKSIGHT_JSON',
      };
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  test('of other assets that runs under the same id is waited for', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) =>
      job ??
      (dependencies.time < from + 10_000
        ? {
            JobStatus: 'IN_PROGRESS',
            CreatedTime: new Date(from),
            ResourceArns: [assetArn('theme/x')],
            ExportFormat: 'QUICKSIGHT_JSON',
          }
        : undefined);
    await dependencies.deliver(CREATE);
    expect(waits()).toContain(`another job with the id ${JOB} is running`);
    expect(dependencies.quickSight.starts).toHaveLength(1);
    expect(dependencies.time - from).toBeGreaterThan(10_000);
  });

  test('with a status that nobody knows fails, named', async () => {
    dependencies.quickSight.change = (job) => job && { ...job, JobStatus: 'PAUSED' as never };
    expect(await dependencies.failure(CREATE)).toBe(
      `The export job ${JOB} has the status 'PAUSED', which this version does not support. It is treated as a failure. Upgrade cdk-quicksight-asset-bundle.`,
    );
  });
});

describe('a failed job', () => {
  const ERRORS = [{ Arn: assetArn('dashboard/one'), Type: 'com.x.ConflictException', Message: 'No.' }];
  beforeEach(() => {
    dependencies.quickSight.change = (job) => job && { ...job, JobStatus: 'FAILED', Errors: ERRORS };
  });
  const told = (where: string) =>
    `The export job ${JOB} FAILED with 1 error (all in ${where}):\n- ${assetArn('dashboard/one')}: ConflictException: No.`;

  test('fails with every error, and a manifest and a log that have them', async () => {
    const failure = told(`s3://artifacts/${MANIFEST}`);
    expect(await dependencies.failure(CREATE)).toBe(failure);
    const manifest = dependencies.bucket().json(MANIFEST);
    expect(manifest).toMatchObject({
      Failure: failure,
      PhysicalResourceId: JOB,
      Job: { JobStatus: 'FAILED', Errors: ERRORS },
    });
    expect(manifest).not.toHaveProperty('Artifact');
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'export job failed', jobStatus: 'FAILED', reason: failure }),
    );
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'request failed', reason: failure }),
    );
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('fails the same way when it is delivered again', async () => {
    const failure = await dependencies.failure(CREATE);
    dependencies.quickSight.before = () => {
      throw new Error('QuickSight was asked');
    };
    expect(await dependencies.failure(CREATE)).toBe(failure);
  });

  test('counts its errors', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, JobStatus: 'FAILED', Errors: [...ERRORS, { Message: 'Another.' }] };
    expect(await dependencies.failure(CREATE)).toMatch(
      /FAILED with 2 errors .*\n- .*: No\.\n- the job: Error: Another\.$/,
    );
  });

  test('whose manifest cannot be written fails with its errors all the same', async () => {
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce')) throw new TerminalError('The disk is full.');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      `${told('the log of this function')}\nThe manifest could not be written: The disk is full.`,
    );
  });

  test('whose manifest meets a busy store is tried again', async () => {
    let refusals = 2;
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce') && refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await dependencies.failure(CREATE)).toBe(told(`s3://artifacts/${MANIFEST}`));
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('whose manifest has neither attributes nor a reason is told nonetheless', async () => {
    await dependencies.failure(CREATE);
    const { Failure, ...rest } = dependencies.bucket().json(MANIFEST);
    expect(Failure).toBeDefined();
    dependencies.bucket().put(MANIFEST, JSON.stringify(rest), JOB);
    expect(await dependencies.failure(CREATE)).toBe(`The export job ${JOB} has no artifact.`);
  });
});

describe('a request that fails', () => {
  test('leaves no artifact without a manifest', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}`) throw new TerminalError('No.');
    };
    expect(await dependencies.failure(CREATE)).toBe('No.');
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('fails with its own reason where what is left cannot be removed', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}` || call.startsWith('remove'))
        throw new TerminalError(call.startsWith('remove') ? 'Not removed.' : 'No.');
    };
    expect(await dependencies.failure(CREATE)).toBe('No.');
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'leftovers could not be removed', reason: 'Not removed.' }),
    );
  });

  test('removes nothing of somebody else', async () => {
    dependencies.bucket().put(ARTIFACT, 'foreign');
    expect(await dependencies.failure(CREATE)).toContain('of somebody else');
    expect(String(dependencies.bucket().get(ARTIFACT)?.body)).toBe('foreign');
  });

  test('asks for a report of what nobody foresaw, without a link', async () => {
    dependencies.quickSight.before = () => {
      throw new RangeError('at https://example.com/secret?secret');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      'RangeError: at https://example.com/*** (unexpected error, please report it)',
    );
  });

  test('is an TerminalError to the framework, shortened where it is long', async () => {
    dependencies.quickSight.before = () => {
      throw new TerminalError('x'.repeat(5000));
    };
    const error = await dependencies.deliver(CREATE).catch((given: unknown) => given);
    expect(error).toBeInstanceOf(TerminalError);
    expect((error as Error).message).toContain(
      '[truncated; the whole message is in the log group /aws/lambda/is-complete, request request-1]',
    );
    expect(dependencies.logged.at(-1)?.reason).toBe('x'.repeat(5000));
  });
});
