/**
 * A bundle waits for half an interval on average until it is noticed. Up to this age of a job that is most of what a deployment
 * waits for in vain; an older one is described less often, so that a job of five minutes takes about 130 calls.
 */
const SHORT_JOB_MILLISECONDS = 60_000;
const SHORT_JOB_INTERVAL = 1_650;
const LONG_JOB_INTERVAL = 2_700;

/** Up to this share of what the last export took, no end is expected … */
const UNEVENTFUL_SHARE = 0.9;
/** … and a look in so many parts of it is enough, so that an export that has become shorter loses little. */
const UNEVENTFUL_LOOKS = 20;

/**
 * How long to wait, in milliseconds, before a running job is described again.
 *
 * @param age of the job, in milliseconds.
 * @param random from 0 to 1: exports that began together do not go on in step.
 * @param lastTook what the last export of the resource took, where that is known.
 */
export function pollInterval(age: number, random: number, lastTook = 0): number {
  const interval = (age < SHORT_JOB_MILLISECONDS ? SHORT_JOB_INTERVAL : LONG_JOB_INTERVAL) * (0.75 + random / 2);
  const uneventful = Math.min(lastTook / UNEVENTFUL_LOOKS, lastTook * UNEVENTFUL_SHARE - age);
  return Math.max(interval, uneventful);
}

const FIRST_BUSY_DELAY = 1000;
const LONGEST_BUSY_DELAY = 12_000;

/** How long to wait, in milliseconds, after `tries` refusals in a row: longer each time, and with jitter, so that many do not come at once. */
export function retryBackoff(tries: number, random: number): number {
  const most = Math.min(LONGEST_BUSY_DELAY, FIRST_BUSY_DELAY * 2 ** Math.min(tries, 10));
  return most / 2 + (random * most) / 2;
}
