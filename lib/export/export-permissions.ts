import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { arnResource } from '../contract/asset-arn';
import type { AssetType } from '../contract/asset-types';
import { ASSET_TYPES } from '../contract/asset-types';
import { HandlerPolicy } from '../provider/handler-policy';

/**
 * The actions that read an asset of each type. AWS publishes them as one list, which does not show which option of a job needs
 * which action. So each type has all of them. The list is older than folders and topics: their actions, and
 * ListFoldersForResource, are those of the service authorization reference.
 *
 * Describe*Definition, which explains a failed export, has no separate action: Describe* allows it.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSQuickSightAssetBundleExportPolicy.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html
 */
const READ_ACTIONS: Readonly<Record<AssetType, readonly string[]>> = {
  analysis: ['DescribeAnalysis', 'DescribeAnalysisPermissions'],
  dashboard: ['DescribeDashboard', 'DescribeDashboardPermissions'],
  dataset: ['DescribeDataSet', 'DescribeDataSetPermissions', 'DescribeDataSetRefreshProperties'],
  datasource: ['DescribeDataSource', 'DescribeDataSourcePermissions'],
  folder: ['DescribeFolder', 'DescribeFolderPermissions', 'ListFolderMembers'],
  refreshSchedule: ['DescribeRefreshSchedule'],
  theme: ['DescribeTheme', 'DescribeThemePermissions'],
  topic: ['DescribeTopic', 'DescribeTopicPermissions'],
  vpcConnection: ['DescribeVPCConnection'],
};

/** Actions without a resource type in the service authorization reference. */
const LIST_ACTIONS: Partial<Record<AssetType, string>> = {
  refreshSchedule: 'ListRefreshSchedules',
  vpcConnection: 'ListVPCConnections',
};

/** Justifications of the wildcards. */
const WILDCARDS = {
  jobs: 'The id of an export job is a hash of the request of CloudFormation.',
  downloads:
    'The key of a bundle in the bucket of QuickSight is only known after the job. Under this account, the bucket contains only the bundles of its jobs.',
  assets:
    'The job uses this role to read the dependencies of the exported assets and the members of exported folders, which are only known to QuickSight. ' +
    'A policy also has no room for 100 exports of 100 assets each. Allowed are the asset types that the exports can reach, and only to read them.',
  lists: 'ListRefreshSchedules and ListVPCConnections have no resource-level permissions.',
};

/**
 * The permissions of the isComplete function on QuickSight: the union of what the exports of a stack need. Assets are allowed by
 * type, because the inline policies of a role are limited to 10,240 characters.
 */
export class ExportPermissions {
  private readonly policy: HandlerPolicy;
  private readonly allowedTypes = new Set<AssetType>();

  public constructor(private readonly role: iam.Role) {
    const { partition, region, account } = Stack.of(role);
    this.policy = new HandlerPolicy(role);
    this.policy.allow(
      [
        'quicksight:StartAssetBundleExportJob',
        'quicksight:DescribeAssetBundleExportJob',
        'quicksight:ListAssetBundleExportJobs',
      ],
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

  public allowAssets(types: readonly AssetType[]): void {
    for (const type of types) {
      this.allowType(type);
      // The published list of a data set contains its schedules.
      if (type === 'dataset') this.allowType('refreshSchedule');
    }
  }

  private allowType(type: AssetType): void {
    if (this.allowedTypes.has(type)) return;
    this.allowedTypes.add(type);
    const actions = [
      ...READ_ACTIONS[type],
      'ListTagsForResource',
      ...(ASSET_TYPES[type].canBeFolderMember ? ['ListFoldersForResource'] : []),
    ];
    const resource = arnResource(type, () => '*');
    const resources = [this.quicksightArn(resource)];
    // The themes of AWS, such as CLASSIC, have no region.
    if (type === 'theme') resources.push(this.quicksightArn(resource, { account: 'aws', region: '' }));
    this.policy.allow(actions.map(quicksightAction), resources, WILDCARDS.assets);
    const list = LIST_ACTIONS[type];
    if (list) this.policy.allow([quicksightAction(list)], ['*'], WILDCARDS.lists);
  }

  private quicksightArn(resource: string, environment: { account?: string; region?: string } = {}): string {
    return Stack.of(this.role).formatArn({
      service: 'quicksight',
      resource,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
      ...environment,
    });
  }
}

const quicksightAction = (name: string) => `quicksight:${name}`;
