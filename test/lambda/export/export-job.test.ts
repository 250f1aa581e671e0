import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { exportJob } from '../../../lambda/export/export-job';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { cloudFormationEvent } from '../../../testing/cloudformation-events';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

/* test/behaviour/ covers prepare, complete, explain and cleanUp with whole requests. */

const dependencies = new InMemoryDependencies(Buffer.alloc(0));
const kind = exportJob({ ...dependencies, log: dependencies.logOf({}) });

describe('the state of a job', () => {
  test.each([
    ['QUEUED_FOR_IMMEDIATE_EXECUTION', 'running'],
    ['IN_PROGRESS', 'running'],
    ['SUCCESSFUL', 'succeeded'],
    ['FAILED', 'failed'],
    ['PAUSED', 'unknown'],
    ['', 'unknown'],
    // The name of a member that every JavaScript object has.
    ['constructor', 'unknown'],
  ])("with the status '%s' is %s", (status, phase) =>
    expect(kind.state({ JobStatus: status } as ExportJob)).toEqual({ phase, status }),
  );

  test('without a status is running', () =>
    expect(kind.state({})).toEqual({ phase: 'running', status: 'without a status' }));
});

test('the creation time of a job is in milliseconds since the epoch', () => {
  expect(kind.createdTime({ CreatedTime: new Date(1_695_305_695_063) })).toBe(1_695_305_695_063);
  expect(kind.createdTime({})).toBeUndefined();
});

test('a mismatch names the member, the value of the job and the value of the request', () => {
  const request = exportResourceRequest(dependencies.accept(cloudFormationEvent('Create')));
  const job = { IncludeTags: true, ValidationStrategy: { StrictModeForAllResources: true } } as ExportJob;
  expect(kind.mismatches(request, job)).toEqual([
    'IncludeTags is true, but the request has false',
    'ValidationStrategy is {"StrictModeForAllResources":true}, but the request has none',
  ]);
  expect(kind.mismatches(request, {})).toEqual([]);
});
