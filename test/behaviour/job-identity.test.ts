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

const waits = (): string[] =>
  dependencies.logged.filter(({ message }) => message === 'requeued').map(({ reason }) => String(reason));

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
