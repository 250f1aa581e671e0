import type { Clock } from '../core/clock';
import { TerminalError } from '../core/errors';
import type { Log, LogFields } from '../core/log';
import { assertResponseFits } from './cfn-response';
import type { JobResource, JobResourceFactory } from './job-kind';
import { deadlineOf, type IsCompleteEvent, type JobRequest, jobIdOf } from './job-request';
import { reconcileJob } from './reconcile-job';
import { reportFailure, requestFields } from './report-failure';
import { requeueUntilDone } from './requeue';

export type IsCompleteResult<A extends object> =
  | { readonly IsComplete: false }
  | { readonly IsComplete: true; readonly PhysicalResourceId: string; readonly Data?: A };

export interface IsCompleteDependencies {
  readonly clock: Clock;
  readonly logOf: (fields: LogFields) => Log;
  /** Name of this function's log group. */
  readonly logGroup: string;
}

interface Invocation extends IsCompleteDependencies {
  readonly log: Log;
  readonly yieldAt: number;
}

/**
 * Continues a request until it is complete or this invocation ends.
 *
 * @param yieldAt end of this invocation, in milliseconds since the epoch. The waiter invokes the function again.
 * @throws TerminalError when the request failed.
 */
export async function isComplete<R extends JobRequest, Job, A extends object>(
  event: IsCompleteEvent,
  resourceOf: JobResourceFactory<R, Job, A>,
  dependencies: IsCompleteDependencies,
  yieldAt: number,
): Promise<IsCompleteResult<A>> {
  const jobId = event.RequestType === 'Delete' ? event.PhysicalResourceId : jobIdOf(event);
  const log = dependencies.logOf(requestFields(event, event.PhysicalResourceId, jobId));
  const invocation = { ...dependencies, log, yieldAt };
  try {
    const resource = resourceOf(log);
    return event.RequestType === 'Delete'
      ? await completeDelete(event, resource, invocation)
      : await completeJob(event, resource, invocation);
  } catch (error) {
    throw reportFailure(error, event, log, dependencies.logGroup);
  }
}

async function completeJob<R extends JobRequest, Job, A extends object>(
  event: IsCompleteEvent,
  resource: JobResource<R, Job, A>,
  { log, ...context }: Invocation,
): Promise<IsCompleteResult<A>> {
  const { kind } = resource;
  const request = resource.request(event);
  try {
    const answer = await reconcileJob(kind, request, { ...context, log });
    if (!answer) return { IsComplete: false };
    const { physicalResourceId, attributes } = answer;
    assertResponseFits(event, physicalResourceId, attributes);
    log.info('request completed', { physicalResourceId });
    return { IsComplete: true, PhysicalResourceId: physicalResourceId, Data: attributes };
  } catch (error) {
    await kind
      .cleanUp(request)
      .catch((problem: Error) => log.warn('leftovers could not be removed', { reason: problem.message }));
    throw error;
  }
}

async function completeDelete(
  event: IsCompleteEvent,
  resource: Pick<JobResource<never, never, never>, 'remove'>,
  { log, clock, yieldAt }: Invocation,
): Promise<IsCompleteResult<never>> {
  const { PhysicalResourceId, RequestedTime: requestedTime } = event;
  const deadline = deadlineOf(event);
  const removed = await requeueUntilDone(
    async () => {
      await resource.remove(event);
      return { IsComplete: true, PhysicalResourceId } as const;
    },
    { requestedTime, deadline, yieldAt },
    { clock, log },
    (reason) =>
      new TerminalError(
        `${PhysicalResourceId} could not be deleted within ${Math.round((deadline - requestedTime) / 60_000)} minutes. Last observation: ${reason}. Delete the stack again, or set the removal policy to RETAIN.`,
      ),
  );
  return removed ?? { IsComplete: false };
}
