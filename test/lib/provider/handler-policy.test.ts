import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { HandlerPolicy } from '../../../lib/provider/handler-policy';
import { newStack, resources } from '../support';

const roleIn = (stack: Stack) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

/** Each target of a policy, with the id of the resource that has its statements. */
test.each<[string, (stack: Stack) => iam.Role | iam.Policy | iam.ManagedPolicy, string, string]>([
  ['a role', roleIn, 'AWS::IAM::Policy', 'RoleDefaultPolicy'],
  ['an inline policy', (stack) => new iam.Policy(stack, 'Own', { roles: [roleIn(stack)] }), 'AWS::IAM::Policy', 'Own'],
  [
    'a managed policy',
    (stack) => new iam.ManagedPolicy(stack, 'Own', { roles: [roleIn(stack)] }),
    'AWS::IAM::ManagedPolicy',
    'Own',
  ],
])('the statements of %s have wildcards with a reason for cdk-nag', (_, targetIn, type, id) => {
  const stack = newStack();
  const policy = new HandlerPolicy(targetIn(stack));
  policy.allow(['x:Read'], ['arn:aws:x:::a/*', 'arn:aws:x:::b'], 'A sufficient reason.');
  policy.add(new iam.PolicyStatement({ actions: ['x:List'], resources: ['arn:aws:x:::c'] }));
  const [resource, ...others] = resources(stack, type);
  expect(others).toEqual([]);
  expect(resource?.id.slice(0, -8)).toBe(id);
  expect(resource).toMatchObject({
    Properties: {
      PolicyDocument: {
        Statement: [
          { Action: 'x:Read', Resource: ['arn:aws:x:::a/*', 'arn:aws:x:::b'] },
          { Action: 'x:List', Resource: 'arn:aws:x:::c' },
        ],
      },
    },
    Metadata: {
      cdk_nag: {
        rules_to_suppress: [
          { id: 'AwsSolutions-IAM5', reason: 'A sufficient reason.', applies_to: ['Resource::arn:aws:x:::a/*'] },
        ],
      },
    },
  });
});
