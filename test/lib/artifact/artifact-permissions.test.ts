import type { Stack } from 'aws-cdk-lib';
import { Aws, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SimulatedRole } from '../../support/simulated-role';
import type { AssetBundleExportProps } from '../support';
import {
  ACCOUNT,
  AssetBundleExport,
  allowedOn,
  isCompletePolicies,
  isCompletePolicy,
  newApp,
  newStack,
  QuickSightAsset,
  REGION,
  RESOURCE_TYPE,
  resources,
} from '../support';

const OTHER_ACCOUNT = '999999999999';

const named = (stack: Stack, name: string, id = name) => s3.Bucket.fromBucketName(stack, id, name);

const exportTo = (stack: Stack, id: string, props: Partial<AssetBundleExportProps> = {}) =>
  new AssetBundleExport(stack, id, { assets: [QuickSightAsset.dashboard('a')], ...props });

/** The ids of the separate policies in a stack, each with the logical ids of the exports that depend on it. */
function dependents(stack: Stack): Record<string, string[]> {
  const exports = resources(stack, RESOURCE_TYPE);
  return Object.fromEntries(
    isCompletePolicies(stack)
      .filter(({ id }) => !id.includes('DefaultPolicy'))
      .map(({ id }) => [
        id.replace(/^AssetBundleExportProviderIsCompleteRole([A-Za-z]+)[0-9a-f]{8}[0-9A-F]{8}$/, '$1'),
        exports.filter(({ DependsOn = [] }) => DependsOn.includes(id)).map((one) => one.id.replace(/.{8}$/, '')),
      ]),
  );
}

const policyIds = (stack: Stack) => isCompletePolicies(stack).map(({ id }) => id);

describe('the function', () => {
  const roleOf = (removalPolicy: RemovalPolicy, prefix = 'exports/') => {
    const stack = newStack();
    exportTo(stack, 'Sales', { bucket: named(stack, 'artifacts'), prefix, removalPolicy });
    return new SimulatedRole(stack, ACCOUNT, REGION);
  };

  const ARTIFACT = 'exports/assetbundle-Stack-Sales-1.qs';
  const EARLIER = 'earlier/assetbundle-Stack-Sales-1.qs';

  /** Action, key, and whether an export with RETAIN and one with DESTROY may call it. */
  test.each<[string, string, boolean, boolean]>([
    ['s3:PutObject', ARTIFACT, true, true],
    ['s3:PutObject', 'exports/assetbundle-Stack-Sales-1.manifest.json', true, true],
    ['s3:PutObject', 'exports/assetbundle-Stack-Sales-1.write-check', true, true],
    // An update may change the prefix: the earlier manifest is read and marked as released.
    ['s3:PutObject', 'earlier/assetbundle-Stack-Sales-1.manifest.json', true, true],
    ['s3:PutObject', EARLIER, false, false],
    ['s3:PutObject', 'exports/report.pdf', false, false],
    ['s3:DeleteObject', ARTIFACT, true, true],
    ['s3:DeleteObject', EARLIER, false, false],
    ['s3:GetObject', ARTIFACT, true, true],
    ['s3:GetObject', EARLIER, true, true],
    ['s3:GetObjectVersion', EARLIER, true, true],
    ['s3:GetObject', 'exports/report.pdf', false, false],
    // The write check is removed for good. Artifacts are removed for good only by DESTROY.
    ['s3:DeleteObjectVersion', 'exports/assetbundle-Stack-Sales-1.write-check', true, true],
    ['s3:DeleteObjectVersion', ARTIFACT, false, true],
    ['s3:DeleteObjectVersion', EARLIER, false, true],
    ['s3:DeleteObjectVersion', 'exports/assetbundle-Stack-Sales-1.manifest.json', false, true],
    ['s3:DeleteObjectVersion', 'exports/report.pdf', false, false],
    ['s3:PutObjectAcl', ARTIFACT, false, false],
    ['s3:PutObjectTagging', ARTIFACT, false, false],
  ])('calls %s on %s: RETAIN %s, DESTROY %s', (action, key, retain, destroy) => {
    const request = { action, resource: `arn:aws:s3:::artifacts/${key}` };
    expect(roleOf(RemovalPolicy.RETAIN).allows(request)).toBe(retain);
    expect(roleOf(RemovalPolicy.DESTROY).allows(request)).toBe(destroy);
    for (const policy of [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY])
      expect(roleOf(policy).allows({ ...request, context: { 'aws:ResourceAccount': OTHER_ACCOUNT } })).toBe(false);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['s3:GetBucketVersioning', {}, true],
    ['s3:ListBucketVersions', { 's3:prefix': 'exports/assetbundle-Stack-Sales-1' }, true],
    ['s3:ListBucketVersions', { 's3:prefix': 'exports/' }, false],
    ['s3:ListBucketVersions', {}, false],
    ['s3:ListBucket', { 's3:prefix': 'exports/assetbundle-Stack-Sales-1' }, false],
    ['s3:PutBucketVersioning', {}, false],
    ['s3:DeleteBucket', {}, false],
  ])('calls %s with %j on the bucket: %s', (action, context, expected) => {
    for (const policy of [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY]) {
      const request = { action, resource: 'arn:aws:s3:::artifacts', context };
      expect(roleOf(policy).allows(request)).toBe(expected);
      const stolen = { ...request, context: { ...context, 'aws:ResourceAccount': OTHER_ACCOUNT } };
      expect(roleOf(policy).allows(stolen)).toBe(false);
      expect(roleOf(policy).allows({ ...request, resource: 'arn:aws:s3:::others' })).toBe(false);
    }
  });

  test('writes a prefix with wildcards literally', () => {
    const role = roleOf(RemovalPolicy.RETAIN, 'a*?$/');
    const writes = (key: string) => role.allows({ action: 's3:PutObject', resource: `arn:aws:s3:::artifacts/${key}` });
    expect(writes('a*?$/assetbundle-1.qs')).toBe(true);
    expect(writes('axx$/assetbundle-1.qs')).toBe(false);
  });

  test('has policies that the simulator accepts', async () => {
    expect(await roleOf(RemovalPolicy.DESTROY).errors()).toBeUndefined();
  });
});

