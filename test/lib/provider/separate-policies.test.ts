import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { lengthOf, SeparatePolicies } from '../../../lib/provider/separate-policies';
import { newStack, resources } from '../support';

const ROOM = 4800;

function policiesIn(stack: Stack) {
  const provider = new Construct(stack, 'Provider');
  const role = new iam.Role(provider, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const policies = new SeparatePolicies(role, 'Queue');
  return (name: string, characters = 100, scope: Construct = stack) =>
    policies.policyFor(new sqs.Queue(scope, `Queue${name}`), name, characters);
}

test('the first two resources have an inline policy each, beside the role', () => {
  const stack = newStack();
  const policyFor = policiesIn(stack);
  const [one, two] = [policyFor('one'), policyFor('two')];
  for (const { resource, isShared } of [one, two]) {
    expect(resource).toBeInstanceOf(iam.Policy);
    expect(resource.node.path).toMatch(/^Stack\/Provider\/RoleQueue[0-9a-f]{8}$/);
    expect(isShared).toBe(false);
  }
  expect(one.resource).not.toBe(two.resource);
});

test('further resources share managed policies, as many as have room', () => {
  const policyFor = policiesIn(newStack());
  policyFor('one');
  policyFor('two');
  const shared = [ROOM / 2, ROOM / 2, 1, ROOM].map((characters, index) => policyFor(`shared${index}`, characters));
  expect(shared.map(({ isShared }) => isShared)).toEqual([true, true, true, true]);
  expect(shared.map(({ resource }) => resource.node.id)).toEqual([
    'RoleQueueShared1',
    'RoleQueueShared1',
    'RoleQueueShared2',
    'RoleQueueShared3',
  ]);
});

test('resources of two accounts share no policy', () => {
  const stack = newStack();
  const other = newStack({ env: { account: '999999999999', region: 'eu-west-1' } }, undefined, 'Other');
  const policyFor = policiesIn(stack);
  ['one', 'two', 'three'].forEach((name) => policyFor(name));
  expect(policyFor('four', 100, other).resource.node.id).toBe('RoleQueueShared2');
  expect(policyFor('five').resource.node.id).toBe('RoleQueueShared1');
});

test('a policy is attached to the role', () => {
  const stack = newStack();
  const statement = new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:::q'] });
  const policyFor = policiesIn(stack);
  for (const name of ['one', 'two', 'three']) policyFor(name).policy.add(statement);
  const [role] = resources(stack, 'AWS::IAM::Role');
  const found = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resources(stack, type));
  expect(found.map(({ Properties }) => Properties.Roles)).toEqual(Array(3).fill([{ Ref: role?.id }]));
});

test('the length of a token is the maximum', () => {
  expect(lengthOf('name', 63)).toBe(4);
  expect(lengthOf(newStack({}).account, 63)).toBe(63);
});
