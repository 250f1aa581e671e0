import { TerminalError } from '../../../lambda/core/errors';
import { jsonBytes } from '../../../lambda/core/json-size';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { onEvent } from '../../../lambda/lifecycle/on-event-handler';
import { cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
import { type LogLine, recordedLog } from '../../../testing/recorded-log';
import { InMemoryClock } from '../../support/in-memory-clock';

const CREATE = cloudFormationEvent('Create');

let clock: InMemoryClock;
let lines: LogLine[];
let checked: unknown[];
let check: (event: unknown) => void;
beforeEach(() => {
  clock = new InMemoryClock();
  lines = [];
  checked = [];
  check = (event) => {
    checked.push(event);
  };
});

const accept = (event = CREATE) =>
  onEvent(event, (accepted) => check(accepted), {
    clock,
    logOf: (fields) => recordedLog(lines, fields),
    logGroup: '/aws/lambda/on-event',
  });

test('a Create gets the id of its job and the time of its delivery', () => {
  const result = { PhysicalResourceId: jobIdOf(CREATE), RequestedTime: clock.time };
  expect(accept()).toEqual(result);
  expect(checked).toEqual([{ ...CREATE, ...result }]);
  expect(lines).toEqual([
    {
      level: 'info',
      message: 'request accepted',
      requestType: 'Create',
      cloudFormationRequestId: 'request-1',
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      physicalResourceId: jobIdOf(CREATE),
      jobId: jobIdOf(CREATE),
    },
  ]);
});

test('an Update keeps the physical id that the resource has', () => {
  const update = cloudFormationEvent('Update', { PhysicalResourceId: 'the-id' });
  expect(accept(update)).toEqual({ PhysicalResourceId: 'the-id', RequestedTime: clock.time });
  expect(checked).toHaveLength(1);
});

test('a Delete is accepted under its own id, whatever its properties and its size', () => {
  check = () => {
    throw new TerminalError('The properties are invalid.');
  };
  const remove = cloudFormationEvent('Delete', {
    PhysicalResourceId: 'some id',
    ResourceProperties: { ...PROPERTIES, ExportFormat: 'x'.repeat(300_000) },
  });
  expect(accept(remove)).toEqual({ PhysicalResourceId: 'some id', RequestedTime: clock.time });
});

test('invalid properties fail the request at once, with the reason in the log', () => {
  check = () => {
    throw new TerminalError('The properties are invalid.');
  };
  expect(() => accept()).toThrow(new TerminalError('The properties are invalid.'));
  expect(lines).toEqual([
    expect.objectContaining({ level: 'error', message: 'request failed', reason: 'The properties are invalid.' }),
  ]);
});

test('a long failure names the log group that has the whole message', () => {
  check = () => {
    throw new TerminalError('x'.repeat(5000));
  };
  expect(() => accept()).toThrow('in the log group /aws/lambda/on-event, request request-1');
});

test('an event of more than 250,000 bytes fails, because the waiter cannot take it', () => {
  const sized = (bytes: number) => {
    const event = (padding: string) =>
      cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, Trigger: padding } });
    return event('x'.repeat(bytes - jsonBytes(event(''))));
  };
  expect(jsonBytes(sized(250_000))).toBe(250_000);
  expect(() => accept(sized(250_000))).not.toThrow();
  expect(() => accept(sized(250_001))).toThrow(
    new TerminalError(
      'The request has 250001 bytes (at most 250000, the limit of the waiter). An Update contains the properties before and after it. Use fewer assets or fewer overrides.',
    ),
  );
});
