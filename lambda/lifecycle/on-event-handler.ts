import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Clock } from '../core/clock';
import { TerminalError } from '../core/errors';
import { jsonBytes } from '../core/json-size';
import type { Log, LogFields } from '../core/log';
import { type IsCompleteEvent, jobIdOf, type OnEventResult, requestedTime } from './job-request';
import { reportFailure, requestFields } from './report-failure';

/**
 * While a job runs, each invocation of the framework ends with an error that contains the event twice, in its message and in
 * its trace. Step Functions takes 262,144 bytes, escapes included.
 */
const MAX_EVENT_BYTES = 100_000;

export interface OnEventDependencies {
  readonly clock: Clock;
  readonly logOf: (fields: LogFields) => Log;
  /** Name of this function's log group. */
  readonly logGroup: string;
}

/**
 * Picks the job id and checks the properties. It is fast and leaves nothing behind: when a Create fails here, CloudFormation's
 * Delete never reaches isComplete. An Update keeps its physical id until isComplete has a result.
 *
 * @param check throws a TerminalError that lists every problem of the properties.
 */
export function onEvent(
  event: CloudFormationCustomResourceEvent,
  check: (event: IsCompleteEvent) => unknown,
  { clock, logOf, logGroup }: OnEventDependencies,
): OnEventResult {
  const physicalResourceId = event.RequestType === 'Create' ? jobIdOf(event) : event.PhysicalResourceId;
  const result = { PhysicalResourceId: physicalResourceId, RequestedTime: requestedTime(event, clock.now()) };
  const log = logOf(requestFields(event, physicalResourceId));
  try {
    if (event.RequestType !== 'Delete') {
      assertEventFits(event);
      check({ ...event, ...result });
    }
    log.info('request accepted');
    return result;
  } catch (error) {
    throw reportFailure(error, event, log, logGroup);
  }
}

function assertEventFits(event: CloudFormationCustomResourceEvent): void {
  // The rollback of an Update must fit as well. It has the same properties in the reverse order.
  const bytes = jsonBytes({ ...event, OldResourceProperties: event.ResourceProperties });
  if (bytes <= MAX_EVENT_BYTES) return;
  throw new TerminalError(
    `The request has ${bytes} bytes (at most ${MAX_EVENT_BYTES}, the limit of the waiter). An Update contains the properties before and after it, and both count. Use fewer assets or fewer overrides.`,
  );
}
