import { RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IDependable } from 'constructs';
import { ARTIFACT_NAME_PREFIX, MANIFEST_EXTENSION, WRITE_CHECK_EXTENSION } from '../contract/custom-resource';
import type { BucketMember, BucketStatement } from './bucket-policies';
import { BucketPolicies } from './bucket-policies';

const anyPrefix = (end = '') => `*${ARTIFACT_NAME_PREFIX}*${end}`;

/** Justifications of the wildcards. */
const WILDCARDS = {
  artifacts:
    'The name of an artifact ends with the id of its job, which is a hash of the request of CloudFormation. If the exports have more prefixes than ' +
    'fit into a policy, their common beginning is allowed instead.',
  previousArtifacts:
    'An update may change the prefix. After that, the function reads the previous artifact and marks its manifest as released.',
  writeChecks: 'The function removes the object with which it tests that the bucket accepts writes.',
  removal:
    'An export has the removal policy DESTROY. An update may change the prefix, and the previous artifact is removed after that. The function ' +
    'removes only objects that carry its own metadata.',
};

/** A delete marker can be removed, so `s3:DeleteObject` without a version deletes nothing. */
const ACCESS: readonly BucketStatement[] = [
  {
    sid: 'Write',
    actions: ['s3:PutObject', 's3:DeleteObject'],
    resources: ({ objects }) => objects.list(),
    wildcardReason: WILDCARDS.artifacts,
  },
  {
    sid: 'Release',
    actions: ['s3:PutObject'],
    resources: objectsOf(anyPrefix(MANIFEST_EXTENSION)),
    wildcardReason: WILDCARDS.previousArtifacts,
  },
  {
    sid: 'Read',
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resources: objectsOf(anyPrefix()),
    wildcardReason: WILDCARDS.previousArtifacts,
  },
  {
    sid: 'WriteCheck',
    actions: ['s3:DeleteObjectVersion'],
    resources: objectsOf(anyPrefix(WRITE_CHECK_EXTENSION)),
    wildcardReason: WILDCARDS.writeChecks,
  },
  {
    sid: 'Versioning',
    actions: ['s3:GetBucketVersioning'],
    resources: ({ bucket }) => [bucket.bucketArn],
  },
  {
    sid: 'List',
    actions: ['s3:ListBucketVersions'],
    resources: ({ bucket }) => [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': anyPrefix() } },
  },
];

const REMOVAL: readonly BucketStatement[] = [
  {
    sid: 'Remove',
    actions: ['s3:DeleteObjectVersion'],
    resources: objectsOf(anyPrefix()),
    wildcardReason: WILDCARDS.removal,
  },
];

function objectsOf(keys: string) {
  return ({ bucket }: BucketMember) => [bucket.arnForObjects(keys)];
}

/** The permissions of a role on the artifacts in the buckets of the exports. */
export class ArtifactPermissions {
  private readonly access: BucketPolicies;
  private readonly removal: BucketPolicies;

  public constructor(role: iam.Role) {
    this.access = new BucketPolicies(role, 'Bucket', ACCESS);
    this.removal = new BucketPolicies(role, 'BucketRemoval', REMOVAL);
  }

  public has(bucket: s3.IBucket): boolean {
    return this.access.has(bucket);
  }

  /** @returns the policies that the export depends on. */
  public allow(bucket: s3.IBucket, prefix: string, removalPolicy: RemovalPolicy | undefined): IDependable[] {
    const policies = [this.access.allow(bucket, prefix)];
    // Only the exports with DESTROY depend on this policy, so that it is deleted after the last of them.
    if (removalPolicy === RemovalPolicy.DESTROY) policies.push(this.removal.allow(bucket, prefix));
    return policies;
  }
}
