import type { Stack } from 'aws-cdk-lib';
import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AssetBundleExportProps } from '../lib/support';
import { ACCOUNT, AssetBundleExport, isCompletePolicies, newStack, QuickSightAsset, text } from '../lib/support';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, white space not counted.
const INLINE_LIMIT = 10_240;
const MANAGED_LIMIT = 6_144;
const MANAGED_POLICIES_LIMIT = 10;

/** The room that remains for statements of the user. */
const SPARE = 1_000;

/** The longest name of a region with its partition. */
const ENVIRONMENT = { env: { account: ACCOUNT, region: 'us-gov-west-1' } };

const EVERYTHING = {
  assets: [QuickSightAsset.fromArn(Aws.STACK_ID)],
  includeAllDependencies: true,
  includePermissions: true,
  includeTags: true,
  includeFolderMemberships: true,
  removalPolicy: RemovalPolicy.DESTROY,
};

/** The length of a policy document, with tokens replaced by the longest possible value. */
function sizeOf(document: unknown): number {
  const replaced: unknown = JSON.parse(JSON.stringify(document), (_key, value: unknown) => {
    const isIntrinsic =
      typeof value === 'object' &&
      value !== null &&
      Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
    return isIntrinsic
      ? text(value)
          .replace(/\{AWS::Partition\}/g, 'aws-us-gov')
          .replace(/\{[^}]*\}/g, 'x'.repeat(85))
      : value;
  });
  return JSON.stringify(replaced).length;
}

/** The sizes of the policies of the role. The inline policies share one limit. */
function sizes(stack: Stack) {
  const documents = (type: string) =>
    isCompletePolicies(stack)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => sizeOf(Properties.PolicyDocument));
  return {
    inline: documents('AWS::IAM::Policy').reduce((sum, size) => sum + size, 0),
    managed: documents('AWS::IAM::ManagedPolicy'),
  };
}

function expectRoomIn(stack: Stack): void {
  const { inline, managed } = sizes(stack);
  expect(inline).toBeLessThanOrEqual(INLINE_LIMIT - SPARE);
  expect(managed.length).toBeLessThanOrEqual(MANAGED_POLICIES_LIMIT);
  expect(Math.max(0, ...managed)).toBeLessThanOrEqual(MANAGED_LIMIT);
}

function hundredExports(props: (stack: Stack, index: number) => Partial<AssetBundleExportProps>): Stack {
  const stack = newStack(ENVIRONMENT);
  for (let index = 0; index < 100; index += 1)
    new AssetBundleExport(stack, `Export${index}`, { ...EVERYTHING, ...props(stack, index) });
  return stack;
}

const keyArn = (id: string) => `arn:aws-us-gov:kms:us-gov-west-1:${ACCOUNT}:key/${id}`;

const keyOf = (stack: Stack, index: number) =>
  kms.Key.fromKeyArn(stack, `Key${index}`, keyArn(String(index).padStart(36, '0')));

/** Prefixes that do not exceed the room for the prefixes of a bucket. */
const SOME_PREFIXES = (index: number) => `${'exports/'.repeat(2)}team-${index % 9}/`;

describe('the policies of the role fit, with room for statements of the user, for a hundred exports', () => {
  test.each<[string, (index: number) => string]>([
    ['without a prefix', () => ''],
    ['with a few prefixes', SOME_PREFIXES],
    ['with a prefix each', (index) => `exports/team-${index}/`],
    ['with a long prefix each', (index) => `${String(index).padStart(3, '0')}${'x'.repeat(390)}/`],
    ['with the same long prefix', () => `${'x'.repeat(399)}/`],
  ])('%s', (_, prefix) => {
    const stack = hundredExports((__, index) => ({ prefix: prefix(index) }));
    expectRoomIn(stack);
    expect(sizes(stack).managed).toEqual([]);
  });

  test('with prefixes in two buckets of long names, and two keys', () => {
    const buckets = new Map<number, s3.IBucket>();
    const stack = hundredExports((scope, index) => {
      const number = index % 2;
      const bucket = buckets.get(number) ?? s3.Bucket.fromBucketName(scope, `B${number}`, `${'b'.repeat(62)}${number}`);
      buckets.set(number, bucket);
      return {
        bucket,
        prefix: SOME_PREFIXES(index >> 1),
        encryptionKey: (scope.node.tryFindChild(`Key${number}`) as kms.IKey | undefined) ?? keyOf(scope, number),
      };
    });
    expectRoomIn(stack);
    expect(sizes(stack).managed).toEqual([]);
  });

  test('with a bucket each', () =>
    expectRoomIn(
      hundredExports((stack, index) => ({
        bucket: s3.Bucket.fromBucketName(stack, `Bucket${index}`, `artifacts-${index}`),
      })),
    ));

  test('with a key each', () =>
    expectRoomIn(hundredExports((stack, index) => ({ encryptionKey: keyOf(stack, index) }))));
});

test('the policies of the role fit during an update to another bucket and key, which has those of both', () => {
  const stackFor = (name: string) => {
    const stack = hundredExports((scope, index) => ({
      bucket: s3.Bucket.fromBucketName(scope, `Bucket${index}`, name.repeat(63)),
      encryptionKey: kms.Key.fromKeyArn(scope, `Key${index}`, keyArn(name.repeat(36))),
      prefix: SOME_PREFIXES(index),
    }));
    expect(sizes(stack).managed).toEqual([]);
    return isCompletePolicies(stack);
  };
  const update = new Map([...stackFor('a'), ...stackFor('b')].map((policy) => [policy.id, policy]));
  expect(update.size).toBe(1 + 2 * 3);
  const inline = [...update.values()].map(({ Properties }) => sizeOf(Properties.PolicyDocument));
  expect(inline.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(INLINE_LIMIT);
});

test('the policies of the role fit for fifty buckets of the stack', () => {
  const stack = newStack(ENVIRONMENT);
  for (let index = 0; index < 50; index += 1)
    new AssetBundleExport(stack, `Export${index}`, {
      ...EVERYTHING,
      bucket: new s3.Bucket(stack, `Bucket${index}`, { versioned: true }),
    });
  expectRoomIn(stack);
});
