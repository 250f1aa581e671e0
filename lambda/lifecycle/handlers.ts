import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEADLINE_MARGIN_SECONDS } from '../../lib/contract/custom-resource';
import type { Destination } from '../../lib/contract/export-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import { jsonBytes, redact, TerminalError } from '../core/errors';
import type { Log, LogFields } from '../core/log';
import type { CopyTools } from '../export/copy-bundle';
import { tryDecodeProperties } from '../export/decode-properties';
import type { IsCompleteEvent, OnEventResult } from '../export/export-request';
import { exportResourceRequest, jobIdOf } from '../export/export-request';
import type { Attributes } from '../export/manifest';
import { removeArtifact, removeUnfinished } from '../export/remove-artifact';
import { assertResponseFits, truncateReason } from './cfn-response';
import { reconcile } from './reconcile-job';
import { repeat } from './requeue';

/** What the handlers reach the dependencies with. */
export interface Dependencies extends Omit<CopyTools, 'store'> {
  readonly storeOf: (destination: Destination) => ArtifactStore;
  readonly logOf: (fields: LogFields) => Log;
  /** Where the log of this function is. */
  readonly logGroup: string;
}

export type IsCompleteResult =
  | { readonly IsComplete: false }
  | { readonly IsComplete: true; readonly PhysicalResourceId: string; readonly Data?: Attributes };

/** Step Functions takes 262,144 bytes, and the framework's own fields come on top of the event. */
const MAX_EVENT_BYTES = 250_000;

const JOB_ID = /^[\w-]{1,512}$/;

/**
 * Decides which export job a request means, and nothing that takes time or needs cleaning up: the Delete of a Create
 * that failed here never reaches us. An Update keeps its id until isComplete has an artifact for the new one.
 */
export function onEvent(
  event: CloudFormationCustomResourceEvent,
  { clock, logOf, logGroup }: Pick<Dependencies, 'clock' | 'logOf' | 'logGroup'>,
): OnEventResult {
  const requestedTime = clock.now();
  const physicalResourceId = event.RequestType === 'Create' ? jobIdOf(event) : event.PhysicalResourceId;
  const result = { PhysicalResourceId: physicalResourceId, RequestedTime: requestedTime };
  const log = logOf(fieldsOf(event, physicalResourceId));
  try {
    if (event.RequestType !== 'Delete') {
      const bytes = jsonBytes(event);
      if (bytes > MAX_EVENT_BYTES)
        throw new TerminalError(
          `The request has ${bytes} bytes, and at most ${MAX_EVENT_BYTES} pass through the waiter; an Update holds the properties before and after it. Export fewer assets, or override fewer properties.`,
        );
      exportResourceRequest({ ...event, ...result });
    }
    log.info('accepted');
    return result;
  } catch (error) {
    throw told(error, event, log, logGroup);
  }
}

/** Goes on with the request as far as it can until `yieldAt`. */
export async function isComplete(
  given: CloudFormationCustomResourceEvent & Partial<OnEventResult>,
  dependencies: Dependencies,
  yieldAt: number,
): Promise<IsCompleteResult> {
  // Whoever hands over without what onEvent said, means a request that comes now.
  const event = { RequestedTime: dependencies.clock.now(), ...given } as IsCompleteEvent;
  const jobId = event.RequestType === 'Delete' ? event.PhysicalResourceId : jobIdOf(event);
  const log = dependencies.logOf(fieldsOf(event, event.PhysicalResourceId, jobId));
  try {
    return event.RequestType === 'Delete'
      ? await completeDelete(event, dependencies, log, yieldAt)
      : await completeExport(event, dependencies, log, yieldAt);
  } catch (error) {
    throw told(error, event, log, dependencies.logGroup);
  }
}

async function completeExport(
  event: IsCompleteEvent,
  dependencies: Dependencies,
  log: Log,
  yieldAt: number,
): Promise<IsCompleteResult> {
  const request = exportResourceRequest(event);
  const store = dependencies.storeOf(request.properties);
  const previousStore = request.previousProperties && dependencies.storeOf(request.previousProperties);
  try {
    const answer = await reconcile(
      request,
      { ...dependencies, store, log, ...(previousStore && { previousStore }) },
      yieldAt,
    );
    if (!answer) return { IsComplete: false };
    assertResponseFits(event, answer.physicalResourceId, answer.attributes);
    log.info('answered', { physicalResourceId: answer.physicalResourceId, jobStatus: answer.attributes.JobStatus });
    return { IsComplete: true, PhysicalResourceId: answer.physicalResourceId, Data: answer.attributes };
  } catch (error) {
    await removeUnfinished(request, store).catch((problem: Error) =>
      log.warn('what was left could not be removed', { reason: problem.message }),
    );
    throw error;
  }
}

async function completeDelete(
  event: IsCompleteEvent,
  dependencies: Dependencies,
  log: Log,
  yieldAt: number,
): Promise<IsCompleteResult> {
  const jobId = event.PhysicalResourceId;
  const properties = tryDecodeProperties(event.ResourceProperties);
  const done = { IsComplete: true, PhysicalResourceId: jobId } as const;
  // Such a resource never came to be.
  if (!properties || !JOB_ID.test(jobId)) return done;
  const removal = { jobId, requestId: event.RequestId, properties };
  const deadline = event.RequestedTime + (CLOUDFORMATION_TIMEOUT_SECONDS - DEADLINE_MARGIN_SECONDS) * 1000;
  const removed = await repeat(
    async () => {
      await removeArtifact(removal, dependencies.storeOf(properties), dependencies.clock.now(), log);
      return done;
    },
    { requestedTime: event.RequestedTime, deadline, yieldAt },
    { clock: dependencies.clock, log },
    (waitingFor) =>
      new TerminalError(
        `The artifact of ${jobId} could not be removed in time; last: ${waitingFor}. Delete the stack again, or set the removal policy to RETAIN.`,
      ),
  );
  return removed ?? { IsComplete: false };
}

function fieldsOf(
  event: CloudFormationCustomResourceEvent,
  physicalResourceId: string,
  jobId = physicalResourceId,
): LogFields {
  return {
    requestType: event.RequestType,
    cloudFormationRequestId: event.RequestId,
    stackId: event.StackId,
    logicalResourceId: event.LogicalResourceId,
    physicalResourceId,
    jobId,
  };
}

/** The failure as CloudFormation can take it; the log gets the whole. */
function told(error: unknown, event: CloudFormationCustomResourceEvent, log: Log, logGroup: string): TerminalError {
  const given = error as Error;
  const message =
    given instanceof TerminalError
      ? given.message
      : `${given.name}: ${redact(given.message)} (unexpected: please report it)`;
  log.error('failed', { reason: message });
  return new TerminalError(truncateReason(event, message, logGroup));
}
