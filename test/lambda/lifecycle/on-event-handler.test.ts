import { TerminalError } from '../../../lambda/core/errors';
import { jsonBytes } from '../../../lambda/core/json-size';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { onEvent } from '../../../lambda/lifecycle/on-event-handler';
import { assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
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
  expect(() => accept()).toThrow(
    new TerminalError('The properties are invalid.\nLog group: /aws/lambda/on-event, request request-1'),
  );
  expect(lines).toEqual([
    expect.objectContaining({ level: 'error', message: 'request failed', reason: 'The properties are invalid.' }),
  ]);
});

describe('the size of a request', () => {
  /** CloudFormation sends the properties twice in an Update. */
  const updateBytes = (ResourceProperties: object, RequestId = 'request-1') =>
    jsonBytes(
      cloudFormationEvent('Create', {
        RequestId,
        ResourceProperties,
        ...{ OldResourceProperties: ResourceProperties },
      }),
    );
  const withTrigger = (Trigger: string) => ({ ...PROPERTIES, Trigger });
  /** A request whose Update has this many bytes. */
  const sized = (bytes: number) => {
    const padding = Math.floor((bytes - updateBytes(withTrigger(''))) / 2);
    const properties = withTrigger('x'.repeat(padding));
    const RequestId = `request-1${'x'.repeat(bytes - updateBytes(properties))}`;
    expect(updateBytes(properties, RequestId)).toBe(bytes);
    return { RequestId, ResourceProperties: properties };
  };

  test('is limited to 100,000 bytes for an Update of the properties, so that a rollback fits, too', () => {
    expect(() => accept(cloudFormationEvent('Create', sized(100_000)))).not.toThrow();
    expect(() => accept(cloudFormationEvent('Create', sized(100_001)))).toThrow(
      'The request has 100001 bytes (at most 100000, the limit of the waiter). An Update contains the properties before and after it, and both count. Use fewer assets or fewer overrides.',
    );
  });

  test('does not depend on the properties before an Update, so that a refused Update is rolled back', () => {
    const ids = { PhysicalResourceId: 'the-id' };
    const [small, large] = [PROPERTIES, withTrigger('x'.repeat(60_000))];
    const update = { ...ids, OldResourceProperties: small, ResourceProperties: large };
    expect(() => accept(cloudFormationEvent('Update', update))).toThrow('The request has 12');
    const rollback = { ...ids, OldResourceProperties: large, ResourceProperties: small };
    expect(() => accept(cloudFormationEvent('Update', rollback))).not.toThrow();
  });

  test('keeps the error that the framework throws while an export runs below 262,144 bytes', () => {
    // Short texts need the most quotation marks, which are escaped in the error.
    const overrides = (count: number) => ({
      ...PROPERTIES,
      ExportFormat: 'CLOUDFORMATION_JSON',
      CloudFormationOverridePropertyConfiguration: {
        DataSources: Array.from({ length: count }, () => ({
          Arn: assetArn('datasource/s'),
          Properties: ['Name', 'Host', 'Port', 'Domain', 'Catalog', 'Username', 'Password', 'RoleArn'],
        })),
      },
    });
    let count = 0;
    while (updateBytes(overrides(count + 1)) <= 100_000) count++;
    const properties = overrides(count);
    const update = cloudFormationEvent('Update', {
      PhysicalResourceId: 'x'.repeat(100),
      OldResourceProperties: properties,
      ResourceProperties: properties,
    });
    const message = JSON.stringify({ ...update, ...accept(update) });
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
    const error = {
      errorType: 'Error',
      errorMessage: message,
      trace: [`Error: ${message}`, ...Array(10).fill('x'.repeat(200))],
    };
    expect(jsonBytes(message)).toBeGreaterThan(100_000);
    expect(jsonBytes(error)).toBeLessThan(262_144);
  });
});