describe('the account of the bucket is', () => {
  /** The value of the condition in all statements on artifacts. */
  const accountOf = (stack: Stack) => {
    const statements = isCompletePolicy(stack).filter(({ actions, resources: [resource] }) =>
      actions.some((action) => action.startsWith('s3:') && !resource?.includes('quicksight-asset-bundle')),
    );
    expect(statements).toHaveLength(7);
    const [account, ...others] = statements.map(({ conditions }) => conditions?.StringEquals?.['aws:ResourceAccount']);
    expect(others).toEqual(Array(6).fill(account));
    return account;
  };
  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };

  test('the account of the stack for a bucket of the stack and for a name', () => {
    const own = newStack();
    exportTo(own, 'Sales', DESTROY);
    expect(accountOf(own)).toBe(ACCOUNT);
    const imported = newStack();
    exportTo(imported, 'Sales', { ...DESTROY, bucket: named(imported, 'artifacts') });
    expect(accountOf(imported)).toBe(ACCOUNT);
    const agnostic = newStack({});
    exportTo(agnostic, 'Sales', DESTROY);
    expect(accountOf(agnostic)).toEqual({ Ref: 'AWS::AccountId' });
  });

  test('the account that the import of the bucket names', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'artifacts', account: OTHER_ACCOUNT });
    exportTo(stack, 'Sales', { ...DESTROY, bucket });
    expect(accountOf(stack)).toBe(OTHER_ACCOUNT);
  });
});

describe('the writes into a bucket are allowed', () => {
  const written = (prefixes: string[]): string[] => {
    const stack = newStack();
    prefixes.forEach((prefix, index) =>
      exportTo(stack, `Export${index}`, { bucket: named(stack, 'artifacts', `Bucket${index}`), prefix }),
    );
    return allowedOn(isCompletePolicy(stack), 's3:DeleteObject').map((arn) =>
      arn.replace('arn:{AWS::Partition}:s3:::artifacts/', ''),
    );
  };

  test('once for each prefix', () =>
    expect(written(['a/', 'b/', 'a/'])).toEqual(['a/assetbundle-*', 'b/assetbundle-*']));

  test('with the common beginning of a hundred prefixes', () => {
    expect(written(Array.from({ length: 100 }, (_, index) => `exports/team-${index}/`))).toEqual([
      'exports/team-*assetbundle-*',
    ]);
    expect(written(Array.from({ length: 100 }, (_, index) => `${Aws.STACK_NAME}/${index}/`))).toEqual([
      '*assetbundle-*',
    ]);
  });
});

