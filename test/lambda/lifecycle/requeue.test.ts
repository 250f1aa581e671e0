import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import type { Requeue } from '../../../lambda/lifecycle/requeue';
import { requeueUntilDone } from '../../../lambda/lifecycle/requeue';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

const DONE = { done: true };
let dependencies: InMemoryDependencies;
let begun: number;
beforeEach(() => {
  dependencies = new InMemoryDependencies(Buffer.alloc(0));
  begun = dependencies.time;
});

const outOfTime = (reason: string) => new TerminalError(`out of time: ${reason}`);

/** Repeats the step, which is told how often it has been taken and since when. */
function run(
  step: (nth: number, after: number) => Requeue | typeof DONE,
  { deadline = 3_600_000, yieldAt = 3_600_000, requested = 0 } = {},
) {
  let nth = 0;
  return requeueUntilDone(
    async () => step(nth++, dependencies.time - begun),
    { requestedTime: begun + requested, deadline: begun + deadline, yieldAt: begun + yieldAt },
    { clock: dependencies.clock, log: dependencies.logOf({}) },
    outOfTime,
  );
}

const wait = (requeueAfterMs: number): Requeue => ({ reason: 'it', requeueAfterMs });

test('takes the step until it gives a result, and waits as long as it says', async () => {
  expect(await run((nth) => (nth < 3 ? wait(100.4 * (nth + 1)) : DONE))).toBe(DONE);
  expect(dependencies.slept.map((slept) => Math.round(slept))).toEqual([100, 201, 301]);
  expect(dependencies.logged[0]).toEqual({ level: 'info', message: 'requeued', reason: 'it', requeueAfterMs: 100 });
});

test('leaves where the next look would come after its time, and not before', async () => {
  expect(await run(() => wait(1000), { yieldAt: 3000 })).toBeUndefined();
  expect(dependencies.slept).toHaveLength(3);
});

test.each([
  [10_000, 500, [500]],
  [1_400, 500, [400]],
  [1_000, 500, []],
  [300, 0, []],
])(
  'leaves no earlier than the waiter has to call again: a wait of %d ms, %d ms before its time',
  async (milliseconds, yieldAt, slept) => {
    expect(await run(() => wait(milliseconds), { yieldAt })).toBeUndefined();
    expect(dependencies.slept).toEqual(slept);
  },
);

test('is out of time where the next look would come after the deadline, and not before', async () => {
  await expect(run(() => wait(1000), { deadline: 3000 })).rejects.toThrow('out of time: it');
  expect(dependencies.slept).toHaveLength(3);
});

test('is out of time even where it would have left', async () => {
  await expect(run(() => wait(1000), { deadline: 500, yieldAt: 0 })).rejects.toThrow('out of time: it');
});

test('waits longer after each refusal, with jitter, and briefly again after a success', async () => {
  const busy = (): never => {
    throw new RetryableError('busy', 'SlowDown');
  };
  await run((nth) => (nth < 8 ? busy() : nth === 8 ? wait(1) : nth === 9 ? busy() : DONE));
  const waits = dependencies.slept;
  // With a chance of 0.5 each is three quarters of the most.
  expect(waits.slice(0, 4)).toEqual([750, 1500, 3000, 6000]);
  expect(new Set(waits.slice(4, 8)).size).toBe(1);
  expect(waits[4]).toBeLessThanOrEqual(15_000);
  expect(waits.slice(8)).toEqual([1, 750]);
  dependencies.random = 0;
  dependencies.slept.length = 0;
  await run((nth) => (nth < 1 ? busy() : DONE));
  expect(dependencies.slept).toEqual([500]);
  expect(dependencies.logged.at(-1)).toMatchObject({ reason: 'SlowDown' });
});

test('a permission may come for two minutes after the request', async () => {
  const denied = (until: number) =>
    run((_, after) => {
      if (after < until) throw new RetryableError('denied', 'AccessDenied');
      return DONE;
    });
  expect(await denied(110_000)).toBe(DONE);
  begun = dependencies.time;
  const failure = await denied(Infinity).catch((error: Error) => error);
  expect(failure).toBeInstanceOf(TerminalError);
  expect((failure as Error).message).toBe('AccessDenied');
  expect(dependencies.time - begun).toBeGreaterThan(120_000);
  expect(dependencies.time - begun).toBeLessThan(140_000);
});

test('a permission is still waited for when two minutes are just over', async () => {
  let thrown = 0;
  const step = () => {
    if (thrown++ === 0) throw new RetryableError('denied', 'AccessDenied');
    return DONE;
  };
  expect(await run(step, { requested: -120_000 })).toBe(DONE);
  thrown = 0;
  begun = dependencies.time;
  await expect(run(step, { requested: -120_001 })).rejects.toThrow('AccessDenied');
});

test('does not wait for what will not pass', async () => {
  for (const error of [new TerminalError('No.'), new TypeError('oops')]) {
    await expect(
      run(() => {
        throw error;
      }),
    ).rejects.toBe(error);
  }
  expect(dependencies.slept).toEqual([]);
});
