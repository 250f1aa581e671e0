import { LimitExceededError, RetryableError, TerminalError } from '../../../lambda/core/errors';
import { type Requeue, requeueUntilDone } from '../../../lambda/lifecycle/requeue';
import { type LogLine, recordedLog } from '../../../testing/recorded-log';
import { InMemoryClock } from '../../support/in-memory-clock';

const DONE = { done: true };

let clock: InMemoryClock;
let lines: LogLine[];
let start: number;
beforeEach(() => {
  clock = new InMemoryClock();
  lines = [];
  start = clock.time;
});

/** Runs the step. It gets the number of its earlier calls and the milliseconds since the start. */
function run(
  step: (earlierCalls: number, elapsedMs: number) => Requeue | typeof DONE,
  { deadline = 3_600_000, yieldAt = 3_600_000, requestedTime = 0 } = {},
) {
  let calls = 0;
  return requeueUntilDone(
    async () => step(calls++, clock.time - start),
    { requestedTime: start + requestedTime, deadline: start + deadline, yieldAt: start + yieldAt },
    { clock, log: recordedLog(lines) },
    (reason) => new TerminalError(`timed out: ${reason}`),
  );
}

const requeue = (requeueAfterMs: number): Requeue => ({ reason: 'not yet', requeueAfterMs });

test('a step is repeated at its own intervals until it has a result', async () => {
  expect(await run((calls) => (calls < 3 ? requeue(100.4 * (calls + 1)) : DONE))).toBe(DONE);
  expect(clock.slept.map((slept) => Math.round(slept))).toEqual([100, 201, 301]);
  expect(lines[0]).toEqual({ level: 'info', message: 'requeued', reason: 'not yet', requeueAfterMs: 100 });
});

describe('the end of the invocation', () => {
  test('comes when the next step would be after it, and not before', async () => {
    expect(await run(() => requeue(1000), { yieldAt: 3000 })).toBeUndefined();
    expect(clock.slept).toHaveLength(3);
  });

  test.each([
    [10_000, 500, [500]],
    [1_400, 500, [400]],
    [1_000, 500, []],
    [300, 0, []],
  ])(
    'comes no earlier than the waiter may call again: interval of %d ms, %d ms left, sleeps of %j ms',
    async (requeueAfterMs, yieldAt, slept) => {
      expect(await run(() => requeue(requeueAfterMs), { yieldAt })).toBeUndefined();
      expect(clock.slept).toEqual(slept);
    },
  );
});

describe('a request times out', () => {
  test('when the next step would be after the deadline, and not before', async () => {
    await expect(run(() => requeue(1000), { deadline: 3000 })).rejects.toThrow('timed out: not yet');
    expect(clock.slept).toHaveLength(3);
  });

  test('even when the invocation ends at the same time', async () => {
    await expect(run(() => requeue(1000), { deadline: 500, yieldAt: 0 })).rejects.toThrow('timed out: not yet');
  });
});

describe('a busy service', () => {
  const busy = (): never => {
    throw new RetryableError('busy', 'SlowDown');
  };

  test('is retried with exponential backoff, which a success resets', async () => {
    await run((calls) => (calls < 8 || calls === 9 ? busy() : calls === 8 ? requeue(1) : DONE));
    // The random value 0.5 makes each wait three quarters of the longest one.
    expect(clock.slept).toEqual([750, 1500, 3000, 6000, 9000, 9000, 9000, 9000, 1, 750]);
    expect(lines.at(-1)).toMatchObject({ message: 'requeued', reason: 'SlowDown' });
  });

  test('is retried with jitter', async () => {
    clock.randomValue = 0;
    await run((calls) => (calls < 1 ? busy() : DONE));
    expect(clock.slept).toEqual([500]);
  });
});

test('a busy service is retried more often when little time is left', async () => {
  const step = (calls: number) => {
    if (calls < 4) throw new RetryableError('busy', 'SlowDown');
    return DONE;
  };
  await run(step, { requestedTime: -75_000, deadline: 25_000 });
  // Three quarters of 8 s × (25 / 75)³, which is less than 0.5 s.
  expect(clock.slept).toEqual([375, 375, 375, 375]);
});

