import type { Clock } from './clock';

const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 12_000;

/** Exponential backoff with jitter: milliseconds to wait after `failures` earlier failures in a row. */
export function retryBackoff(failures: number, random: number): number {
  const longest = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10));
  return longest / 2 + (random * longest) / 2;
}

interface RetryOptions {
  /** Total number of attempts, at least 1. */
  readonly attempts: number;
  readonly isRetryable: (error: unknown) => boolean;
  readonly clock: Clock;
}

/** Repeats an operation within one invocation. `requeue.ts` waits across invocations. */
export async function retry<T>(
  operation: () => Promise<T>,
  { attempts, isRetryable, clock }: RetryOptions,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await operation();
    } catch (error) {
      if (failures + 1 >= attempts || !isRetryable(error)) throw error;
      await clock.sleep(retryBackoff(failures, clock.random()));
    }
  }
}
