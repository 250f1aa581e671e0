import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IDependable } from 'constructs';
import { MAX_PREFIX_BYTES } from '../contract/export-resource';
import type { HandlerPolicy } from '../provider/handler-policy';
import { lengthOf, SeparatePolicies } from '../provider/separate-policies';
import { ArtifactObjectArns } from './artifact-object-arns';

/** The room for the prefixes of a bucket in its own policy. In a shared policy, they are reduced to their common beginning. */
const PREFIX_CHARACTERS = 1200;

const MAX_BUCKET_NAME_CHARACTERS = 63;

/** The average length of an ARN in a policy without the name of its bucket. */
const ARN_CHARACTERS = 40;

/** A bucket in a policy. */
export interface BucketMember {
  readonly bucket: s3.IBucket;
  /** The objects that the exports write. */
  readonly objects: ArtifactObjectArns;
}

/** The buckets in one policy. The list grows until synthesis. */
type Members = [BucketMember, ...BucketMember[]];

/** A statement with resources of each bucket in a policy. */
export interface BucketStatement {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: (member: BucketMember) => string[];
  readonly conditions?: iam.Conditions;
  readonly wildcardReason?: string;
}

/** Policies of a role that have the same statements for each bucket. */
export class BucketPolicies {
  private readonly separate: SeparatePolicies;
  private readonly members = new Map<IDependable, Members>();
  private readonly entries = new Map<string, { member: BucketMember; policy: IDependable }>();

  public constructor(
    role: iam.Role,
    kind: string,
    private readonly statements: readonly BucketStatement[],
  ) {
    this.separate = new SeparatePolicies(role, kind);
  }

  public has(bucket: s3.IBucket): boolean {
    return this.entries.has(bucket.bucketArn);
  }

  /** @returns the policy that has the permissions. */
  public allow(bucket: s3.IBucket, prefix: string): IDependable {
    const entry = this.entries.get(bucket.bucketArn);
    if (!entry) return this.add(bucket, prefix);
    entry.member.objects.add(prefix);
    return entry.policy;
  }

  private add(bucket: s3.IBucket, prefix: string): IDependable {
    const separate = this.separate.policyFor(bucket, nameOf(bucket), this.charactersOf(bucket, prefix));
    const objects = new ArtifactObjectArns(bucket, separate.isShared ? 0 : PREFIX_CHARACTERS);
    objects.add(prefix);
    const member = { bucket, objects };
    this.entries.set(bucket.bucketArn, { member, policy: separate.resource });
    const existing = this.members.get(separate.resource);
    if (existing) {
      existing.push(member);
    } else {
      const members: Members = [member];
      this.members.set(separate.resource, members);
      for (const statement of this.statements) addStatement(separate.policy, statement, members);
    }
    return separate.resource;
  }

  private charactersOf(bucket: s3.IBucket, prefix: string): number {
    const name = lengthOf(bucket.bucketName, MAX_BUCKET_NAME_CHARACTERS);
    return this.statements.length * (name + ARN_CHARACTERS) + lengthOf(prefix, MAX_PREFIX_BYTES);
  }
}

function addStatement(
  policy: HandlerPolicy,
  { sid, actions, resources, conditions, wildcardReason }: BucketStatement,
  members: Members,
): void {
  const produce = () => members.flatMap(resources);
  const [{ bucket, objects }] = members;
  policy.add(
    new iam.PolicyStatement({
      // @aws-cdk/aws-iam:minimizePolicies merges statements without an id, but it cannot merge lazy lists of resources.
      sid,
      actions,
      resources: Lazy.list({ produce }),
      // A bucket that was deleted can be created again by another account.
      conditions: { StringEquals: { 'aws:ResourceAccount': bucket.env.account }, ...conditions },
    }),
  );
  if (wildcardReason) policy.acknowledgeWildcards(wildcardReason, produce, objects.hasToken);
}

/** Changes when CloudFormation replaces the bucket. */
function nameOf(bucket: s3.IBucket): string {
  const resource = bucket.node.defaultChild;
  const name = resource instanceof s3.CfnBucket ? resource.bucketName : undefined;
  return name === undefined ? bucket.bucketArn : `${bucket.bucketArn} ${name}`;
}
