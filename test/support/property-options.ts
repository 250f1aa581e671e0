import type { Parameters } from 'fast-check';

const { FAST_CHECK_RUNS, FAST_CHECK_SEED } = process.env;

// A long run takes hours, and a short run may share the machine.
jest.setTimeout(FAST_CHECK_RUNS === undefined ? 60_000 : 7_200_000);

/**
 * Options of a property. It runs `runs` times, or FAST_CHECK_RUNS times when that is set. FAST_CHECK_SEED makes the runs
 * the same each time and reports the first failure without shrinking.
 */
export function propertyOptions<T = never>(runs: number): Parameters<T> {
  return {
    numRuns: FAST_CHECK_RUNS === undefined ? runs : Number(FAST_CHECK_RUNS),
    ...(FAST_CHECK_SEED !== undefined && { seed: Number(FAST_CHECK_SEED), endOnFailure: true }),
  };
}
