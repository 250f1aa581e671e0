import type { Clock } from '../core/clock';
import { RetryableError, TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import { retryBackoff } from './poll-interval';

export interface Waiting {
  /** Goes into the log, and into the message when time is out. */
  readonly waitingFor: string;
  readonly milliseconds: number;
}

export interface Schedule {
  /** All in milliseconds since the epoch. */
  readonly requestedTime: number;
  readonly deadline: number;
  /** When this invocation should end; the waiter calls again. */
  readonly yieldAt: number;
}

/** New roles and policies are known everywhere within this time, or not at all. */
const PERMISSION_GRACE_MILLISECONDS = 120_000;

/** How soon the waiter calls again at the earliest. */
const CALLED_AGAIN_MILLISECONDS = 1_000;

/**
 * Takes a step until it gives a result. What passes by itself is waited out, longer each time.
 *
 * @returns undefined when this invocation should end before there is a result.
 * @throws TerminalError of the step, of `outOfTime`, or of a permission that does not come.
 */
export async function repeat<T extends object>(
  step: () => Promise<T | Waiting>,
  { requestedTime, deadline, yieldAt }: Schedule,
  { clock, log }: { clock: Clock; log: Log },
  outOfTime: (waitingFor: string) => TerminalError,
): Promise<T | undefined> {
  let tries = 0;
  const patiently = async (): Promise<T | Waiting> => {
    try {
      const result = await step();
      tries = 0;
      return result;
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      if (error.kind === 'denied' && clock.now() > requestedTime + PERMISSION_GRACE_MILLISECONDS)
        throw new TerminalError(error.message);
      return { waitingFor: error.message, milliseconds: retryBackoff(tries++, clock.random()) };
    }
  };
  for (;;) {
    const result = await patiently();
    if (!('waitingFor' in result)) return result;
    log.info('waiting', { waitingFor: result.waitingFor, milliseconds: Math.round(result.milliseconds) });
    const next = clock.now() + result.milliseconds;
    if (next > deadline) throw outOfTime(result.waitingFor);
    if (next > yieldAt) {
      // The end of an invocation is no reason to look earlier than otherwise.
      const rest = Math.min(next - CALLED_AGAIN_MILLISECONDS, yieldAt) - clock.now();
      if (rest > 0) await clock.sleep(rest);
      return undefined;
    }
    await clock.sleep(result.milliseconds);
  }
}
