import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { TerminalError } from '../core/errors';
import type { Log, LogFields } from '../core/log';
import { redact, redactedExcerpt } from '../core/redact';
import { failureReason } from './cfn-response';

/** The fields that identify a request in the log. */
export function requestFields(
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

/** Writes the whole failure to the log, and returns it as CloudFormation can take it. */
export function reportFailure(
  error: unknown,
  event: CloudFormationCustomResourceEvent,
  log: Log,
  logGroup: string,
): TerminalError {
  const { name, message } = error as Error;
  const reason =
    error instanceof TerminalError
      ? redact(message)
      : `${name}: ${redactedExcerpt(message)} (unexpected error, please report it)`;
  log.error('request failed', { reason });
  return new TerminalError(failureReason(event, reason, logGroup));
}
