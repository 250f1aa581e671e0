import type { App, Stack } from 'aws-cdk-lib';
import { PhysicalName } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { KeyPermissions } from '../../../lib/provider/key-permissions';
import type { Resource } from '../support';
import {
  ACCOUNT,
  AssetBundleExport,
  allowedOn,
  isCompletePolicies,
  isCompletePolicy,
  newApp,
  newExport,
  newStack,
  REGION,
  RESOURCE_TYPE,
  resources,
  SALES,
} from '../support';

const keyArn = (name: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`;

const importedKey = (stack: Stack, name: string) => kms.Key.fromKeyArn(stack, name, keyArn(name));

const statementsOf = ({ Properties }: Resource) =>
  (Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement;

/** The permissions of a role in a stack, apart from an export. */
function permissionsIn(stack: Stack): KeyPermissions {
  const provider = new Construct(stack, 'Provider');
  return new KeyPermissions(
    new iam.Role(provider, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      roleName: PhysicalName.GENERATE_IF_NEEDED,
    }),
  );
}

describe('an export may use', () => {
  test.each<[string, (stack: Stack) => { encryptionKey?: kms.IKey; bucket?: s3.IBucket }]>([
    ['its own key', (stack) => ({ encryptionKey: importedKey(stack, 'k') })],
    [
      'the key of its bucket',
      (stack) => ({
        bucket: s3.Bucket.fromBucketAttributes(stack, 'Bucket', {
          bucketName: 'artifacts',
          encryptionKey: importedKey(stack, 'k'),
        }),
      }),
    ],
  ])('%s, by one statement for all exports', (_, props) => {
    const stack = newStack();
    const encrypted = props(stack);
    newExport(encrypted, stack);
    new AssetBundleExport(stack, 'More', { ...SALES, ...encrypted });
    const found = isCompletePolicy(stack);
    expect(allowedOn(found, 'kms:GenerateDataKey')).toEqual([keyArn('k')]);
    expect(allowedOn(found, 'kms:Decrypt')).toEqual([keyArn('k')]);
  });

  test('no key if it has none', () => {
    const stack = newStack();
    newExport({}, stack);
    const actions = isCompletePolicy(stack).flatMap((statement) => statement.actions);
    expect(actions.filter((action) => action.startsWith('kms:'))).toEqual([]);
  });
});

test('a key has a policy of its own, and only the exports with that key depend on it', () => {
  const stack = newStack();
  newExport({}, stack);
  new AssetBundleExport(stack, 'Encrypted', { ...SALES, encryptionKey: importedKey(stack, 'k') });
  const [policy, ...others] = isCompletePolicies(stack).filter(({ id }) => /RoleKey[0-9a-f]{8}/.test(id));
  expect(others).toEqual([]);
  const dependents = resources(stack, RESOURCE_TYPE).filter(({ DependsOn }) => DependsOn?.includes(policy?.id ?? ''));
  expect(dependents.map(({ id }) => id.slice(0, -8))).toEqual(['Encrypted']);
});

test('the policy of another key is another resource', () => {
  const idsFor = (name: string) => {
    const stack = newStack();
    newExport({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn(name)) }, stack);
    return isCompletePolicies(stack)
      .map(({ id }) => id)
      .filter((id) => id.includes('RoleKey'));
  };
  expect(idsFor('one')).toEqual(idsFor('one'));
  expect(idsFor('one')).not.toEqual(idsFor('two'));
});

test('the third key and further ones share a policy', () => {
  const stack = newStack();
  const keys = permissionsIn(stack);
  const policies = ['one', 'two', 'three', 'four'].map((name) => keys.allow(importedKey(stack, name)));
  expect(new Set(policies.flat()).size).toBe(3);
  const [shared, ...others] = resources(stack, 'AWS::IAM::ManagedPolicy');
  expect(others).toEqual([]);
  expect(statementsOf(shared as Resource).map(({ Resource: resource }) => resource)).toEqual([
    keyArn('three'),
    keyArn('four'),
  ]);
});

test('the policy of a key of the stack is not changed', () => {
  const stack = newStack();
  const policyOf = () => resources(stack, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy;
  const key = new kms.Key(stack, 'Key');
  permissionsIn(stack).allow(key);
  const changed = policyOf();
  const plain = newStack();
  new kms.Key(plain, 'Key');
  expect(changed).toEqual(resources(plain, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy);
});

test('the policy of a key in another account allows the role', () => {
  const app: App = newApp();
  const other = newStack({ env: { account: '999999999999', region: REGION } }, app, 'Other');
  const key = new kms.Key(other, 'Key');
  permissionsIn(newStack(undefined, app)).allow(key);
  const { Statement } = resources(other, 'AWS::KMS::Key')[0]?.Properties.KeyPolicy as { Statement: unknown[] };
  expect(Statement).toContainEqual(
    expect.objectContaining({ Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Effect: 'Allow' }),
  );
  expect(JSON.stringify(Statement.at(-1))).toContain(`:iam::${ACCOUNT}:role/`);
});

test.each([
  [true, [expect.stringContaining(':key/*')], 0],
  [false, [], 1],
  [undefined, [], 1],
])('an alias grants permissions, or synthesis warns, with the feature flag %s', (flag, allowed, warnings) => {
  const context = { '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal': flag };
  const stack = newStack(undefined, newApp({ context }));
  const policies = permissionsIn(stack).allow(kms.Alias.fromAliasName(stack, 'Key', 'alias/exports'));
  expect(policies).toHaveLength(allowed.length);
  const statements = resources(stack, 'AWS::IAM::Policy').flatMap(statementsOf);
  expect(statements.map(({ Resource: resource }) => JSON.stringify(resource))).toEqual(allowed);
  // https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
  for (const { Condition } of statements)
    expect(Condition).toEqual({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/exports' } });
  expect(
    Annotations.fromStack(stack).findWarning(
      '/Stack/Provider/Role',
      Match.stringLikeRegexp(
        'The role Stack/Provider/Role has no permission on the key Stack/Key: .* Set the flag, or import the key by its ARN, or allow ' +
          'kms:GenerateDataKey and kms:Decrypt in the policy of the key\\.',
      ),
    ),
  ).toHaveLength(warnings);
});
