import type { ExportJob } from '../../lambda/aws/quicksight-client';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';

const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);
const FIVE_MINUTES = 300_000;

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

/** Jobs last so long. */
const last = (milliseconds: number, change: (job: ExportJob) => ExportJob = (job) => job): void => {
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

async function looksAt(event: Parameters<InMemoryDependencies['deliver']>[0]): Promise<number> {
  const before = dependencies.quickSight.describes;
  await dependencies.deliver(event);
  return dependencies.quickSight.describes - before;
}

describe('looks at a job', () => {
  test('of five minutes are at most 130, and at most 40 where the last export took as long', async () => {
    last(FIVE_MINUTES);
    expect(await looksAt(CREATE)).toBeLessThanOrEqual(130);
    expect(await looksAt(update(JOB))).toBeLessThanOrEqual(40);
  });

  test('are at most two seconds apart while it is young', async () => {
    last(20_000);
    await dependencies.deliver(CREATE);
    expect(Math.max(...dependencies.slept)).toBeLessThanOrEqual(2_000);
  });

  test('whose age is not told are as many, and nothing is known of it the next time', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) =>
      job && {
        ...job,
        CreatedTime: undefined,
        ...(dependencies.time - from < FIVE_MINUTES && { JobStatus: 'IN_PROGRESS' as const }),
      };
    expect(await looksAt(CREATE)).toBeLessThanOrEqual(130);
    last(FIVE_MINUTES);
    const again = await looksAt(update(JOB));
    expect(again).toBeLessThanOrEqual(130);
    expect(again).toBeGreaterThan(40);
  });

  test('that QuickSight dates after its end are as many', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, CreatedTime: new Date(dependencies.time + FIVE_MINUTES) };
    await dependencies.deliver(CREATE);
    last(FIVE_MINUTES);
    expect(await looksAt(update(JOB))).toBeGreaterThan(40);
  });
});

describe('the bucket', () => {
  test('is asked once for what is there, however often the job is looked at', async () => {
    last(60_000);
    const accepted = dependencies.accept(CREATE);
    while (!(await dependencies.isComplete(accepted, dependencies.time + 3_600_000)).IsComplete);
    expect(dependencies.bucket().calls.filter((call) => /^(checkBucket|readJson)/.test(call))).toEqual([
      'checkBucket',
      `readJson assetbundle-${JOB}.manifest.json`,
    ]);
  });

  test('is asked by an Update for the manifests of the new id and of the one that the resource has', async () => {
    await dependencies.deliver(CREATE);
    dependencies.bucket().calls.length = 0;
    const { PhysicalResourceId } = await dependencies.deliver(update(JOB));
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('readJson'))).toEqual(
      [PhysicalResourceId, JOB].map((id) => `readJson assetbundle-${id}.manifest.json`),
    );
  });
});

describe('out of time', () => {
  test('is told in minutes', async () => {
    last(Infinity);
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

  test('is told where no invocation could say so', async () => {
    const accepted = dependencies.accept(CREATE);
    dependencies.time += 31 * 60_000;
    await expect(dependencies.isComplete(accepted, dependencies.time + 90_000)).rejects.toThrow(
      'did not finish within 30 minutes. Last observation: every invocation was stopped before it finished.',
    );
    expect(dependencies.quickSight.starts).toEqual([]);
  });

  test('names a status that is missing', async () => {
    last(Infinity, (job) => ({ ...job, JobStatus: undefined }));
    expect(await dependencies.failure(CREATE)).toContain('Last observation: the job is without a status.');
  });
});
