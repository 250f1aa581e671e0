import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { reconcileJob } from '../../../lambda/lifecycle/reconcile-job';
import { type LogLine, recordedLog } from '../../../testing/recorded-log';
import { type FakeJob, FakeJobKind, type FakeRequest, fakeRequest, JOB_DURATION_MS } from '../../support/fake-job-kind';
import { InMemoryClock } from '../../support/in-memory-clock';

const MINUTE_MS = 60_000;
const ANSWER = { physicalResourceId: 'wall-1', attributes: { Result: 'red' } };

let clock: InMemoryClock;
let kind: FakeJobKind;
let request: FakeRequest;
let lines: LogLine[];
beforeEach(() => {
  clock = new InMemoryClock();
  kind = new FakeJobKind(clock.now);
  lines = [];
  request = fakeRequest(clock.time);
});

/** One invocation. */
const reconcile = (invocationMs = 60 * MINUTE_MS) =>
  reconcileJob(kind, request, { clock, log: recordedLog(lines), yieldAt: clock.time + invocationMs });
const failure = async (): Promise<Error> => {
  const outcome: unknown = await reconcile().catch((error: unknown) => error);
  if (!(outcome instanceof Error)) throw new Error('the request did not fail');
  return outcome;
};
const reasons = (): unknown[] => lines.filter(({ message }) => message === 'requeued').map(({ reason }) => reason);
const job = (change: Partial<FakeJob> = {}): FakeJob => ({
  status: 'RUNNING',
  color: 'red',
  createdTime: clock.time,
  ...change,
});

describe('a request without a job', () => {
  test('starts one job, waits for it and returns the answer of complete', async () => {
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.calls.slice(0, 4)).toEqual(['prepare', 'describe', 'start', 'describe']);
    expect(kind.calls.at(-1)).toBe('complete');
    expect(kind.count('start')).toBe(1);
    expect(kind.count('prepare')).toBe(1);
    expect(clock.time - request.requestedTime).toBeGreaterThanOrEqual(JOB_DURATION_MS);
    expect(lines[0]).toEqual({ level: 'info', message: 'paint job started' });
    expect(new Set(reasons())).toEqual(new Set(['the job was started', 'the job is RUNNING']));
  });

  test('returns nothing when the invocation ends first, and the next invocation adopts the job', async () => {
    expect(await reconcile(3_000)).toBeUndefined();
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
  });

  test('describes the job again when Start took effect but reported an error', async () => {
    const { onStart } = kind;
    kind.onStart = (started) => {
      onStart(started);
      throw new RetryableError('busy', 'no response');
    };
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
    expect(reasons()).toContain('no response');
  });

  test('repeats a Start that took no effect', async () => {
    const { onStart } = kind;
    kind.onStart = (started) => {
      if (kind.count('start') < 3) throw new RetryableError('busy', 'limit reached');
      onStart(started);
    };
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(3);
  });
});

describe('a job that matches the request', () => {
  test.each(['RUNNING', 'DONE'])('is adopted when it is %s', async (status) => {
    kind.job = job({ status });
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(0);
  });

  test('is adopted when the service reports no creation time', async () => {
    kind.job = job({ status: 'DONE', createdTime: undefined });
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(0);
  });

  test.each([
    ['is adopted up to an age of 65 minutes', 65 * MINUTE_MS - 1, 0],
    ['belongs to another request from an age of 65 minutes', 65 * MINUTE_MS, 1],
  ])('%s', async (_, ageMs, starts) => {
    kind.job = job({ status: 'DONE', createdTime: request.requestedTime - ageMs });
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(starts);
  });

  test('is adopted when this invocation started it, whatever creation time the service reports', async () => {
    kind.onDescribe = (described) => described && { ...described, status: 'DONE', createdTime: 0 };
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
  });
});

