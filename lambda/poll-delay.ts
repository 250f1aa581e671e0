/** Seconds of a job's age up to which it is described at the first interval; an older one can wait a little longer. */
const SHORT_JOB_SECONDS = 60;
const SHORT_JOB_INTERVAL = 1.4;
const LONG_JOB_INTERVAL = 2.7;

/** How long to wait, in milliseconds, before a running job is described again. */
export function pollDelay(jobAgeMilliseconds: number): number {
  return 1000 * (jobAgeMilliseconds < SHORT_JOB_SECONDS * 1000 ? SHORT_JOB_INTERVAL : LONG_JOB_INTERVAL);
}

const FIRST_BUSY_DELAY = 1000;
const LONGEST_BUSY_DELAY = 12_000;

/** How long to wait, in milliseconds, after `tries` refusals in a row: longer each time, and with jitter, so that many do not come at once. */
export function busyDelay(tries: number, random: number): number {
  const most = Math.min(LONGEST_BUSY_DELAY, FIRST_BUSY_DELAY * 2 ** Math.min(tries, 10));
  return most / 2 + (random * most) / 2;
}