describe('a separate policy', () => {
  test('has the permissions on the bucket, and its exports depend on it', () => {
    const stack = newStack();
    exportTo(stack, 'One');
    exportTo(stack, 'Two', { prefix: 'two/' });
    expect(dependents(stack)).toEqual({ Bucket: ['One', 'Two'] });
    const [policy] = isCompletePolicies(stack).filter(({ id }) => id.includes('DefaultPolicy'));
    expect(JSON.stringify(policy)).not.toMatch(/AssetBundleExportBucket|s3:(Put|Delete|List)/);
  });

  test('is in the stack of the exports, wherever the bucket is', () => {
    const app = newApp();
    const bucket = new s3.Bucket(newStack(undefined, app, 'Producer'), 'Bucket', { versioned: true });
    const stack = newStack(undefined, app);
    const nested = new NestedStack(stack, 'Nested');
    for (const scope of [stack, nested]) exportTo(scope, 'Sales', { bucket });
    expect(dependents(stack)).toEqual({ Bucket: ['Sales'] });
    expect(dependents(nested)).toEqual({ Bucket: ['Sales'] });
  });

  test('has the permission to remove artifacts for good, and only the exports with DESTROY depend on it', () => {
    const stack = newStack();
    exportTo(stack, 'Kept');
    exportTo(stack, 'Removed', { removalPolicy: RemovalPolicy.DESTROY });
    expect(dependents(stack)).toEqual({ Bucket: ['Kept', 'Removed'], BucketRemoval: ['Removed'] });
  });

  test('belongs to one bucket, so that an export depends only on the policies of its own', () => {
    const stack = newStack();
    exportTo(stack, 'One', { bucket: named(stack, 'one') });
    exportTo(stack, 'Two', { bucket: named(stack, 'two') });
    exportTo(stack, 'Again', { bucket: named(stack, 'one', 'again') });
    const exports = resources(stack, RESOURCE_TYPE).map(({ id, DependsOn }) => [
      id.slice(0, -8),
      DependsOn?.filter((each) => each.includes('IsCompleteRoleBucket')),
    ]);
    const [one, two, again] = ['One', 'Two', 'Again'].map(
      (id) => (Object.fromEntries(exports) as Record<string, string[]>)[id],
    );
    expect(one).toHaveLength(1);
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
  });

  /** The policy with the earlier name must not be updated: CloudFormation deletes it in the clean-up. */
  test.each<[string, (stack: Stack, name: string) => s3.IBucket]>([
    ['imported with another name', (stack, name) => named(stack, name, 'Bucket')],
    [
      'created with another name',
      (stack, bucketName) => new s3.Bucket(stack, 'Bucket', { bucketName, versioned: true }),
    ],
    ['of another construct', (stack, name) => new s3.Bucket(stack, name, { versioned: true })],
  ])('is another resource for a bucket that is %s', (_, bucketOf) => {
    const [before, same, after] = ['one', 'one', 'two'].map((name) => {
      const stack = newStack();
      exportTo(stack, 'Sales', { bucket: bucketOf(stack, name), removalPolicy: RemovalPolicy.DESTROY });
      return policyIds(stack);
    });
    expect(same).toEqual(before);
    expect(after?.filter((id) => before?.includes(id))).toEqual([expect.stringContaining('DefaultPolicy')]);
  });

  test('has the id of the bucket, also if two stacks have buckets of the same id', () => {
    const app = newApp();
    const bucketOf = (id: string) => new s3.Bucket(newStack(undefined, app, id), 'Bucket', { versioned: true });
    const stack = newStack(undefined, app);
    exportTo(stack, 'One', { bucket: bucketOf('ProducerOne') });
    exportTo(stack, 'Two', { bucket: bucketOf('ProducerTwo') });
    expect(new Set(policyIds(stack)).size).toBe(3);
  });
});

describe('a policy is shared', () => {
  const sharedPolicies = (stack: Stack) => resources(stack, 'AWS::IAM::ManagedPolicy');

  test('by the third bucket and further ones, with the permissions on each', () => {
    const stack = newStack();
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names)
      exportTo(stack, name, {
        bucket: named(stack, `bucket-${name}`),
        prefix: `${name}/`,
        removalPolicy: RemovalPolicy.DESTROY,
      });
    expect(sharedPolicies(stack).map(({ id }) => id.slice(0, -8))).toEqual([
      'AssetBundleExportProviderIsCompleteRoleBucketShared1',
      'AssetBundleExportProviderIsCompleteRoleBucketRemovalShared1',
    ]);
    const role = new SimulatedRole(stack, ACCOUNT, REGION);
    for (const name of names) {
      const allows = (action: string, key: string) =>
        role.allows({ action, resource: `arn:aws:s3:::bucket-${name}/${key}` });
      expect(allows('s3:PutObject', `${name}/assetbundle-1.qs`)).toBe(true);
      expect(allows('s3:PutObject', 'x/assetbundle-1.qs')).toBe(false);
      expect(allows('s3:DeleteObjectVersion', 'x/assetbundle-1.qs')).toBe(true);
    }
    expect(dependents(stack)).toEqual({
      Bucket: expect.anything(),
      BucketRemoval: expect.anything(),
      [sharedPolicies(stack)[0]?.id ?? '']: ['three', 'four'],
      [sharedPolicies(stack)[1]?.id ?? '']: ['three', 'four'],
    });
  });

  test('by buckets of the same account only', () => {
    const stack = newStack();
    for (const name of ['one', 'two', 'three']) exportTo(stack, name, { bucket: named(stack, `bucket-${name}`) });
    const bucketName = 'bucket-four';
    const bucket = s3.Bucket.fromBucketAttributes(stack, bucketName, { bucketName, account: OTHER_ACCOUNT });
    exportTo(stack, 'four', { bucket });
    expect(sharedPolicies(stack)).toHaveLength(2);
    const role = new SimulatedRole(stack, ACCOUNT, REGION);
    const resource = 'arn:aws:s3:::bucket-three/assetbundle-1.qs';
    expect(role.allows({ action: 's3:GetObject', resource })).toBe(true);
    const stolen = { 'aws:ResourceAccount': OTHER_ACCOUNT };
    expect(role.allows({ action: 's3:GetObject', resource, context: stolen })).toBe(false);
  });
});
