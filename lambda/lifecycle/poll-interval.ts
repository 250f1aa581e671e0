/** Intervals between two Describe calls of a running job. Each kind of job has its own, from measurements. */
export interface Pacing {
  /** Jobs up to this age are polled at `shortJobIntervalMs`. Older ones are polled at `longJobIntervalMs`. */
  readonly shortJobMs: number;
  readonly shortJobIntervalMs: number;
  readonly longJobIntervalMs: number;
}

/** No job ends before this share of its expected duration … */
const QUIET_SHARE = 0.9;
/** … and polling it this often in that time is enough. A job that became shorter loses little. */
const QUIET_POLLS = 20;

/**
 * Milliseconds until a running job is described again.
 *
 * @param ageMs age of the job.
 * @param random at least 0, below 1. Jitter separates jobs that started together.
 * @param expectedDurationMs duration of the last job of this resource, 0 when it is unknown.
 */
export function pollInterval(pacing: Pacing, ageMs: number, random: number, expectedDurationMs = 0): number {
  const base = ageMs < pacing.shortJobMs ? pacing.shortJobIntervalMs : pacing.longJobIntervalMs;
  const quiet = Math.min(expectedDurationMs / QUIET_POLLS, expectedDurationMs * QUIET_SHARE - ageMs);
  return Math.max(base * (0.75 + random / 2), quiet);
}
