import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { isComplete } from '../../../lambda/lifecycle/is-complete-handler';
import type { JobResource } from '../../../lambda/lifecycle/job-kind';
import { type IsCompleteEvent, jobIdOf, jobRequest } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, STACK_ID } from '../../../testing/cloudformation-events';
import { type LogLine, recordedLog } from '../../../testing/recorded-log';
import { failureMessage } from '../../support/failure-message';
import { type FakeAttributes, type FakeJob, FakeJobKind, type FakeRequest } from '../../support/fake-job-kind';
import { InMemoryClock } from '../../support/in-memory-clock';

const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);
const DELETED = 'wall-1';

let clock: InMemoryClock;
let kind: FakeJobKind;
let lines: LogLine[];
let resource: JobResource<FakeRequest, FakeJob, FakeAttributes>;
let removals: number;
beforeEach(() => {
  clock = new InMemoryClock();
  kind = new FakeJobKind(clock.now);
  lines = [];
  removals = 0;
  resource = {
    kind,
    request: (event) => ({ ...jobRequest(event, 600), color: 'red' }),
    remove: async () => {
      removals += 1;
    },
  };
});

const accepted = (event: object, PhysicalResourceId: string): IsCompleteEvent =>
  ({ ...event, PhysicalResourceId, RequestedTime: clock.time }) as IsCompleteEvent;
const deliver = (event = accepted(CREATE, JOB), invocationMs = 3_600_000) =>
  isComplete(
    event,
    () => resource,
    { clock, logOf: (fields) => recordedLog(lines, fields), logGroup: '/aws/lambda/is-complete' },
    clock.time + invocationMs,
  );
const failure = async (event?: IsCompleteEvent): Promise<string> => {
  const outcome: unknown = await deliver(event).catch((error: unknown) => error);
  if (!(outcome instanceof TerminalError)) throw new Error('the request did not fail with a TerminalError');
  return failureMessage(outcome);
};

describe('a Create', () => {
  test('is complete with the physical id and the attributes of the answer', async () => {
    expect(await deliver()).toEqual({ IsComplete: true, PhysicalResourceId: 'wall-1', Data: { Result: 'red' } });
    expect(kind.count('cleanUp')).toBe(0);
  });

  test('writes the identity of the request to every line of the log', async () => {
    await deliver();
    const identity = {
      requestType: 'Create',
      cloudFormationRequestId: 'request-1',
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      physicalResourceId: JOB,
      jobId: JOB,
    };
    expect(lines[0]).toEqual({ level: 'info', message: 'paint job started', ...identity });
    expect(lines.at(-1)).toEqual({
      level: 'info',
      message: 'request completed',
      ...identity,
      physicalResourceId: 'wall-1',
    });
    for (const line of lines) expect(line).toMatchObject({ ...identity, physicalResourceId: expect.any(String) });
  });

  test('is not complete when the invocation ends before the job, and keeps its leftovers', async () => {
    expect(await deliver(accepted(CREATE, JOB), 3_000)).toEqual({ IsComplete: false });
    expect(kind.count('cleanUp')).toBe(0);
  });
});

describe('a request that fails', () => {
  beforeEach(() => {
    kind.job = { status: 'FAILED', color: 'red' };
  });

  test('cleans up once and reports the failure', async () => {
    expect(await failure()).toBe('The paint was empty.');
    expect(kind.calls.filter((call) => call === 'cleanUp')).toEqual(['cleanUp']);
    expect(kind.calls.at(-1)).toBe('cleanUp');
    expect(lines.at(-1)).toMatchObject({ level: 'error', message: 'request failed', reason: 'The paint was empty.' });
  });

  test('reports its own failure when the clean-up fails, too', async () => {
    kind.onCleanUp = () => {
      throw new TerminalError('The wall is locked.');
    };
    expect(await failure()).toBe('The paint was empty.');
    expect(lines.at(-2)).toMatchObject({
      level: 'warn',
      message: 'leftovers could not be removed',
      reason: 'The wall is locked.',
    });
  });

  test('cleans up when its response does not fit', async () => {
    kind.job = { status: 'DONE', color: 'x'.repeat(5000) };
    resource = { ...resource, request: (event) => ({ ...jobRequest(event, 600), color: 'x'.repeat(5000) }) };
    expect(await failure()).toMatch(/^The response to CloudFormation has 5\d{3} bytes \(at most 4096\)\./);
    expect(kind.count('cleanUp')).toBe(1);
  });

  test('has nothing to clean up when its properties are invalid', async () => {
    resource = {
      ...resource,
      request: () => {
        throw new TerminalError('The color is missing.');
      },
    };
    expect(await failure()).toBe('The color is missing.');
    expect(kind.calls).toEqual([]);
  });

  test('asks for a report of an unexpected error, without the link in it', async () => {
    kind.onPrepare = () => {
      throw new RangeError('at https://example.com/secret?secret');
    };
    expect(await failure()).toBe('RangeError: at https://example.com/*** (unexpected error, please report it)');
  });
});

describe('a Delete', () => {
  const remove = () => accepted(cloudFormationEvent('Delete'), DELETED);

  test('removes the resource and runs no job', async () => {
    expect(await deliver(remove())).toEqual({ IsComplete: true, PhysicalResourceId: DELETED });
    expect(removals).toBe(1);
    expect(kind.calls).toEqual([]);
  });

  test('is repeated while the removal may still succeed, and logs the deleted id as the job id', async () => {
    resource.remove = async () => {
      removals += 1;
      if (removals < 3) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await deliver(remove())).toEqual({ IsComplete: true, PhysicalResourceId: DELETED });
    expect(removals).toBe(3);
    expect(lines[0]).toMatchObject({ message: 'requeued', reason: 'SlowDown', jobId: DELETED, requestType: 'Delete' });
  });

  test('continues in the next invocation', async () => {
    resource.remove = () => Promise.reject(new RetryableError('busy', 'SlowDown'));
    expect(await deliver(remove(), 0)).toEqual({ IsComplete: false });
  });

  test('fails after 58 minutes, before CloudFormation times out', async () => {
    const from = clock.time;
    resource.remove = () => Promise.reject(new RetryableError('busy', 'SlowDown'));
    expect(await failure(remove())).toBe(
      'wall-1 could not be deleted within 58 minutes. Last observation: SlowDown. Delete the stack again, or set the removal policy to RETAIN.',
    );
    expect(clock.time - from).toBeLessThanOrEqual(58 * 60_000);
    expect(clock.time - from).toBeGreaterThan(57 * 60_000);
    expect(kind.count('cleanUp')).toBe(0);
  });
});
