import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { retryBackoff, slotInterval } from '../../lambda/core/retry';
import { deployAtOnce, type Outcome, timeoutsInOrderOfArrival, type WaitInterval } from '../support/shared-account';

const DOCUMENT = join(__dirname, '..', '..', 'docs', 'reference', 'fair-waiting.md');

const SEEDS = [1, 2, 3, 4, 5];
const EXPORTS_PER_STACK = 100;

const fairly: WaitInterval = slotInterval;
/** The wait of every other error. It starts again with each invocation and is independent of the age of the request. */
const withBackoff: WaitInterval = (_passedMs, _leftMs, random, failures) => retryBackoff(failures, random);

interface Contention {
  readonly stacks: number;
  readonly jobMinutes: number;
  /** Number of seeds. */
  readonly runs?: number;
  readonly callMs?: number;
}

const scenarios = ({ jobMinutes, runs = SEEDS.length, ...more }: Contention) =>
  SEEDS.slice(0, runs).map((seed) => ({
    ...more,
    seed,
    exportsPerStack: EXPORTS_PER_STACK,
    jobMs: jobMinutes * 60_000,
  }));

const deployed = new Map<string, Outcome[]>();
/** The outcomes with all seeds. They are simulated once. */
function deploy(contention: Contention, interval: WaitInterval): Outcome[] {
  const key = JSON.stringify([contention, interval === fairly]);
  const outcomes = deployed.get(key) ?? scenarios(contention).map((scenario) => deployAtOnce(scenario, interval));
  deployed.set(key, outcomes);
  return outcomes;
}
const timeouts = (outcomes: readonly Outcome[]): number[] => outcomes.map((outcome) => outcome.timeouts);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

describe('six stacks of 100 exports that share five slots', () => {
  const NONE = SEEDS.map(() => 0);

  test.each([1, 3])('have no timeout with jobs of %d min, as in order of arrival', (jobMinutes) => {
    const contention = { stacks: 6, jobMinutes };
    expect(scenarios(contention).map(timeoutsInOrderOfArrival)).toEqual(NONE);
    expect(timeouts(deploy(contention, fairly))).toEqual(NONE);
  });

  test.each([
    [1, 1],
    [3, 50],
  ])('have timeouts with jobs of %d min if they wait with exponential backoff', (jobMinutes, atLeast) => {
    expect(mean(timeouts(deploy({ stacks: 6, jobMinutes }, withBackoff)))).toBeGreaterThanOrEqual(atLeast);
  });

  test('call QuickSight less than twice a second for each stack, on average', () => {
    for (const jobMinutes of [1, 3])
      for (const { calls } of deploy({ stacks: 6, jobMinutes }, fairly)) expect(calls.mean).toBeLessThan(12);
  });
});

test('one stack, which has as many lanes as there are slots, never waits', () => {
  for (const { waitSeconds, timeouts: count } of deploy({ stacks: 1, jobMinutes: 1 }, fairly))
    expect([waitSeconds.longest, count]).toEqual([0, 0]);
});

test('docs/reference/fair-waiting.md has the figures of these simulations', () => {
  const rows = [
    { stacks: 1, jobMinutes: 1 },
    { stacks: 2, jobMinutes: 1 },
    { stacks: 2, jobMinutes: 3 },
    { stacks: 6, jobMinutes: 1 },
    { stacks: 6, jobMinutes: 3 },
    { stacks: 6, jobMinutes: 3, callMs: 100 },
    { stacks: 6, jobMinutes: 5, runs: 1 },
    { stacks: 6, jobMinutes: 5, runs: 1, callMs: 100 },
  ].map((contention: Contention) => {
    const { stacks, jobMinutes, callMs = 0, runs = SEEDS.length } = contention;
    const exports = stacks * EXPORTS_PER_STACK * runs;
    const inOrder = sum(scenarios(contention).map(timeoutsInOrderOfArrival));
    return [stacks, jobMinutes, callMs, exports, inOrder, ...cells(contention)].join(' | ');
  });
  const text = [
    '# Fair waiting',
    '',
    'Simulated deployments of several stacks at once in one account. Each stack has 100 exports in five lanes, and each export has a timeout of 30 minutes. The stacks start within five minutes. An invocation lasts 90 seconds at most, and the waiter invokes the function again a second later. [Decision 10](../decisions/0011-fair-waiting.md) has the formula.',
    '',
    '- “Exports”: number of exports, in up to five runs with different seeds.',
    '- “Timeouts”: number of exports that time out. “In order of arrival”: if each slot went at once to the export that has waited longest.',
    '- “Wait”: time until the job starts, in seconds.',
    '- “Calls”: calls of Describe and Start per second, of all stacks together.',
    '- “Time”: duration of all deployments, divided by what five slots need at best. Timeouts shorten it.',
    '',
    'Each pair has the figure of the function first, and then the figure of an exponential backoff of 1 to 12 seconds, which it had before. The figures with calls that take no time overstate the calls.',
    '',
    '`WRITE_DOCS=1 npm run test:unit -- fair-waiting` generates this document from `test/behaviour/fair-waiting.test.ts`.',
    '',
    '| stacks | jobs, minutes | a call takes, ms | exports | timeouts in order of arrival | timeouts | median wait | longest wait | calls, mean | calls, busiest second | time |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
  if (process.env.WRITE_DOCS) writeFileSync(DOCUMENT, text);
  expect(existsSync(DOCUMENT) && readFileSync(DOCUMENT, 'utf8')).toBe(text);
});

/** The figures of both ways to wait, in pairs. */
function cells(contention: Contention): string[] {
  const figures = [fairly, withBackoff].map((interval) => {
    const outcomes = deploy(contention, interval);
    return [
      sum(timeouts(outcomes)),
      mean(outcomes.map(({ waitSeconds }) => waitSeconds.median)).toFixed(0),
      Math.max(...outcomes.map(({ waitSeconds }) => waitSeconds.longest)),
      mean(outcomes.map(({ calls }) => calls.mean)).toFixed(1),
      Math.max(...outcomes.map(({ calls }) => calls.busiestSecond)),
      mean(outcomes.map(({ timeRatio }) => timeRatio)).toFixed(2),
    ];
  });
  const [fair = [], backoff = []] = figures;
  return fair.map((figure, index) => `${figure} / ${backoff[index]}`);
}
