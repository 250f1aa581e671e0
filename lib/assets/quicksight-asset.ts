import type { IConstruct } from 'constructs';
import type { AssetType } from '../contract/asset-arn';
import type { AssetReference } from './asset-reference';
import { referenceByArn, referenceById } from './asset-reference';

/**
 * A QuickSight asset that a bundle can hold, named by its id or by its ARN.
 *
 * An id stands for the asset of that id in the account and region of the stack. What is wrong with an id or an ARN is told
 * when an `AssetBundleExport` is made of it, together with everything else that is wrong there; unresolved tokens pass.
 *
 * Source of the types and of the patterns of their ids: StartAssetBundleExportJob and the ARNs of its `ResourceArns`.
 */
export class QuickSightAsset {
  /**
   * An analysis.
   * @param analysisId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static analysis(analysisId: string): QuickSightAsset {
    return QuickSightAsset.byId('analysis', analysisId);
  }

  /**
   * A dashboard.
   * @param dashboardId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static dashboard(dashboardId: string): QuickSightAsset {
    return QuickSightAsset.byId('dashboard', dashboardId);
  }

  /**
   * A data set.
   * @param dataSetId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static dataSet(dataSetId: string): QuickSightAsset {
    return QuickSightAsset.byId('dataset', dataSetId);
  }

  /**
   * A data source.
   *
   * QuickSight does not export Adobe Analytics, File, GitHub, Jira, Salesforce, ServiceNow and Twitter sources.
   * @param dataSourceId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static dataSource(dataSourceId: string): QuickSightAsset {
    return QuickSightAsset.byId('datasource', dataSourceId);
  }

  /**
   * A theme.
   * @param themeId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static theme(themeId: string): QuickSightAsset {
    return QuickSightAsset.byId('theme', themeId);
  }

  /**
   * A shared or restricted folder; `includeFolderMembers` says whether what lies in it comes along.
   * @param folderId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static folder(folderId: string): QuickSightAsset {
    return QuickSightAsset.byId('folder', folderId);
  }

  /**
   * A topic.
   * @param topicId up to 256 of `A-Z a-z 0-9 - _ . + \`
   */
  public static topic(topicId: string): QuickSightAsset {
    return QuickSightAsset.byId('topic', topicId);
  }

  /**
   * A VPC connection.
   * @param vpcConnectionId up to 1,000 of `A-Z a-z 0-9 _ -`
   */
  public static vpcConnection(vpcConnectionId: string): QuickSightAsset {
    return QuickSightAsset.byId('vpcConnection', vpcConnectionId);
  }

  /**
   * A refresh schedule of a data set.
   * @param dataSetId up to 2,048 of `A-Z a-z 0-9 _ -`
   * @param scheduleId up to 2,048 of `A-Z a-z 0-9 _ -`
   */
  public static refreshSchedule(dataSetId: string, scheduleId: string): QuickSightAsset {
    return QuickSightAsset.byId('refreshSchedule', dataSetId, scheduleId);
  }

  /**
   * An asset of any of these types, by its ARN.
   * @param arn for instance `arn:aws:quicksight:us-east-1:123456789012:dashboard/sales-overview`; it must be of the account
   * and region of the stack, as far as these are known at synthesis.
   */
  public static fromArn(arn: string): QuickSightAsset {
    // A variable of the environment may not be there.
    return new QuickSightAsset((scope) => referenceByArn(scope, String(arn)));
  }

  private static byId(type: AssetType, ...ids: string[]): QuickSightAsset {
    return new QuickSightAsset((scope) => referenceById(scope, type, ids));
  }

  private constructor(private readonly refer: (scope: IConstruct) => AssetReference) {}

  /**
   * The ARN of this asset for the stack of a construct.
   *
   * @param scope any construct of the stack.
   */
  public arnFor(scope: IConstruct): string {
    return this.refer(scope).arn;
  }

  /**
   * What is known at synthesis of this asset, and what is wrong with it.
   * @internal
   */
  public _resolve(scope: IConstruct): AssetReference {
    return this.refer(scope);
  }
}
