import { longestWait, retry, retryBackoff, slotInterval } from '../../../lambda/core/retry';
import { InMemoryClock } from '../../support/in-memory-clock';

describe('the backoff', () => {
  test.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [4, 12_000],
    [1_000_000, 12_000],
  ])('after %d failures is between half of %d ms and the whole', (failures, longest) => {
    expect(retryBackoff(failures, 0)).toBe(longest / 2);
    expect(retryBackoff(failures, 0.5)).toBe(0.75 * longest);
    expect(retryBackoff(failures, 1)).toBe(longest);
  });
});

test('the backoff is at most the longest wait of its caller', () => {
  expect(retryBackoff(0, 1, 700)).toBe(700);
  expect(retryBackoff(10, 1, 5_000)).toBe(5_000);
  expect(retryBackoff(10, 1, 24_000)).toBe(12_000);
});

describe('the longest wait', () => {
  const HOUR_MS = 3_600_000;

  // 8 seconds × (time left ÷ time passed)³, at least 0.5 and at most 24 seconds.
  test.each([
    [0, 24_000],
    [0.25, 24_000],
    [0.5, 8_000],
    [0.6, 2_370.37],
    [2 / 3, 1_000],
    [0.75, 500],
    [1, 500],
    [1.01, 500],
  ])('of a request is, when %d of its time has passed, %d ms', (share, longestMs) => {
    expect(longestWait(share * HOUR_MS, (1 - share) * HOUR_MS)).toBeCloseTo(longestMs, 1);
  });

  test('never increases while time passes', () => {
    const waits = Array.from({ length: 1001 }, (_, n) =>
      longestWait((n * HOUR_MS) / 1000, HOUR_MS - (n * HOUR_MS) / 1000),
    );
    expect(waits).toEqual([...waits].sort((one, other) => other - one));
  });

  test('is shortened by up to half by jitter, so that requests of the same age separate', () => {
    expect([0, 0.5, 1].map((random) => slotInterval(HOUR_MS, HOUR_MS, random))).toEqual([4_000, 6_000, 8_000]);
  });
});

describe('retry', () => {
  let clock: InMemoryClock;
  beforeEach(() => {
    clock = new InMemoryClock();
  });

  /** An operation that throws these errors in turn, and then returns the number of its calls. */
  function run(
    errors: Error[],
    { attempts = 3, isRetryable = (error: unknown): boolean => error instanceof Error } = {},
  ) {
    let calls = 0;
    const operation = async (): Promise<number> => {
      const error = errors[calls++];
      if (error) throw error;
      return calls;
    };
    return { calls: () => calls, result: retry(operation, { attempts, isRetryable, clock }) };
  }
  const [first, second, third] = [new Error('first'), new Error('second'), new Error('third')] as const;

  test('returns the result of an operation that succeeds at once, without a wait', async () => {
    expect(await run([]).result).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  test('repeats an operation that fails, with a longer wait each time', async () => {
    expect(await run([first, second]).result).toBe(3);
    expect(clock.slept).toEqual([750, 1_500]);
  });

  test('throws the last error after all attempts', async () => {
    const { calls, result } = run([first, second, third]);
    await expect(result).rejects.toBe(third);
    expect(calls()).toBe(3);
    expect(clock.slept).toHaveLength(2);
  });

  test('makes one attempt when one is allowed', async () => {
    await expect(run([first], { attempts: 1 }).result).rejects.toBe(first);
    expect(clock.slept).toEqual([]);
  });

  test('throws an error that is not retryable at once', async () => {
    const { calls, result } = run([first, second], { isRetryable: (error) => error === first });
    await expect(result).rejects.toBe(second);
    expect(calls()).toBe(2);
  });
});
