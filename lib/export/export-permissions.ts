import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ArtifactObjectArns } from '../artifact/artifact-object-arns';
import type { AssetType } from '../contract/asset-arn';
import { ARTIFACT_NAME_PREFIX } from '../contract/custom-resource';
import { NagAcknowledgements } from '../provider/nag-acknowledgements';

/** What one export needs the job to be allowed. */
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
  /** Whether the type can be a member of a folder. */
  readonly memberships?: boolean;
  /** What the service authorization reference gives no resource for. */
  readonly unscoped?: string;
}

/**
 * The actions that the job calls with our role, as the documentation and AWSQuickSightAssetBundleExportPolicy have them; the
 * resource types are those of the service authorization reference. Describe*Definition, which explains a failed export, has
 * no action of its own and goes with Describe*.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html
 */
const ACTIONS: Record<AssetType, TypeActions> = {
  analysis: {
    describe: ['DescribeAnalysis'],
    permissions: 'DescribeAnalysisPermissions',
    tags: true,
    memberships: true,
  },
  dashboard: {
    describe: ['DescribeDashboard'],
    permissions: 'DescribeDashboardPermissions',
    tags: true,
    memberships: true,
  },
  dataset: {
    describe: ['DescribeDataSet', 'DescribeDataSetRefreshProperties'],
    permissions: 'DescribeDataSetPermissions',
    tags: true,
    memberships: true,
  },
  datasource: {
    describe: ['DescribeDataSource'],
    permissions: 'DescribeDataSourcePermissions',
    tags: true,
    memberships: true,
  },
  folder: { describe: ['DescribeFolder'], permissions: 'DescribeFolderPermissions', tags: true },
  refreshSchedule: { describe: ['DescribeRefreshSchedule'], unscoped: 'ListRefreshSchedules' },
  theme: { describe: ['DescribeTheme'], permissions: 'DescribeThemePermissions', tags: true },
  topic: { describe: ['DescribeTopic'], permissions: 'DescribeTopicPermissions', tags: true, memberships: true },
  vpcConnection: { describe: ['DescribeVPCConnection'], tags: true, unscoped: 'ListVPCConnections' },
};

/** What the wildcards of the policy stand for. */
const WILDCARDS = {
  jobs: 'The id of an export job is a hash of the request that CloudFormation makes.',
  downloads:
    'The key of a bundle in the bucket of QuickSight is known when its job is done; what lies there under this account is the bundles of its jobs.',
  assets:
    'The job reads with this role what the assets of an export depend on and what lies in its folders, which QuickSight alone knows, ' +
    'and a policy has no room for 100 exports of 100 assets each: allowed are the types that the exports ask for, and to describe them.',
  lists: 'ListRefreshSchedules and ListVPCConnections cannot be limited to resources.',
  artifacts:
    'The name of an artifact ends in the id of its job, which is a hash of the request that CloudFormation makes. Where the exports have ' +
    'more prefixes than a policy can name, what these have in common stands for them.',
  earlier:
    'An update may change the prefix, and the earlier artifact is given up after that. The function removes only what carries its own mark.',
  alias:
    'An imported alias stands for a key that is not known; the condition on kms:ResourceAliases allows that key alone.',
};

/**
 * What the isComplete function may do: the union of what the exports of its stack ask for, each thing once. An inline policy
 * may have 10,240 characters, so that assets are allowed by type and not one by one.
 */
export class ExportPermissions {
  private readonly assetStatements = new Map<string, iam.PolicyStatement>();
  private readonly artifacts = new ArtifactObjectArns();
  private buckets = 0;
  private readonly grantedKeys = new Set<string>();
  private readonly acknowledgements: NagAcknowledgements;

  public constructor(public readonly role: iam.Role) {
    const stack = Stack.of(role);
    this.acknowledgements = new NagAcknowledgements(role);
    this.allow(
      ['quicksight:StartAssetBundleExportJob', 'quicksight:DescribeAssetBundleExportJob'],
      [this.quicksightArn('asset-bundle-export-job/*')],
      WILDCARDS.jobs,
    );
    // A DownloadUrl may have the scheme s3, which is read with our own credentials.
    this.allow(
      ['s3:GetObject'],
      [`arn:${stack.partition}:s3:::quicksight-asset-bundle-export-job-${stack.region}/${stack.account}/*`],
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
        ...(access.includeFolderMemberships && actions.memberships ? ['ListFoldersForResource'] : []),
        ...(access.includeFolderMembers && type === 'folder' ? ['ListFolderMembers'] : []),
      ];
      this.extend(
        this.quicksightArn(type === 'refreshSchedule' ? 'dataset/*/refresh-schedule/*' : `${type}/*`),
        allowed,
        WILDCARDS.assets,
      );
      if (actions.unscoped) this.extend('*', [actions.unscoped], WILDCARDS.lists);
    }
  }

  /** Whether this bucket is new. */
  public allowArtifacts(bucket: s3.IBucket, prefix: string): boolean {
    if (!this.artifacts.add(bucket, prefix)) return false;
    const objects = this.allow(['s3:PutObject'], this.artifacts.in(bucket));
    // With @aws-cdk/aws-iam:minimizePolicies, statements without a name are merged, and lists that are decided later cannot be.
    this.buckets += 1;
    objects.sid = `Artifacts${this.buckets}`;
    this.acknowledge(WILDCARDS.artifacts, () => this.artifacts.in(bucket), Token.isUnresolved(prefix));
    // Of any prefix: when an Update changes the prefix, the earlier artifact is read or removed after the policy has been changed.
    this.allow(
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
      WILDCARDS.earlier,
    );
    return true;
  }

  public allowKey(key: kms.IKey): void {
    if (this.grantedKeys.has(key.keyArn)) return;
    this.grantedKeys.add(key.keyArn);
    const grant = key.grant(this.role, 'kms:GenerateDataKey', 'kms:Decrypt');
    if (!grant.success) {
      Annotations.of(this.role).addWarningV2(
        'cdk-quicksight-asset-bundle:key-permission',
        `The role of the isComplete function got no permission on the key ${key.node.path}: an imported alias gives none unless the feature flag ` +
          '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal is set. Set it, or import the key by its ARN, or allow kms:GenerateDataKey and ' +
          'kms:Decrypt in the policy of the key.',
      );
    }
    this.acknowledge(WILDCARDS.alias, () => grant.principalStatements.flatMap(({ resources }) => resources));
  }

  private extend(resource: string, actions: readonly string[], wildcard: string): void {
    const qualified = actions.map((action) => `quicksight:${action}`);
    const statement = this.assetStatements.get(resource);
    if (statement) statement.addActions(...qualified.filter((action) => !statement.actions.includes(action)));
    else this.assetStatements.set(resource, this.allow(qualified, [resource], wildcard));
  }

  private allow(actions: string[], resources: string[], wildcard?: string): iam.PolicyStatement {
    const statement = new iam.PolicyStatement({ actions, resources });
    this.role.addToPrincipalPolicy(statement);
    if (wildcard) this.acknowledge(wildcard, () => resources);
    return statement;
  }

  private acknowledge(reason: string, resources: () => readonly string[], late = false): void {
    this.acknowledgements.add({ rule: 'AwsSolutions-IAM5', reason, resources, late });
  }

  private quicksightArn(resource: string): string {
    const { partition, region, account } = Stack.of(this.role);
    return `arn:${partition}:quicksight:${region}:${account}:${resource}`;
  }
}
