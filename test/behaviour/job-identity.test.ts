import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';

const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

const requeueReasons = (): string[] =>
  dependencies.logged.filter(({ message }) => message === 'requeued').map(({ reason }) => String(reason));

describe('an export job', () => {
  test('that Describe omits for 10 seconds is not started again', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) => (dependencies.time < from + 10_000 ? undefined : job);
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
    expect(requeueReasons()).toContain('Describe does not return the started job yet');
  });

  test('that Describe omits for 20 seconds is lost and is started again', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) => (dependencies.time < from + 20_000 ? undefined : job);
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(2);
  });

  test('with a wrong CreatedTime is adopted by the invocation that started it', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, CreatedTime: new Date(Number(job.CreatedTime) - 2 * 3600_000) };
    await dependencies.deliver(CREATE);
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  describe('of an earlier request', () => {
    const earlierJob = () => ({
      JobStatus: 'SUCCESSFUL' as const,
      CreatedTime: new Date(Date.UTC(2026, 10, 24, 8)),
      ResourceArns: PROPERTIES.ResourceArns,
      ExportFormat: 'QUICKSIGHT_JSON' as const,
      DownloadUrl: 'https://b.s3.amazonaws.com/earlier',
    });

    test('that Describe still returns after Start is not adopted', async () => {
      const from = dependencies.time;
      dependencies.quickSight.change = (job) => (dependencies.time < from + 10_000 ? earlierJob() : job);
      const { Data } = await dependencies.deliver(CREATE);
      expect(Date.parse(String(Data?.CreatedTime))).toBe(from);
      expect(requeueReasons()).toContain('Describe does not return the started job yet');
      expect(dependencies.quickSight.starts).toHaveLength(1);
    });

    test('that Describe keeps returning fails the request, and no second job is started', async () => {
      dependencies.quickSight.change = earlierJob;
      expect(await dependencies.failure(CREATE)).toBe(
        `QuickSight started the export job ${JOB}, but describes another job under this id. Nothing else may start jobs with this id. Deploy again to run a new job.`,
      );
      expect(dependencies.quickSight.starts).toHaveLength(1);
    });
  });

  test('that Describe returns with other members fails the request and lists every difference', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, IncludeTags: true, ValidationStrategy: { StrictModeForAllResources: true } };
    expect(await dependencies.failure(CREATE)).toBe(
      `QuickSight started the export job ${JOB}, but describes another job under this id: IncludeTags is true, but the request has false; ValidationStrategy is {"StrictModeForAllResources":true}, but the request has none. Nothing else may start jobs with this id. Deploy again to run a new job.`,
    );
    expect(dependencies.quickSight.starts).toHaveLength(1);
  });

  test.each(['SUCCESSFUL', 'FAILED'] as const)('of an earlier request that is %s is not adopted', async (JobStatus) => {
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
    expect(requeueReasons()).toContain(`another job with the id ${JOB} is running`);
    expect(dependencies.quickSight.starts).toHaveLength(1);
    expect(dependencies.time - from).toBeGreaterThan(10_000);
  });

  test('with an unknown status fails the request and names the status', async () => {
    dependencies.quickSight.change = (job) => job && { ...job, JobStatus: 'PAUSED' as never };
    expect(await dependencies.failure(CREATE)).toBe(
      `The export job ${JOB} has the status 'PAUSED', which this version does not support. It is treated as a failure. Upgrade cdk-quicksight-asset-bundle.`,
    );
  });
});
