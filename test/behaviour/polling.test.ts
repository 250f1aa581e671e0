import type { ExportJob } from '../../lambda/aws/quicksight-client';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';

const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);
const FIVE_MINUTES_MS = 300_000;

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

/** Makes every job run this long. */
const runFor = (milliseconds: number, change: (job: ExportJob) => ExportJob = (job) => job): void => {
  dependencies.quickSight.change = (job) => {
    const running = job?.CreatedTime && dependencies.time - job.CreatedTime.getTime() < milliseconds;
    return job && change(running ? { ...job, JobStatus: 'IN_PROGRESS', DownloadUrl: undefined } : job);
  };
};
const update = (PhysicalResourceId: string) =>
  cloudFormationEvent('Update', {
    RequestId: 'update',
    PhysicalResourceId,
    OldResourceProperties: PROPERTIES,
    ResourceProperties: { ...PROPERTIES, IncludeTags: 'true' },
  });

/** The number of Describe calls of a request. */
async function pollsOf(event: Parameters<InMemoryDependencies['deliver']>[0]): Promise<number> {
  const before = dependencies.quickSight.describes;
  await dependencies.deliver(event);
  return dependencies.quickSight.describes - before;
}

describe('the engine', () => {
  test('polls a five-minute job at most 130 times, and at most 40 times when the last export took as long', async () => {
    runFor(FIVE_MINUTES_MS);
    expect(await pollsOf(CREATE)).toBeLessThanOrEqual(130);
    expect(await pollsOf(update(JOB))).toBeLessThanOrEqual(40);
  });

  test('polls a job in its first minute at least every two seconds', async () => {
    runFor(20_000);
    await dependencies.deliver(CREATE);
    expect(Math.max(...dependencies.slept)).toBeLessThanOrEqual(2_000);
  });

  test('polls a job without a CreatedTime as often, and expects nothing of the next job', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) =>
      job && {
        ...job,
        CreatedTime: undefined,
        ...(dependencies.time - from < FIVE_MINUTES_MS && { JobStatus: 'IN_PROGRESS' as const }),
      };
    expect(await pollsOf(CREATE)).toBeLessThanOrEqual(130);
    runFor(FIVE_MINUTES_MS);
    const again = await pollsOf(update(JOB));
    expect(again).toBeLessThanOrEqual(130);
    expect(again).toBeGreaterThan(40);
  });

  test('expects nothing of the next job when the CreatedTime is after the end of the last one', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, CreatedTime: new Date(dependencies.time + FIVE_MINUTES_MS) };
    await dependencies.deliver(CREATE);
    runFor(FIVE_MINUTES_MS);
    expect(await pollsOf(update(JOB))).toBeGreaterThan(40);
  });
});

describe('the bucket', () => {
  test('is checked and read once for each invocation, however often the job is polled', async () => {
    runFor(60_000);
    const accepted = dependencies.accept(CREATE);
    while (!(await dependencies.isComplete(accepted, dependencies.time + 3_600_000)).IsComplete);
    expect(dependencies.bucket().calls.filter((call) => /^(checkBucket|readJson)/.test(call))).toEqual([
      `readJson assetbundle-${JOB}.manifest.json`,
      'checkBucket',
    ]);
  });

  test('is read by an Update for the manifests of its job id and of the present physical id', async () => {
    await dependencies.deliver(CREATE);
    dependencies.bucket().calls.length = 0;
    const { PhysicalResourceId } = await dependencies.deliver(update(JOB));
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('readJson'))).toEqual(
      [PhysicalResourceId, JOB].map((id) => `readJson assetbundle-${id}.manifest.json`),
    );
  });
});

describe('a request that times out', () => {
  test('fails with its timeout in minutes', async () => {
    runFor(Infinity);
    const failure = (TimeoutSeconds: string, RequestId: string) =>
      dependencies.failure(
        cloudFormationEvent('Create', { RequestId, ResourceProperties: { ...PROPERTIES, TimeoutSeconds } }),
      );
    expect(await failure('60', 'one')).toMatch(
      /^The export job \S+ did not finish within 1 minute\. Last observation: the job is IN_PROGRESS\. /,
    );
    expect(await failure('90', 'two')).toMatch(
      /^The export job \S+ did not finish within 1\.5 minutes\. Last observation: the job is IN_PROGRESS\. /,
    );
  });

  test('fails without a job when every invocation was stopped before it could fail', async () => {
    const accepted = dependencies.accept(CREATE);
    dependencies.time += 31 * 60_000;
    await expect(dependencies.isComplete(accepted, dependencies.time + 90_000)).rejects.toThrow(
      'did not finish within 30 minutes. Last observation: every invocation was stopped before it finished.',
    );
    expect(dependencies.quickSight.starts).toEqual([]);
  });

  test('fails with the observation that the job has no status', async () => {
    runFor(Infinity, (job) => ({ ...job, JobStatus: undefined }));
    expect(await dependencies.failure(CREATE)).toContain('Last observation: the job is without a status.');
  });
});
