import { pollInterval } from '../../../lambda/lifecycle/poll-interval';

const PACING = { shortJobMs: 60_000, shortJobIntervalMs: 1_650, longJobIntervalMs: 2_700 };
const FIVE_MINUTES = 300_000;

/** The ages at which a job of this length is looked at. */
function looks(length: number, lastTook?: number, random = 0.5): number[] {
  const ages: number[] = [];
  for (let age = 0; age < length; age += pollInterval(PACING, age, random, lastTook)) ages.push(age);
  return ages;
}

/** How late a job that may end at any moment up to `length` is noticed, half of the time: half an interval. */
const medianLateness = (age: number): number => pollInterval(PACING, age, 0.5) / 2;

test('a job of five minutes takes at most 130 looks, or 40 where the last one took as long', () => {
  expect(looks(FIVE_MINUTES).length).toBeLessThanOrEqual(130);
  expect(looks(FIVE_MINUTES, FIVE_MINUTES).length).toBeLessThanOrEqual(40);
});

test('a job of up to a minute is noticed within a second half of the time, a longer one within one and a half', () => {
  for (const age of [0, 10_000, 59_999]) expect(medianLateness(age)).toBeLessThanOrEqual(1000);
  for (const age of [60_000, FIVE_MINUTES, 12 * FIVE_MINUTES]) expect(medianLateness(age)).toBeLessThanOrEqual(1500);
});

test('a chance makes it longer or shorter by a quarter, so that exports do not go on in step', () => {
  for (const age of [0, FIVE_MINUTES]) {
    const middle = pollInterval(PACING, age, 0.5);
    expect(pollInterval(PACING, age, 0) / middle).toBeCloseTo(0.75);
    expect(pollInterval(PACING, age, 1) / middle).toBeCloseTo(1.25);
  }
});

test('where the last export took long, a shorter one is still noticed early, and the end is looked for as always', () => {
  const ages = looks(FIVE_MINUTES, FIVE_MINUTES);
  const waits = ages.slice(1).map((age, n) => age - (ages[n] ?? 0));
  expect(Math.max(...waits)).toBeLessThanOrEqual(FIVE_MINUTES / 20);
  for (const age of [0.9 * FIVE_MINUTES, FIVE_MINUTES, 2 * FIVE_MINUTES])
    expect(pollInterval(PACING, age, 0.5, FIVE_MINUTES)).toBe(pollInterval(PACING, age, 0.5));
  // Nobody waits longer for a short job because the last was short, too.
  expect(looks(10_000, 10_000)).toEqual(looks(10_000));
});
