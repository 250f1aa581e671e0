import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { TerminalError } from '../core/errors';
import { jsonBytes, truncate } from '../core/json-size';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
export const MAX_RESPONSE_BYTES = 4096;

/** The framework appends the name of the function to a failure, and its own stack when the runtime reports none of ours. */
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

/** @throws TerminalError when CloudFormation would reject the response. */
export function assertResponseFits(
  event: CloudFormationCustomResourceEvent,
  physicalResourceId: string,
  attributes: object,
): void {
  const bytes = jsonBytes({ ...envelope(event, physicalResourceId), Data: attributes });
  if (bytes > MAX_RESPONSE_BYTES) {
    throw new TerminalError(
      `The response to CloudFormation has ${bytes} bytes (at most ${MAX_RESPONSE_BYTES}). Shorten the prefix (ArtifactPrefix), which three attributes contain.`,
    );
  }
}

/**
 * The reason of a failure: its message with the log group, which is not the one that the framework appends. The message is
 * truncated to what CloudFormation takes. The log has the whole message.
 */
export function failureReason(event: CloudFormationCustomResourceEvent, message: string, logGroup: string): string {
  const physicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : '';
  const room = MAX_RESPONSE_BYTES - FRAMEWORK_BYTES - jsonBytes(envelope(event, physicalResourceId));
  const text = printable(message);
  const lastLine = `\nLog group: ${logGroup}, request ${event.RequestId}`;
  if (jsonBytes(text + lastLine) <= room) return text + lastLine;
  const rest = `\n[truncated; the log has the whole message]${lastLine}`;
  return `${truncate(text, room - jsonBytes(rest))}${rest}`;
}

/**
 * Controls, unpaired surrogates and noncharacters. With some of them in a reason, DescribeStackEvents fails.
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1601
 */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '\ufffd');
