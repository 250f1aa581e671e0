import { Match, Template } from 'aws-cdk-lib/assertions';
import { newExport, newStack, resources } from '../support';

function template() {
  const stack = newStack();
  newExport({}, stack);
  return Template.fromStack(stack);
}

describe('the bucket of the stack', () => {
  test('is versioned, encrypted, closed to the public and kept', () => {
    template().hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    });
  });

  test('refuses what does not come over TLS', () => {
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });
});

describe('the provider', () => {
  test('runs the handlers on the Lambda runtime that they are built for', () => {
    for (const [name, timeout] of [
      ['on-event', 60],
      ['is-complete', 420],
    ] as const) {
      template().hasResourceProperties('AWS::Lambda::Function', {
        Code: { ZipFile: `// ${name}` },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: timeout,
      });
    }
  });

  test('gives every function a log group that forgets, and a role that may write to no other', () => {
    const stack = newStack();
    newExport({}, stack);
    for (const group of resources(stack, 'AWS::Logs::LogGroup')) expect(group.Properties.RetentionInDays).toBe(30);
    const groups = resources(stack, 'AWS::Lambda::Function').map(
      ({ Properties }) => (Properties.LoggingConfig as { LogGroup: unknown }).LogGroup,
    );
    expect(groups).toHaveLength(5);
    expect(new Set(groups.map((group) => JSON.stringify(group))).size).toBe(3);
    for (const role of resources(stack, 'AWS::IAM::Role'))
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('lets onEvent write its log and do nothing else', () => {
    const stack = newStack();
    newExport({}, stack);
    const [policy, ...more] = resources(stack, 'AWS::IAM::Policy').filter(({ id }) => /ProviderOnEventRole/.test(id));
    expect(more).toEqual([]);
    const { Statement } = policy?.Properties.PolicyDocument as { Statement: Array<{ Action: string[] }> };
    expect(Statement.map(({ Action }) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
  });

  test('waits up to an hour, one second at a time', () => {
    const [machine] = resources(newExportStack(), 'AWS::StepFunctions::StateMachine');
    const definition = JSON.stringify(machine?.Properties.DefinitionString);
    expect(definition).toContain('\\"IntervalSeconds\\":1');
    expect(definition).toContain('\\"MaxAttempts\\":3600');
    // Its history would hold the properties of every export.
    expect(machine?.Properties).not.toHaveProperty('LoggingConfiguration');
  });
});

function newExportStack() {
  const stack = newStack();
  newExport({}, stack);
  return stack;
}
