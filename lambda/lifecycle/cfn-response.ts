import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { jsonBytes, shorten, TerminalError } from '../core/errors';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
export const MAX_ANSWER_BYTES = 4096;

/** What the framework adds to a failure: the name of the function, and its own stack where the runtime gave none of ours. */
const FRAMEWORK_BYTES = 1200;

function envelope(event: CloudFormationCustomResourceEvent, physicalResourceId: string): object {
  const { StackId, RequestId, LogicalResourceId } = event;
  return {
    Status: 'SUCCESS',
    Reason: 'SUCCESS',
    StackId,
    RequestId,
    PhysicalResourceId: physicalResourceId,
    LogicalResourceId,
    Data: {},
  };
}

/** @throws TerminalError when CloudFormation would not take the answer. */
export function assertResponseFits(
  event: CloudFormationCustomResourceEvent,
  physicalResourceId: string,
  attributes: object,
): void {
  const bytes = jsonBytes({ ...envelope(event, physicalResourceId), Data: attributes });
  if (bytes > MAX_ANSWER_BYTES) {
    throw new TerminalError(
      `The answer to CloudFormation would have ${bytes} bytes, and it takes ${MAX_ANSWER_BYTES}: shorten the prefix (ArtifactPrefix), which three attributes repeat.`,
    );
  }
}

/** The message of a failure, as long as CloudFormation takes it; the log has all of it. */
export function truncateReason(event: CloudFormationCustomResourceEvent, message: string, logGroup: string): string {
  const room =
    MAX_ANSWER_BYTES -
    FRAMEWORK_BYTES -
    jsonBytes(envelope(event, 'PhysicalResourceId' in event ? event.PhysicalResourceId : ''));
  if (jsonBytes(message) <= room) return message;
  const rest = `\n[shortened; the whole message is in the log group ${logGroup}, request ${event.RequestId}]`;
  return `${shorten(message, room - jsonBytes(rest))}${rest}`;
}
