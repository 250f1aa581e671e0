import { Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
// Replaces the built handlers before the provider imports them.
import '../support';
import { JobProvider } from '../../../lib/provider/job-provider';
import { newStack, resources } from '../support';

function provider() {
  const stack = newStack();
  const job = new JobProvider(stack, 'Provider', {
    serviceName: 'quicksight-jobs',
    onEvent: { handler: 'on-event', description: 'chooses' },
    isComplete: {
      handler: 'is-complete',
      description: 'runs',
      memorySize: 320,
      ephemeralStorageSize: Size.gibibytes(2),
      timeout: Duration.minutes(5),
    },
  });
  return { stack, job };
}

test('the handlers run with the settings of their kind', () => {
  const template = Template.fromStack(provider().stack);
  const shared = {
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'quicksight-jobs' } },
  };
  template.hasResourceProperties('AWS::Lambda::Function', {
    ...shared,
    Code: { ZipFile: '// on-event' },
    Description: 'chooses',
    Timeout: 60,
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    ...shared,
    Code: { ZipFile: '// is-complete' },
    Description: 'runs',
    Timeout: 300,
    MemorySize: 320,
    EphemeralStorage: { Size: 2048 },
  });
});

test('the service token is the ARN of the onEvent function of the framework', () => {
  const { stack, job } = provider();
  const [onEvent] = resources(stack, 'AWS::Lambda::Function').filter(({ id }) => id.includes('frameworkonEvent'));
  expect(stack.resolve(job.serviceToken)).toEqual({ 'Fn::GetAtt': [onEvent?.id, 'Arn'] });
});

test('every function has a log group with a retention of a month, and no managed policy', () => {
  const { stack } = provider();
  for (const group of resources(stack, 'AWS::Logs::LogGroup')) expect(group.Properties.RetentionInDays).toBe(30);
  const groups = resources(stack, 'AWS::Lambda::Function').map(
    ({ Properties }) => (Properties.LoggingConfig as { LogGroup: unknown }).LogGroup,
  );
  expect(groups).toHaveLength(5);
  expect(new Set(groups.map((group) => JSON.stringify(group))).size).toBe(3);
  for (const role of resources(stack, 'AWS::IAM::Role'))
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
});

test('the handlers may only write their logs until a kind allows more', () => {
  const { stack, job } = provider();
  const policies = resources(stack, 'AWS::IAM::Policy').filter(({ id }) =>
    /^Provider(OnEvent|IsComplete)Role/.test(id),
  );
  expect(policies).toHaveLength(2);
  for (const { Properties } of policies) {
    const { Statement } = Properties.PolicyDocument as { Statement: Array<{ Action: string[] }> };
    expect(Statement.map(({ Action }) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
  }
  expect(stack.resolve(job.isCompleteRole.roleName)).toEqual({ Ref: expect.stringContaining('IsCompleteRole') });
});
