import type { Clock } from './clock';

const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 12_000;

const SHORTEST_WAIT_MS = 500;
const HALF_TIME_WAIT_MS = 8_000;
const LONGEST_WAIT_MS = 24_000;

/** Half of the longest wait to the whole. */
function withJitter(longestMs: number, random: number): number {
  return longestMs / 2 + (random * longestMs) / 2;
}

/** Exponential backoff with jitter: milliseconds to wait after `failures` earlier failures in a row, at most `longestMs`. */
export function retryBackoff(failures: number, random: number, longestMs = MAX_BACKOFF_MS): number {
  return withJitter(Math.min(longestMs, MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10)), random);
}

/**
 * Longest wait of a request between two attempts, in milliseconds: 8 seconds × (time left ÷ time passed)³, at least 0.5 seconds
 * and at most 24. A slot goes to the first request that asks, so the request with the least time left must ask most often.
 * docs/decisions/0011-fair-waiting.md
 */
export function longestWait(passedMs: number, leftMs: number): number {
  const ratio = leftMs / passedMs;
  return Math.max(SHORTEST_WAIT_MS, Math.min(HALF_TIME_WAIT_MS * ratio * ratio * ratio, LONGEST_WAIT_MS));
}

/** Milliseconds until a request asks for a slot again. They depend on times only, so a new invocation changes nothing. */
export function slotInterval(passedMs: number, leftMs: number, random: number): number {
  return withJitter(longestWait(passedMs, leftMs), random);
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
