import { TerminalError } from '../../../lambda/core/errors';
import { jsonBytes } from '../../../lambda/core/json-size';
import { jobIdOf, stackIdentity } from '../../../lambda/lifecycle/job-request';
import { assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';

let dependencies: InMemoryDependencies;
beforeEach(() => {
  dependencies = new InMemoryDependencies(Buffer.alloc(0));
});

const create = (change: object = {}) =>
  cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ...change } });
function refusal(event: Parameters<InMemoryDependencies['accept']>[0]): string {
  try {
    dependencies.accept(event);
  } catch (error) {
    expect(error).toBeInstanceOf(TerminalError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

test('a Create gets the id of its job, and when it came', () => {
  expect(dependencies.accept(create())).toMatchObject({
    PhysicalResourceId: jobIdOf(create()),
    RequestedTime: dependencies.time,
  });
  expect(dependencies.logged).toEqual([
    {
      level: 'info',
      message: 'request accepted',
      requestType: 'Create',
      cloudFormationRequestId: 'request-1',
      stackId: STACK_ID,
      logicalResourceId: 'Sales',
      physicalResourceId: jobIdOf(create()),
      jobId: jobIdOf(create()),
    },
  ]);
});

test('properties that cannot be used are refused at once, with the reason in the log', () => {
  const message = refusal(create({ IncludeTags: 'perhaps' }));
  expect(message).toContain('IncludeTags: must be boolean; given: "perhaps"');
  expect(dependencies.logged).toEqual([
    expect.objectContaining({ level: 'error', message: 'request failed', reason: message }),
  ]);
});

test('an event that does not pass through the waiter is refused, one byte less is not', () => {
  const sized = (bytes: number) => {
    const event = create({ Trigger: '' });
    return create({ Trigger: 'x'.repeat(bytes - jsonBytes(event)) });
  };
  expect(jsonBytes(sized(250_000))).toBe(250_000);
  expect(() => dependencies.accept(sized(250_000))).not.toThrow();
  expect(refusal(sized(250_001))).toBe(
    'The request has 250001 bytes (at most 250000, the limit of the waiter). An Update contains the properties before and after it. Use fewer assets or fewer overrides.',
  );
});

describe('assets of elsewhere', () => {
  const HERE = ` Deploy the stack to the account and region of the assets.`;
  test.each([
    'arn:aws-cn:quicksight:us-east-1:123456789012:dashboard/x',
    'arn:aws:quicksight:eu-west-1:123456789012:dashboard/x',
    'arn:aws:quicksight:us-east-1:999999999999:dashboard/x',
  ])('are refused: %s', (arn) => {
    expect(refusal(create({ ResourceArns: [assetArn('dashboard/here'), arn] }))).toBe(
      `An export job takes only assets of its own account and region (123456789012, us-east-1, from ${STACK_ID}). These assets are elsewhere: ${arn}.${HERE}`,
    );
  });

  test.each([
    [5, ''],
    [6, ' and 1 more'],
  ])('are listed, %d of them', (count, more) => {
    const arns = Array.from({ length: count }, (_, n) => `arn:aws:quicksight:eu-west-1:123456789012:dashboard/${n}`);
    expect(refusal(create({ ResourceArns: arns }))).toContain(
      `These assets are elsewhere: ${arns.slice(0, 5).join(', ')}${more}.${HERE}`,
    );
  });
});

test("a stack's identity is in its ARN", () => {
  expect(stackIdentity(STACK_ID)).toEqual({
    stackId: STACK_ID,
    stackName: 'Promotion',
    partition: 'aws',
    region: 'us-east-1',
    account: '123456789012',
  });
  expect(stackIdentity('')).toEqual({ stackId: '', stackName: '', partition: '', region: '', account: '' });
});

test("a job's id begins with 40 characters of each name, and tells names apart that are cut", () => {
  const of = (stack: string, LogicalResourceId: string) =>
    jobIdOf({
      StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stack}/x`,
      LogicalResourceId,
      RequestId: 'r',
    });
  expect(of('s'.repeat(50), 'l'.repeat(50))).toMatch(new RegExp(`^${'s'.repeat(40)}-${'l'.repeat(40)}-[0-9a-f]{20}$`));
  expect(of('a.b c', 'd/e')).toMatch(/^abc-de-[0-9a-f]{20}$/);
  expect(of('s'.repeat(50), 'l'.repeat(50))).not.toBe(of('s'.repeat(50), 'l'.repeat(51)));
  // Where a name ends and the next begins counts.
  expect(jobIdOf({ StackId: 'a', LogicalResourceId: 'bc', RequestId: 'd' }).slice(-20)).not.toBe(
    jobIdOf({ StackId: 'a', LogicalResourceId: 'b', RequestId: 'cd' }).slice(-20),
  );
});
