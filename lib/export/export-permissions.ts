import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ArtifactObjectArns } from '../artifact/artifact-object-arns';
import { arnResource } from '../contract/asset-arn';
import type { AssetType } from '../contract/asset-types';
import { ASSET_TYPES } from '../contract/asset-types';
import { ARTIFACT_NAME_PREFIX } from '../contract/custom-resource';
import { HandlerPolicy } from '../provider/handler-policy';

/** The scope of one export, which determines the actions of its job. */
export interface AssetAccess {
  readonly types: readonly AssetType[];
  readonly includePermissions: boolean;
  readonly includeTags: boolean;
  readonly includeFolderMemberships: boolean;
  readonly includeFolderMembers: boolean;
}

interface TypeActions {
  readonly describe: readonly string[];
  readonly permissions?: string;
  readonly tags?: boolean;
  /** An action without resource types in the service authorization reference. */
  readonly unscoped?: string;
}

/**
 * The actions that the job calls with our role, according to the documentation and AWSQuickSightAssetBundleExportPolicy.
 * Describe*Definition, which explains a failed export, has no separate action: Describe* allows it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html
 */
const ACTIONS: Record<AssetType, TypeActions> = {
  analysis: { describe: ['DescribeAnalysis'], permissions: 'DescribeAnalysisPermissions', tags: true },
  dashboard: { describe: ['DescribeDashboard'], permissions: 'DescribeDashboardPermissions', tags: true },
  dataset: {
    describe: ['DescribeDataSet', 'DescribeDataSetRefreshProperties'],
    permissions: 'DescribeDataSetPermissions',
    tags: true,
  },
  datasource: { describe: ['DescribeDataSource'], permissions: 'DescribeDataSourcePermissions', tags: true },
  folder: { describe: ['DescribeFolder'], permissions: 'DescribeFolderPermissions', tags: true },
  refreshSchedule: { describe: ['DescribeRefreshSchedule'], unscoped: 'ListRefreshSchedules' },
  theme: { describe: ['DescribeTheme'], permissions: 'DescribeThemePermissions', tags: true },
  topic: { describe: ['DescribeTopic'], permissions: 'DescribeTopicPermissions', tags: true },
  vpcConnection: { describe: ['DescribeVPCConnection'], tags: true, unscoped: 'ListVPCConnections' },
};

/** Justifications of the wildcards in the policy. */
const WILDCARDS = {
  jobs: 'The id of an export job is a hash of the request of CloudFormation.',
  downloads:
    'The key of a bundle in the bucket of QuickSight is only known after the job. Under this account, the bucket contains only the bundles of its jobs.',
  assets:
    'The job uses this role to read the dependencies of the exported assets and the members of exported folders, which are only known to QuickSight. ' +
    'A policy also has no room for 100 exports of 100 assets each. Allowed are the asset types that the exports can reach, and only to describe them.',
  lists: 'ListRefreshSchedules and ListVPCConnections have no resource-level permissions.',
  artifacts:
    'The name of an artifact ends with the id of its job, which is a hash of the request of CloudFormation. If the exports have more prefixes than ' +
    'fit into a policy, their common beginning is allowed instead.',
  previousArtifacts:
    'An update may change the prefix, and the previous artifact is read and deleted after that. The function deletes only objects that carry its ' +
    'own metadata.',
};

/**
 * The permissions of the isComplete function: the union of the permissions that the exports of a stack need. Assets are allowed
 * by type, because the inline policies of a role are limited to 10,240 characters.
 */
export class ExportPermissions {
  private readonly policy: HandlerPolicy;
  private readonly artifacts = new ArtifactObjectArns();
  private buckets = 0;

  public constructor(public readonly role: iam.Role) {
    const { partition, region, account } = Stack.of(role);
    this.policy = new HandlerPolicy(role);
    this.policy.allow(
      ['quicksight:StartAssetBundleExportJob', 'quicksight:DescribeAssetBundleExportJob'],
      [this.quicksightArn('asset-bundle-export-job/*')],
      WILDCARDS.jobs,
    );
    // A DownloadUrl with the scheme s3 is read with our own credentials.
    this.policy.allow(
      ['s3:GetObject'],
      [`arn:${partition}:s3:::quicksight-asset-bundle-export-job-${region}/${account}/*`],
      WILDCARDS.downloads,
    );
  }

  public allowAssets(access: AssetAccess): void {
    for (const type of access.types) {
      const actions = ACTIONS[type];
      const allowed = [
        ...actions.describe,
        ...(access.includePermissions && actions.permissions ? [actions.permissions] : []),
        ...(access.includeTags && actions.tags ? ['ListTagsForResource'] : []),
        ...(access.includeFolderMemberships && ASSET_TYPES[type].canBeFolderMember ? ['ListFoldersForResource'] : []),
        ...(access.includeFolderMembers && type === 'folder' ? ['ListFolderMembers'] : []),
      ];
      this.allow(allowed, this.quicksightArn(arnResource(type, () => '*')), WILDCARDS.assets);
      if (actions.unscoped) this.allow([actions.unscoped], '*', WILDCARDS.lists);
    }
  }

  /** @returns whether no earlier export uses this bucket. */
  public allowArtifacts(bucket: s3.IBucket, prefix: string): boolean {
    if (!this.artifacts.add(bucket, prefix)) return false;
    const objects = this.policy.allow(['s3:PutObject'], this.artifacts.in(bucket));
    // @aws-cdk/aws-iam:minimizePolicies merges statements without an id, but it cannot merge lazy lists of resources.
    this.buckets += 1;
    objects.sid = `Artifacts${this.buckets}`;
    this.policy.acknowledgeWildcards(WILDCARDS.artifacts, () => this.artifacts.in(bucket), Token.isUnresolved(prefix));
    // With any prefix: if an update changes it, the previous artifact is read or deleted with the changed policy.
    this.policy.allow(
      [
        's3:GetBucketVersioning',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:GetObject',
        's3:GetObjectVersion',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
      ],
      [bucket.bucketArn, bucket.arnForObjects(`*${ARTIFACT_NAME_PREFIX}*`)],
      WILDCARDS.previousArtifacts,
    );
    return true;
  }

  public allowKey(key: kms.IKey): void {
    this.policy.allowKey(key, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  private allow(actions: readonly string[], resource: string, wildcardReason: string): void {
    this.policy.allowOn(
      resource,
      actions.map((action) => `quicksight:${action}`),
      wildcardReason,
    );
  }

  private quicksightArn(resource: string): string {
    return Stack.of(this.role).formatArn({ service: 'quicksight', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
  }
}