describe('another job under the id of the request', () => {
  const other = (status: string): FakeJob => job({ status, color: 'blue' });

  test.each(['DONE', 'FAILED'])('is replaced when it is %s', async (status) => {
    kind.job = other(status);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
  });

  test.each(['RUNNING', 'PAUSED'])('is waited for while it is %s', async (status) => {
    kind.job = other(status);
    const { onDescribe } = kind;
    kind.onDescribe = (described) => {
      if (described?.color !== 'blue') return onDescribe(described);
      return clock.time < request.requestedTime + 3 * MINUTE_MS ? described : { ...described, status: 'DONE' };
    };
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
    expect(reasons()).toContain('another job with the id House-Wall-1 is running');
    // Longer than a missing permission is waited for.
    expect(clock.time - request.requestedTime).toBeGreaterThan(3 * MINUTE_MS);
  });

  test('is not adopted while Describe still returns it after Start', async () => {
    const older = job({ status: 'DONE', createdTime: request.requestedTime - 66 * MINUTE_MS });
    const { onDescribe } = kind;
    kind.onDescribe = (described) =>
      clock.time < request.requestedTime + JOB_DURATION_MS ? older : onDescribe(described);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
    expect(reasons()).toContain('Describe does not return the started job yet');
  });

  test('fails the request when Describe returns it for 15 seconds after Start, and no second job is started', async () => {
    kind.onDescribe = () => other('DONE');
    const error = await failure();
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      'QuickSight started the paint job House-Wall-1, but describes another job under this id: the color is blue, but the request has red. Nothing else may start jobs with this id. Deploy again to run a new job.',
    );
    expect(kind.count('start')).toBe(1);
    expect(clock.time - request.requestedTime).toBeGreaterThanOrEqual(15_000);
  });

  test('fails the request without a list of differences when only its age differs', async () => {
    const older = job({ status: 'DONE', createdTime: request.requestedTime - 66 * MINUTE_MS });
    kind.onDescribe = () => older;
    expect((await failure()).message).toContain('describes another job under this id. Nothing else may start');
    expect(kind.count('start')).toBe(1);
  });
});

describe('a started job that Describe does not return', () => {
  /** Seconds after the request at which the job appears. */
  const appearsAfter = (seconds: number): void => {
    const { onDescribe } = kind;
    kind.onDescribe = (described) =>
      clock.time < request.requestedTime + seconds * 1000 ? undefined : onDescribe(described);
  };

  test('is waited for within 15 seconds', async () => {
    appearsAfter(15);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
    expect(reasons()).toContain('Describe does not return the started job yet');
  });

  test('is lost after 15 seconds and is started again', async () => {
    kind.pacing = { ...kind.pacing, shortJobIntervalMs: 5_000 };
    appearsAfter(15.001);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(2);
  });
});

test('a job with an unknown status fails the request and names the status', async () => {
  kind.job = job({ status: 'PAUSED' });
  expect((await failure()).message).toBe(
    "The paint job House-Wall-1 has the status 'PAUSED', which this version does not support. It is treated as a failure. Upgrade cdk-quicksight-asset-bundle.",
  );
  expect(kind.calls).toEqual(['prepare', 'describe']);
});

test('a failed job fails the request with the error of explain', async () => {
  kind.job = job({ status: 'FAILED' });
  expect((await failure()).message).toBe('The paint was empty.');
  expect(kind.calls).toEqual(['prepare', 'describe', 'explain']);
  expect(kind.observations).toEqual([{ job: kind.job, time: clock.time }]);
});

describe('prepare', () => {
  test('answers a request that needs no job', async () => {
    kind.onPrepare = () => ({ physicalResourceId: 'wall-0', attributes: { Result: 'red' } });
    expect(await reconcile()).toEqual({ physicalResourceId: 'wall-0', attributes: { Result: 'red' } });
    expect(kind.calls).toEqual(['prepare']);
  });

  test('is called again as long as it requeues the request', async () => {
    const noLadder = { reason: 'no ladder', requeueAfterMs: 100 };
    const answers = [noLadder, noLadder];
    kind.onPrepare = () => answers.pop() ?? {};
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.calls.slice(0, 4)).toEqual(['prepare', 'prepare', 'prepare', 'describe']);
    expect(clock.slept.slice(0, 2)).toEqual([100, 100]);
  });

  test('lengthens the first intervals when it expects a long job', async () => {
    kind.onPrepare = () => ({ expectedDurationMs: 200_000 });
    await reconcile();
    // A twentieth of the expected duration.
    expect(clock.slept[0]).toBe(10_000);
  });
});

describe('the age of a job, which decides its interval,', () => {
  const lastInterval = (): unknown => lines.at(-1)?.requeueAfterMs;
  beforeEach(() => {
    request = { ...request, requestedTime: clock.time - 2 * MINUTE_MS };
    kind.onDescribe = (described) => described;
  });

  test('counts from its creation time', async () => {
    kind.job = job({ createdTime: clock.time });
    await reconcile(1_000);
    expect(lastInterval()).toBe(2_000);
  });

  test('counts from the request when the service reports no creation time', async () => {
    kind.job = job({ createdTime: undefined });
    await reconcile(1_000);
    expect(lastInterval()).toBe(5_000);
  });

  test('counts from Start when this invocation started the job and the service reports no creation time', async () => {
    kind.onDescribe = (described) => described && { ...described, createdTime: undefined };
    await reconcile(3_000);
    expect(reasons()).toEqual(['the job was started', 'the job is RUNNING']);
    expect(lastInterval()).toBe(2_000);
  });
});

