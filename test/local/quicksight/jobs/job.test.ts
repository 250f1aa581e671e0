import { Job } from '../../../../local/quicksight/jobs/job';

function job(createdTime: number, errorCount = 0) {
  const errors = Array.from({ length: errorCount }, (_, index) => ({ Arn: `arn-${index}`, Type: 'T', Message: 'M' }));
  const request = {
    AwsAccountId: '1',
    AssetBundleExportJobId: 'job',
    ResourceArns: [],
    ExportFormat: 'QUICKSIGHT_JSON',
  } as const;
  const durations = { queuedMs: 10, runningMs: 100 };
  return new Job('arn:job', request, createdTime, durations, { assets: [], errors, warnings: [] });
}

test.each([
  [0, 'QUEUED_FOR_IMMEDIATE_EXECUTION', 'QUEUED_FOR_IMMEDIATE_EXECUTION'],
  [9, 'QUEUED_FOR_IMMEDIATE_EXECUTION', 'QUEUED_FOR_IMMEDIATE_EXECUTION'],
  [10, 'IN_PROGRESS', 'IN_PROGRESS'],
  [109, 'IN_PROGRESS', 'IN_PROGRESS'],
  [110, 'SUCCESSFUL', 'FAILED'],
])('after %d ms, a job is %s without errors and %s with errors', (after, good, bad) => {
  expect([job(1000).status(1000 + after), job(1000, 1).status(1000 + after)]).toEqual([good, bad]);
});

test('errors accumulate while a job runs, and are complete at its end', () => {
  expect([0, 10, 59, 60, 85, 109, 110].map((after) => job(0, 4).errors(after).length)).toEqual([0, 0, 1, 2, 3, 3, 4]);
});