describe('a request that waits for a slot', () => {
  const MINUTE_MS = 60_000;
  const full = (): never => {
    throw new LimitExceededError('five jobs are running');
  };
  /** The interval after one refusal, at this age of a request with a timeout of 30 minutes. */
  const intervalAt = async (ageMs: number): Promise<number | undefined> => {
    clock.slept.length = 0;
    start = clock.time;
    await run((calls) => (calls < 1 ? full() : DONE), { requestedTime: -ageMs, deadline: 30 * MINUTE_MS - ageMs });
    return clock.slept[0];
  };

  test('asks the more often, the longer it has waited, in each invocation', async () => {
    // The random value 0.5 makes each wait three quarters of the longest one.
    expect(await intervalAt(0)).toBe(18_000);
    expect(await intervalAt(15 * MINUTE_MS)).toBe(6_000);
    expect(await intervalAt(20 * MINUTE_MS)).toBe(750);
    expect(await intervalAt(29 * MINUTE_MS)).toBe(375);
  });

  test('keeps its interval, however often it was refused', async () => {
    await run((calls) => (calls < 4 ? full() : DONE));
    expect(clock.slept).toEqual([18_000, 18_000, 18_000, 18_000]);
  });

  test('waits with jitter', async () => {
    clock.randomValue = 0;
    expect(await intervalAt(0)).toBe(12_000);
  });

  test('times out with its last refusal, and not before the deadline is near', async () => {
    await expect(run(full, { deadline: 30 * MINUTE_MS, yieldAt: Infinity })).rejects.toThrow(
      'timed out: five jobs are running',
    );
    expect(clock.time - start).toBeGreaterThan(30 * MINUTE_MS - 500);
  });
});

describe('a missing permission', () => {
  test('is retried for two minutes after the request, and then fails with its own message', async () => {
    const denied = (untilMs: number) =>
      run((_, elapsedMs) => {
        if (elapsedMs < untilMs) throw new RetryableError('denied', 'AccessDenied');
        return DONE;
      });
    expect(await denied(110_000)).toBe(DONE);
    start = clock.time;
    const failure: unknown = await denied(Infinity).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TerminalError);
    expect(failure).toMatchObject({ message: 'AccessDenied' });
    expect(clock.time - start).toBeGreaterThan(120_000);
    expect(clock.time - start).toBeLessThan(140_000);
  });

  test.each([
    [120_000, 'is retried'],
    [120_001, 'fails'],
  ])('of a request %d ms ago %s', async (requestAgeMs, outcome) => {
    const step = (calls: number) => {
      if (calls === 0) throw new RetryableError('denied', 'AccessDenied');
      return DONE;
    };
    const result = run(step, { requestedTime: -requestAgeMs });
    if (outcome === 'fails') await expect(result).rejects.toThrow(TerminalError);
    else expect(await result).toBe(DONE);
  });
});

describe('a host name that does not resolve', () => {
  const unresolved = (): never => {
    throw new RetryableError('unresolved', 'no endpoint');
  };

  test('is retried for two minutes after the request, and then fails with its own message', async () => {
    await expect(run(unresolved)).rejects.toThrow(new TerminalError('no endpoint'));
    expect(clock.time - start).toBeGreaterThan(120_000);
    expect(clock.time - start).toBeLessThan(140_000);
    const step = (_: number, elapsedMs: number) => (elapsedMs < 110_000 ? unresolved() : DONE);
    start = clock.time;
    expect(await run(step)).toBe(DONE);
  });

  test('is retried three times later, because the name resolved before', async () => {
    const failing = (times: number) =>
      run((calls) => (calls < times ? unresolved() : DONE), { requestedTime: -600_000 });
    expect(await failing(3)).toBe(DONE);
    await expect(failing(4)).rejects.toThrow(new TerminalError('no endpoint'));
    // A success between two failures proves that the host exists.
    const alternating = (calls: number) => (calls > 20 ? DONE : calls % 4 === 3 ? requeue(1) : unresolved());
    expect(await run(alternating, { requestedTime: -600_000 })).toBe(DONE);
  });
});

test.each<[string, Error]>([
  ['a TerminalError', new TerminalError('No.')],
  ['an unexpected error', new TypeError('unexpected')],
])('%s fails the request at once', async (_, error) => {
  await expect(
    run(() => {
      throw error;
    }),
  ).rejects.toBe(error);
  expect(clock.slept).toEqual([]);
});