describe('complete', () => {
  test('is called again when it requeues the request, with the time of each observation', async () => {
    kind.job = job({ status: 'DONE' });
    const { onComplete } = kind;
    kind.onComplete = (observation) =>
      kind.observations.length < 3 ? { reason: 'the paint is wet', requeueAfterMs: 1_000 } : onComplete(observation);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.observations.map(({ time }) => time - request.requestedTime)).toEqual([0, 1_000, 2_000]);
    expect(reasons()).toEqual(['the paint is wet', 'the paint is wet']);
  });
});

describe('a job that Describe returned before and does not return any more', () => {
  const vanish = (forMs: number): void => {
    kind.job = job({ createdTime: clock.time });
    const { onDescribe } = kind;
    const from = clock.time + 3_000;
    kind.onDescribe = (described) =>
      clock.time >= from && clock.time < from + forMs ? undefined : onDescribe(described);
  };

  test('is awaited for 15 seconds', async () => {
    vanish(12_000);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(0);
    expect(reasons()).toContain('Describe does not return the job any more');
  });

  test('is lost after them, and started again', async () => {
    vanish(30_000);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(1);
  });
});

describe('a job that failed because access was denied', () => {
  /** The first `denials` jobs fail 10 seconds after their start. */
  const denyJobs = (denials: number): void => {
    let started = 0;
    const { onStart, onDescribe } = kind;
    kind.onStart = (started_) => {
      started += 1;
      onStart(started_);
    };
    kind.onDescribe = (described) => {
      const current = onDescribe(described);
      return current?.status === 'DONE' && started <= denials ? { ...current, status: 'FAILED' } : current;
    };
    kind.isDenied = ({ status }) => status === 'FAILED';
  };

  test('is started again under the same id until it succeeds', async () => {
    denyJobs(2);
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(3);
    expect(kind.calls).not.toContain('explain');
  });

  test('is started again by the next invocation', async () => {
    denyJobs(1);
    kind.job = job({ status: 'FAILED' });
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(2);
  });

  test('is not mistaken for the new job while Describe still returns it', async () => {
    denyJobs(1);
    const { onDescribe } = kind;
    let old: FakeJob | undefined;
    let newTime = Infinity;
    kind.onDescribe = (described) => {
      const current = onDescribe(described);
      if (current?.status === 'FAILED') old = current;
      if (old && current !== old && newTime === Infinity) newTime = clock.time;
      return old && clock.time < newTime + 5_000 ? old : current;
    };
    expect(await reconcile()).toEqual(ANSWER);
    expect(kind.count('start')).toBe(2);
  });

  test('fails with its errors when the denial lasts longer than a policy takes to propagate', async () => {
    denyJobs(Infinity);
    expect((await failure()).message).toBe('The paint was empty.');
    expect(clock.time - request.requestedTime).toBeGreaterThan(120_000);
    expect(clock.time - request.requestedTime).toBeLessThan(150_000);
  });

  test('fails at once when the request is older than a policy takes to propagate', async () => {
    denyJobs(Infinity);
    clock.time = request.requestedTime + 120_001;
    kind.job = job({ status: 'FAILED' });
    await failure();
    expect(kind.count('start')).toBe(0);
  });

  test('fails at once when the service reports no creation time', async () => {
    denyJobs(Infinity);
    kind.job = job({ status: 'FAILED', createdTime: undefined });
    await failure();
    expect(kind.count('start')).toBe(0);
  });

  test('and for other reasons fails at once', async () => {
    kind.job = job({ status: 'FAILED' });
    await failure();
    expect(kind.count('start')).toBe(0);
  });
});

describe('a request past its deadline', () => {
  test('fails with the last observation', async () => {
    kind.onDescribe = (described) => described;
    expect((await failure()).message).toBe(
      'The paint job House-Wall-1 did not finish within 30 minutes. Last observation: the job is RUNNING. Increase the timeout (at most 60 minutes), or use fewer assets.',
    );
    expect(kind.count('start')).toBe(1);
  });

  test.each([
    [60_000, '1 minute'],
    [90_000, '1.5 minutes'],
  ])('fails with its timeout of %d ms in minutes', async (timeoutMs, text) => {
    request = { ...request, deadline: request.requestedTime + timeoutMs };
    kind.onDescribe = (described) => described;
    expect((await failure()).message).toContain(`did not finish within ${text}. Last observation`);
  });

  test('fails before it starts a job when every invocation was stopped', async () => {
    clock.time = request.deadline + 1;
    expect((await failure()).message).toContain(
      'did not finish within 30 minutes. Last observation: every invocation was stopped before it finished.',
    );
    expect(kind.calls).toEqual(['prepare']);
  });

  test('returns the answer that an earlier delivery recorded', async () => {
    clock.time = request.deadline + 1;
    kind.onPrepare = () => ANSWER;
    expect(await reconcile()).toEqual(ANSWER);
  });

  test('still describes the job at the deadline', async () => {
    clock.time = request.deadline;
    kind.job = job({ status: 'DONE' });
    expect(await reconcile()).toEqual(ANSWER);
  });
});
