import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { HandlerPolicy } from '../../../lib/provider/handler-policy';
import type { Statement } from '../support';
import { allowedOn, newApp, newStack, resources, text } from '../support';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/k';

function policy(app = newApp()) {
  const stack = newStack(undefined, app);
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const statements = (): Statement[] =>
    resources(stack, 'AWS::IAM::Policy')
      .flatMap(
        ({ Properties }) => (Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement,
      )
      .map(({ Action, Resource }) => ({
        actions: [Action].flat() as string[],
        resources: [Resource].flat().map(text),
      }));
  return { stack, statements, policy: new HandlerPolicy(role) };
}

test('a resource has one statement, with each action once', () => {
  const { policy: handler, statements } = policy();
  handler.allowOn('arn:aws:x:::a/*', ['x:Read'], 'A sufficient reason.');
  handler.allowOn('arn:aws:x:::a/*', ['x:Read', 'x:List'], 'A sufficient reason.');
  handler.allowOn('arn:aws:x:::b/*', ['x:Read'], 'A sufficient reason.');
  expect(statements()).toEqual([
    { actions: ['x:Read', 'x:List'], resources: ['arn:aws:x:::a/*'] },
    { actions: ['x:Read'], resources: ['arn:aws:x:::b/*'] },
  ]);
});

test('a key has one statement for the same actions', () => {
  const { stack, policy: handler, statements } = policy();
  const key = kms.Key.fromKeyArn(stack, 'Key', KEY);
  handler.allowKey(key, 'kms:Decrypt');
  handler.allowKey(key, 'kms:Decrypt');
  handler.allowKey(key, 'kms:Decrypt', 'kms:GenerateDataKey');
  expect(allowedOn(statements(), 'kms:Decrypt')).toEqual([KEY, KEY]);
  expect(allowedOn(statements(), 'kms:GenerateDataKey')).toEqual([KEY]);
});

test.each([
  [true, [expect.stringContaining(':key/*')], 0],
  [false, [], 1],
  [undefined, [], 1],
])('an alias grants permissions, or synthesis warns, with the feature flag %s', (flag, allowed, warnings) => {
  const {
    stack,
    policy: handler,
    statements,
  } = policy(newApp({ context: { '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal': flag } }));
  handler.allowKey(kms.Alias.fromAliasName(stack, 'Key', 'alias/exports'), 'kms:GenerateDataKey', 'kms:Decrypt');
  expect(allowedOn(statements(), 'kms:GenerateDataKey')).toEqual(allowed);
  expect(
    Annotations.fromStack(stack).findWarning(
      '/Stack/Role',
      Match.stringLikeRegexp(
        'The role Stack/Role has no permission on the key Stack/Key: .* Set the flag, or import the key by its ARN, or allow ' +
          'kms:GenerateDataKey and kms:Decrypt in the policy of the key\\.',
      ),
    ),
  ).toHaveLength(warnings);
});

test('the wildcards of a statement are acknowledged for cdk-nag with their reason', () => {
  const { stack, policy: handler } = policy();
  handler.allow(['x:Read'], ['arn:aws:x:::a/*', 'arn:aws:x:::b'], 'A sufficient reason.');
  const [role] = resources(stack, 'AWS::IAM::Policy');
  expect(role).toMatchObject({
    Metadata: {
      cdk_nag: {
        rules_to_suppress: [
          { id: 'AwsSolutions-IAM5', reason: 'A sufficient reason.', applies_to: ['Resource::arn:aws:x:::a/*'] },
        ],
      },
    },
  });
});
