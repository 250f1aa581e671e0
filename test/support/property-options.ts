import type { Parameters } from 'fast-check';

const { FAST_CHECK_RUNS, FAST_CHECK_SEED } = process.env;

// A long run takes its time, and a short one may meet a busy machine.
jest.setTimeout(FAST_CHECK_RUNS === undefined ? 60_000 : 7_200_000);

/**
 * How many cases of a property are tried: `usual`, or as many as a long run asks for (FAST_CHECK_RUNS). With a seed
 * given (FAST_CHECK_SEED), it is the same ones each time, and the first that fails is told as it is.
 */
export function cases<T = never>(usual: number): Parameters<T> {
  return {
    numRuns: FAST_CHECK_RUNS === undefined ? usual : Number(FAST_CHECK_RUNS),
    ...(FAST_CHECK_SEED !== undefined && { seed: Number(FAST_CHECK_SEED), endOnFailure: true }),
  };
}
