import type { Clock } from '../../lambda/core/clock';

/** More sleeps than any test needs. A loop that never ends reaches it. */
const MAX_SLEEPS = 5000;

/** A clock that only `sleep` and the test move forward. */
export class InMemoryClock implements Clock {
  public time = Date.UTC(2026, 10, 24, 12);
  /** Every sleep, in milliseconds. */
  public readonly slept: number[] = [];
  public randomValue = 0.5;

  public readonly now = (): number => this.time;

  public readonly sleep = async (milliseconds: number): Promise<void> => {
    if (!(milliseconds >= 0) || this.slept.length >= MAX_SLEEPS)
      throw new Error(`endless loop: sleep(${milliseconds})`);
    this.slept.push(milliseconds);
    this.time += milliseconds;
  };

  public readonly random = (): number => this.randomValue;
}
