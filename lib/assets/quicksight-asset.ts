import type { IConstruct } from 'constructs';
import type { AssetType } from '../contract/asset-types';
import type { AssetReference } from './asset-reference';
import { referenceByArn, referenceById } from './asset-reference';

/**
 * A QuickSight asset that a bundle can contain.
 *
 * An id refers to the asset in the account and region of the stack. The construct that receives the assets validates their
 * ids and ARNs, and reports all problems in one error. Unresolved tokens are not validated.
 *
 * Source: StartAssetBundleExportJob, `ResourceArns`.
 */
export class QuickSightAsset {
  /**
   * An analysis.
   *
   * @param analysisId Id of the analysis: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static analysis(analysisId: string): QuickSightAsset {
    return QuickSightAsset.byId('analysis', { analysisId });
  }

  /**
   * A dashboard.
   *
   * @param dashboardId Id of the dashboard: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static dashboard(dashboardId: string): QuickSightAsset {
    return QuickSightAsset.byId('dashboard', { dashboardId });
  }

  /**
   * A data set.
   *
   * @param dataSetId Id of the data set: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static dataSet(dataSetId: string): QuickSightAsset {
    return QuickSightAsset.byId('dataset', { dataSetId });
  }

  /**
   * A data source.
   *
   * QuickSight does not export data sources of the types Adobe Analytics, File, GitHub, Jira, Salesforce, ServiceNow and
   * Twitter.
   *
   * @param dataSourceId Id of the data source: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static dataSource(dataSourceId: string): QuickSightAsset {
    return QuickSightAsset.byId('datasource', { dataSourceId });
  }

  /**
   * A theme.
   *
   * @param themeId Id of the theme: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static theme(themeId: string): QuickSightAsset {
    return QuickSightAsset.byId('theme', { themeId });
  }

  /**
   * A shared or restricted folder. `includeFolderMembers` selects the members that are exported with it.
   *
   * @param folderId Id of the folder: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static folder(folderId: string): QuickSightAsset {
    return QuickSightAsset.byId('folder', { folderId });
  }

  /**
   * A topic.
   *
   * @param topicId Id of the topic: 1 to 256 characters of `A-Z a-z 0-9 - _ . + \`.
   */
  public static topic(topicId: string): QuickSightAsset {
    return QuickSightAsset.byId('topic', { topicId });
  }

  /**
   * A VPC connection.
   *
   * @param vpcConnectionId Id of the VPC connection: 1 to 1,000 characters of `A-Z a-z 0-9 _ -`.
   */
  public static vpcConnection(vpcConnectionId: string): QuickSightAsset {
    return QuickSightAsset.byId('vpcConnection', { vpcConnectionId });
  }

  /**
   * A refresh schedule of a data set.
   *
   * @param dataSetId Id of the data set: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   * @param scheduleId Id of the refresh schedule: 1 to 2,048 characters of `A-Z a-z 0-9 _ -`.
   */
  public static refreshSchedule(dataSetId: string, scheduleId: string): QuickSightAsset {
    return QuickSightAsset.byId('refreshSchedule', { dataSetId, scheduleId });
  }

  /**
   * An asset of any of these types, by its ARN.
   *
   * @param arn ARN of the asset, such as `arn:aws:quicksight:us-east-1:123456789012:dashboard/sales-overview`. Its account and
   * region must be those of the stack, as far as synthesis can compare them.
   */
  public static fromArn(arn: string): QuickSightAsset {
    // In JavaScript, the ARN can be an undefined environment variable.
    return new QuickSightAsset((scope) => referenceByArn(scope, String(arn)));
  }

  private static byId(type: AssetType, ids: Record<string, string>): QuickSightAsset {
    return new QuickSightAsset((scope) => referenceById(scope, type, ids));
  }

  private constructor(private readonly refer: (scope: IConstruct) => AssetReference) {}

  /**
   * The ARN of this asset in the environment of a stack.
   *
   * @param scope Any construct in the stack.
   */
  public arnFor(scope: IConstruct): string {
    return this.refer(scope).arn;
  }

  /**
   * The asset in the environment of a stack, with the errors of its id or ARN.
   * @internal
   */
  public _resolve(scope: IConstruct): AssetReference {
    return this.refer(scope);
  }
}
