import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEADLINE_MARGIN_SECONDS } from '../../lib/contract/custom-resource';

/** The fields that onEvent adds to CloudFormation's event for isComplete. */
export interface OnEventResult {
  readonly PhysicalResourceId: string;
  /** Start of this delivery, in milliseconds since the epoch. */
  readonly RequestedTime: number;
}

export type IsCompleteEvent = CloudFormationCustomResourceEvent & OnEventResult;

/** Longest duration of a request. CloudFormation must not time out before this function does. */
export const MAX_REQUEST_SECONDS = CLOUDFORMATION_TIMEOUT_SECONDS - DEADLINE_MARGIN_SECONDS;

/** Identity of a stack, from its ARN. */
export interface StackIdentity {
  readonly stackId: string;
  readonly stackName: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** A Create or an Update that needs one job. */
export interface JobRequest extends StackIdentity {
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly jobId: string;
  /** The physical id before this request. Absent in a Create. */
  readonly previousPhysicalResourceId?: string;
  /** Milliseconds since the epoch, as `deadline`. */
  readonly requestedTime: number;
  readonly deadline: number;
}

export function stackIdentity(stackId: string): StackIdentity {
  const [, partition = '', , region = '', account = '', resource = ''] = stackId.split(':');
  return { stackId, stackName: resource.split('/')[1] ?? '', partition, region, account };
}

/**
 * The job id of a request: a function of stack, logical id and request. A repeated delivery has the same id. Its readable
 * start is for people.
 */
export function jobIdOf(event: { StackId: string; LogicalResourceId: string; RequestId: string }): string {
  const readable = [stackIdentity(event.StackId).stackName, event.LogicalResourceId].map((name) =>
    name.replace(/[^\w-]/g, '').slice(0, 40),
  );
  const identity = [event.StackId, event.LogicalResourceId, event.RequestId].join('\n');
  return [...readable, createHash('sha256').update(identity).digest('hex').slice(0, 20)].join('-');
}

/** The members of a request that follow from the event alone. */
export function jobRequest(event: IsCompleteEvent, timeoutSeconds: number): JobRequest {
  return {
    ...stackIdentity(event.StackId),
    requestId: event.RequestId,
    logicalResourceId: event.LogicalResourceId,
    jobId: jobIdOf(event),
    ...(event.RequestType === 'Update' && { previousPhysicalResourceId: event.PhysicalResourceId }),
    requestedTime: event.RequestedTime,
    deadline: event.RequestedTime + Math.min(timeoutSeconds, MAX_REQUEST_SECONDS) * 1000,
  };
}
