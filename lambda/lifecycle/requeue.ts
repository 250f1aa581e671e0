import type { Clock } from '../core/clock';
import { LimitExceededError, RetryableError, TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import { longestWait, retryBackoff, slotInterval } from '../core/retry';

/** The result of a step that has to be repeated. */
export interface Requeue {
  readonly requeueAfterMs: number;
  /** Written to the log, and to the message when the request times out. */
  readonly reason: string;
}

/** All times are milliseconds since the epoch. */
export interface Schedule {
  readonly requestedTime: number;
  readonly deadline: number;
  /** End of this invocation. The waiter invokes the function again. */
  readonly yieldAt: number;
}

/** A new role or policy takes effect within this time. A denial that lasts longer is final, as is an unknown host name. */
export const PERMISSION_GRACE_MS = 120_000;

/** The name of an existing host can fail to resolve for a moment. https://github.com/aws/aws-sdk-js/issues/528 */
const MAX_UNRESOLVED_RETRIES = 3;

/** The shortest time until the waiter invokes the function again. */
const WAITER_INTERVAL_MS = 1_000;

/**
 * Repeats a step until it has a result. A RetryableError requeues the step with backoff, a LimitExceededError more often the
 * less time the request has left.
 *
 * @returns undefined when this invocation ends before there is a result.
 * @throws TerminalError of the step, of `timedOut`, or of a denial that outlasts the propagation of policies.
 */
export async function requeueUntilDone<T extends object>(
  step: () => Promise<T | Requeue>,
  { requestedTime, deadline, yieldAt }: Schedule,
  { clock, log }: { clock: Clock; log: Log },
  timedOut: (reason: string) => TerminalError,
): Promise<T | undefined> {
  let failures = 0;
  const retryAfter = (error: RetryableError): number => {
    const times = [clock.now() - requestedTime, deadline - clock.now()] as const;
    return error instanceof LimitExceededError
      ? slotInterval(...times, clock.random())
      : retryBackoff(failures++, clock.random(), longestWait(...times));
  };
  const attempt = async (): Promise<T | Requeue> => {
    try {
      const result = await step();
      failures = 0;
      return result;
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      const mayPass = error.kind === 'busy' || (error.kind === 'unresolved' && failures < MAX_UNRESOLVED_RETRIES);
      if (!mayPass && clock.now() > requestedTime + PERMISSION_GRACE_MS) {
        throw new TerminalError(error.message);
      }
      return { reason: error.message, requeueAfterMs: retryAfter(error) };
    }
  };
  for (;;) {
    const result = await attempt();
    if (!('requeueAfterMs' in result)) return result;
    const { reason, requeueAfterMs } = result;
    log.info('requeued', { reason, requeueAfterMs: Math.round(requeueAfterMs) });
    const next = clock.now() + requeueAfterMs;
    if (next > deadline) throw timedOut(reason.replace(/\.$/, ''));
    if (next > yieldAt) {
      // Sleep out the rest of the interval: the waiter would poll earlier.
      const rest = Math.min(next - WAITER_INTERVAL_MS, yieldAt) - clock.now();
      if (rest > 0) await clock.sleep(rest);
      return undefined;
    }
    await clock.sleep(requeueAfterMs);
  }
}
