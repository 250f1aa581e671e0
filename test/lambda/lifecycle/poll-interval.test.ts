import { pollInterval } from '../../../lambda/lifecycle/poll-interval';

const PACING = { shortJobMs: 60_000, shortJobIntervalMs: 1_650, longJobIntervalMs: 2_700 };
const FIVE_MINUTES_MS = 300_000;

/** The ages at which a job of this duration is polled. */
function polls(durationMs: number, expectedDurationMs?: number, random = 0.5): number[] {
  const ages: number[] = [];
  for (let age = 0; age < durationMs; age += pollInterval(PACING, age, random, expectedDurationMs)) ages.push(age);
  return ages;
}

test('a job is polled at the short interval until shortJobMs, and at the long interval from then on', () => {
  expect(pollInterval(PACING, 0, 0.5)).toBe(1_650);
  expect(pollInterval(PACING, 59_999, 0.5)).toBe(1_650);
  expect(pollInterval(PACING, 60_000, 0.5)).toBe(2_700);
  expect(pollInterval(PACING, 12 * FIVE_MINUTES_MS, 0.5)).toBe(2_700);
});

test('a five-minute job is polled at most 130 times, and at most 40 times when it is expected to take five minutes', () => {
  expect(polls(FIVE_MINUTES_MS).length).toBeLessThanOrEqual(130);
  expect(polls(FIVE_MINUTES_MS, FIVE_MINUTES_MS).length).toBeLessThanOrEqual(40);
});

test('jitter shortens or lengthens an interval by up to a quarter, so that jobs that start together separate', () => {
  for (const age of [0, FIVE_MINUTES_MS]) {
    const middle = pollInterval(PACING, age, 0.5);
    expect(pollInterval(PACING, age, 0) / middle).toBeCloseTo(0.75);
    expect(pollInterval(PACING, age, 1) / middle).toBeCloseTo(1.25);
  }
});

test('an interval is at most a twentieth of the expected duration, so that a job that became shorter loses little', () => {
  const ages = polls(FIVE_MINUTES_MS, FIVE_MINUTES_MS);
  const intervals = ages.slice(1).map((age, n) => age - (ages[n] ?? 0));
  expect(Math.max(...intervals)).toBe(FIVE_MINUTES_MS / 20);
});

test('an interval is normal from nine tenths of the expected duration on', () => {
  for (const age of [0.9 * FIVE_MINUTES_MS, FIVE_MINUTES_MS, 2 * FIVE_MINUTES_MS])
    expect(pollInterval(PACING, age, 0.5, FIVE_MINUTES_MS)).toBe(pollInterval(PACING, age, 0.5));
});

test('the expected duration of a short job does not lengthen an interval', () => {
  expect(polls(10_000, 10_000)).toEqual(polls(10_000));
});
