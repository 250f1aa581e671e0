import type { Runtime } from '../core/clock';
import { ExportFailure, Transient } from '../core/errors';
import type { Log } from '../core/log';
import { busyDelay } from './poll-interval';

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
  readonly leaveAt: number;
}

/** New roles and policies are known everywhere within this time, or not at all. */
const PERMISSION_GRACE_MILLISECONDS = 120_000;

/** How soon the waiter calls again at the earliest. */
const CALLED_AGAIN_MILLISECONDS = 1_000;

/**
 * Takes a step until it gives a result. What passes by itself is waited out, longer each time.
 *
 * @returns undefined when this invocation should end before there is a result.
 * @throws ExportFailure of the step, of `outOfTime`, or of a permission that does not come.
 */
export async function repeat<T extends object>(
  step: () => Promise<T | Waiting>,
  { requestedTime, deadline, leaveAt }: Schedule,
  { runtime, log }: { runtime: Runtime; log: Log },
  outOfTime: (waitingFor: string) => ExportFailure,
): Promise<T | undefined> {
  let tries = 0;
  const patiently = async (): Promise<T | Waiting> => {
    try {
      const result = await step();
      tries = 0;
      return result;
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (error.kind === 'denied' && runtime.now() > requestedTime + PERMISSION_GRACE_MILLISECONDS)
        throw new ExportFailure(error.message);
      return { waitingFor: error.message, milliseconds: busyDelay(tries++, runtime.random()) };
    }
  };
  for (;;) {
    const result = await patiently();
    if (!('waitingFor' in result)) return result;
    log.info('waiting', { waitingFor: result.waitingFor, milliseconds: Math.round(result.milliseconds) });
    const next = runtime.now() + result.milliseconds;
    if (next > deadline) throw outOfTime(result.waitingFor);
    if (next > leaveAt) {
      // The end of an invocation is no reason to look earlier than otherwise.
      const rest = Math.min(next - CALLED_AGAIN_MILLISECONDS, leaveAt) - runtime.now();
      if (rest > 0) await runtime.sleep(rest);
      return undefined;
    }
    await runtime.sleep(result.milliseconds);
  }
}
