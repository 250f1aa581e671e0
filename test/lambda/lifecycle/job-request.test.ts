import fc from 'fast-check';
import type { IsCompleteEvent } from '../../../lambda/lifecycle/job-request';
import {
  deadlineOf,
  jobIdOf,
  jobIdStart,
  jobRequest,
  requestedTime,
  stackIdentity,
} from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, STACK_ID } from '../../../testing/cloudformation-events';

test('the identity of a stack is read from its ARN', () => {
  expect(stackIdentity(STACK_ID)).toEqual({
    stackId: STACK_ID,
    stackName: 'Promotion',
    partition: 'aws',
    region: 'us-east-1',
    account: '123456789012',
  });
  expect(stackIdentity('')).toEqual({ stackId: '', stackName: '', partition: '', region: '', account: '' });
});

describe('the job id', () => {
  const idOf = (stackName: string, LogicalResourceId: string, RequestId = 'r') =>
    jobIdOf({
      StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stackName}/x`,
      LogicalResourceId,
      RequestId,
    });

  test('is the same for a repeated delivery, and differs for another request, resource or stack', () => {
    const event = cloudFormationEvent('Create');
    expect(jobIdOf(cloudFormationEvent('Create'))).toBe(jobIdOf(event));
    const others = [
      { ...event, RequestId: 'request-2' },
      { ...event, LogicalResourceId: 'Marketing' },
      { ...event, StackId: STACK_ID.replace('51af', '51ae') },
    ];
    expect(new Set([event, ...others].map(jobIdOf)).size).toBe(4);
  });

  test('matches the pattern of ShortRestrictiveResourceId for any names', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 128 }), fc.string({ maxLength: 255 }), fc.string(), (...names) => {
        expect(idOf(...names)).toMatch(/^[\w-]{1,512}$/);
      }),
    );
  });

  test('starts with up to 40 valid characters of the stack name and of the logical id', () => {
    expect(jobIdOf(cloudFormationEvent('Create'))).toMatch(/^Promotion-Sales-[0-9a-f]{8}-[0-9a-f]{20}$/);
    expect(idOf('s'.repeat(50), 'l'.repeat(50))).toMatch(
      new RegExp(`^${'s'.repeat(40)}-${'l'.repeat(40)}-[0-9a-f]{8}-[0-9a-f]{20}$`),
    );
    expect(idOf('a.b c', 'd/e')).toMatch(/^abc-de-[0-9a-f]{8}-[0-9a-f]{20}$/);
  });

  test('differs for names that differ after 40 characters, and for names that are divided differently', () => {
    expect(idOf('s'.repeat(50), 'l'.repeat(50))).not.toBe(idOf('s'.repeat(50), 'l'.repeat(51)));
    expect(jobIdOf({ StackId: 'a', LogicalResourceId: 'bc', RequestId: 'd' }).slice(-20)).not.toBe(
      jobIdOf({ StackId: 'a', LogicalResourceId: 'b', RequestId: 'cd' }).slice(-20),
    );
  });
});

describe('a job request', () => {
  const REQUESTED_TIME = 1_000_000;
  const event = (requestType: 'Create' | 'Update'): IsCompleteEvent => ({
    ...cloudFormationEvent(requestType, { PhysicalResourceId: 'old' }),
    PhysicalResourceId: 'old',
    RequestedTime: REQUESTED_TIME,
  });

  test('has the identity of its stack, its resource and its job', () => {
    expect(jobRequest(event('Create'), 600)).toEqual({
      ...stackIdentity(STACK_ID),
      requestId: 'request-1',
      logicalResourceId: 'Sales',
      jobId: jobIdOf(cloudFormationEvent('Create')),
      requestedTime: REQUESTED_TIME,
      deadline: REQUESTED_TIME + 600_000,
    });
  });

  test('has the previous physical id in an Update', () => {
    expect(jobRequest(event('Update'), 600).previousPhysicalResourceId).toBe('old');
  });

  test('ends two minutes before CloudFormation times out, whatever its timeout', () => {
    expect(jobRequest(event('Create'), 3600).deadline).toBe(REQUESTED_TIME + 3480 * 1000);
  });

  test('ends two minutes before the ServiceTimeout of the resource', () => {
    const short = { ...event('Create'), ResourceProperties: { ServiceToken: 'token', ServiceTimeout: '600' } };
    expect(jobRequest(short, 3600).deadline).toBe(REQUESTED_TIME + 480 * 1000);
    expect(jobRequest(short, 300).deadline).toBe(REQUESTED_TIME + 300 * 1000);
  });
});

describe('the deadline of a Delete', () => {
  test.each([
    ['without a ServiceTimeout', undefined, 3480],
    ['with the ServiceTimeout that CloudFormation sends as text', '2100', 1980],
    ['with a short ServiceTimeout, of which half is left', '100', 50],
    ['with a ServiceTimeout longer than CloudFormation allows', '7200', 3480],
    ['with a ServiceTimeout that is no number', 'soon', 3480],
  ])('%s', (_, ServiceTimeout, seconds) => {
    const remove = {
      ...cloudFormationEvent('Delete', { PhysicalResourceId: 'id' }),
      PhysicalResourceId: 'id',
      RequestedTime: 1_000_000,
      ResourceProperties: { ServiceToken: 'token', ServiceTimeout },
    };
    expect(deadlineOf(remove)).toBe(1_000_000 + seconds * 1000);
  });
});

describe('the time of a request', () => {
  const NOW = Date.UTC(2026, 10, 24, 12, 30, 0);
  const signed = (date: string) =>
    requestedTime(
      { ResponseURL: `https://s3.example/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7200` },
      NOW,
    );

  test('is when CloudFormation signed the ResponseURL, because Lambda may deliver the request minutes later', () => {
    expect(signed('20261124T122259Z')).toBe(Date.UTC(2026, 10, 24, 12, 22, 59));
  });

  test.each([
    ['the URL has no time', ''],
    ['its time is not a time', '20269924T122259Z'],
    ['its time is in the future', '20261124T123001Z'],
    ['it is an hour old: CloudFormation has given up', '20261124T113000Z'],
  ])('is now when %s', (_, date) => {
    expect(signed(date)).toBe(NOW);
  });
});

test('the start of a job id is that of one resource alone', () => {
  const event = cloudFormationEvent('Create');
  const others = [
    { ...event, LogicalResourceId: 'Marketing' },
    { ...event, StackId: STACK_ID.replace('51af', '51ae') },
  ];
  for (const other of others) expect(jobIdOf(other).startsWith(jobIdStart(event))).toBe(false);
  expect(jobIdOf({ ...event, RequestId: 'request-2' }).startsWith(jobIdStart(event))).toBe(true);
});
