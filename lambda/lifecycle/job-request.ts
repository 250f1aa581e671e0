import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEADLINE_MARGIN_SECONDS } from '../../lib/contract/custom-resource';

/** The fields that onEvent adds to CloudFormation's event for isComplete. */
export interface OnEventResult {
  readonly PhysicalResourceId: string;
  /** The time of CloudFormation's request, in milliseconds since the epoch. */
  readonly RequestedTime: number;
}

export type IsCompleteEvent = CloudFormationCustomResourceEvent & OnEventResult;

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

interface ResourceIdentity {
  readonly StackId: string;
  readonly LogicalResourceId: string;
}

const hash = (...texts: string[]): string => createHash('sha256').update(texts.join('\n')).digest('hex');

/** The job id of a request: a function of stack, logical id and request. A repeated delivery has the same id. */
export function jobIdOf(event: ResourceIdentity & { RequestId: string }): string {
  return `${jobIdStart(event)}${hash(event.StackId, event.LogicalResourceId, event.RequestId).slice(0, 20)}`;
}

/** The start of the job ids of a resource, and of no other resource. Its first part is for people. */
export function jobIdStart({ StackId, LogicalResourceId }: ResourceIdentity): string {
  const readable = [stackIdentity(StackId).stackName, LogicalResourceId].map((name) =>
    name.replace(/[^\w-]/g, '').slice(0, 40),
  );
  return [...readable, hash(StackId, LogicalResourceId).slice(0, 8), ''].join('-');
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
    deadline: Math.min(event.RequestedTime + timeoutSeconds * 1000, deadlineOf(event)),
  };
}

/**
 * The last moment to answer a request, in milliseconds since the epoch. CloudFormation must not time out before this function
 * does: it measures the ServiceTimeout of the resource from the moment of its request.
 */
export function deadlineOf({ RequestedTime, ResourceProperties }: IsCompleteEvent): number {
  const serviceTimeout = Number(ResourceProperties.ServiceTimeout ?? CLOUDFORMATION_TIMEOUT_SECONDS);
  const seconds =
    serviceTimeout > 0 ? Math.min(serviceTimeout, CLOUDFORMATION_TIMEOUT_SECONDS) : CLOUDFORMATION_TIMEOUT_SECONDS;
  return RequestedTime + Math.max(seconds - DEADLINE_MARGIN_SECONDS, seconds / 2) * 1000;
}

/**
 * The time of CloudFormation's request, in milliseconds since the epoch: when it signed the ResponseURL. Lambda may deliver
 * the request minutes later in a busy account. An implausible time counts as `now`.
 */
export function requestedTime({ ResponseURL }: { ResponseURL: string }, now: number): number {
  const [, date, time] = /[?&]X-Amz-Date=(\d{8})T(\d{6})Z/.exec(ResponseURL) ?? [];
  const signed = Date.parse(`${date?.replace(/(....)(..)/, '$1-$2-')}T${time?.replace(/(..)(..)/, '$1:$2:')}Z`);
  return signed <= now && signed > now - CLOUDFORMATION_TIMEOUT_SECONDS * 1000 ? signed : now;
}
