import type { Context } from 'aws-lambda';
import { handler } from '../../../lambda/export/is-complete';
import type { IsCompleteEvent } from '../../../lambda/lifecycle/job-request';
import { peakBytes } from './report';

/** The message to the parent process after an invocation of isComplete. */
export interface Invoked {
  /** In milliseconds since 1970. */
  readonly answered: number;
  /** Processor time of the invocation in all threads. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly result?: { readonly IsComplete: boolean; readonly PhysicalResourceId?: string; readonly Data?: unknown };
  readonly error?: string;
}

/** The timeout of the function. */
const TIMEOUT_MS = 7 * 60 * 1000;

/** isComplete, bundled as in the package. Every message of the parent process is an event. */
process.on('message', (event: IsCompleteEvent) => void invoke(event));
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function invoke(event: IsCompleteEvent): Promise<void> {
  const [end, before] = [Date.now() + TIMEOUT_MS, process.cpuUsage()];
  const context: Pick<Context, 'getRemainingTimeInMillis'> = { getRemainingTimeInMillis: () => end - Date.now() };
  const outcome = await handler(event, context).then(
    (result) => ({ result }),
    (error: Error) => ({ error: error.message }),
  );
  const answered = Date.now();
  const { user, system } = process.cpuUsage(before);
  const invoked: Invoked = { answered, cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes(), ...outcome };
  process.send?.(invoked);
}
