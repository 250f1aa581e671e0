import type { QuickSightAsset } from '../assets/quicksight-asset';
import type {
  AnalysisOverrideProperty,
  DashboardOverrideProperty,
  DataSetOverrideProperty,
  DataSourceOverrideProperty,
  FolderOverrideProperty,
  RefreshScheduleOverrideProperty,
  ThemeOverrideProperty,
  TopicOverrideProperty,
  VpcConnectionOverrideProperty,
} from './override-properties';

/**
 * Whether the ids of the resources in the template get a parameter.
 *
 * Source: AssetBundleExportJobResourceIdOverrideConfiguration.
 */
export interface ResourceIdOverrideConfiguration {
  /**
   * Whether the template has a parameter for a prefix that every resource's id then begins with. Names stay as they are.
   *
   * @default false
   */
  readonly prefixForAllResources?: boolean;
}

/**
 * The parameters for a VPC connection in the template.
 *
 * Source: AssetBundleExportJobVPCConnectionOverrideProperties.
 */
export interface VpcConnectionOverride {
  /** The VPC connection: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: VpcConnectionOverrideProperty[];
}

/**
 * The parameters for a refresh schedule in the template.
 *
 * Source: AssetBundleExportJobRefreshScheduleOverrideProperties.
 */
export interface RefreshScheduleOverride {
  /** The refresh schedule: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: RefreshScheduleOverrideProperty[];
}

/**
 * The parameters for a data source in the template.
 *
 * Source: AssetBundleExportJobDataSourceOverrideProperties.
 */
export interface DataSourceOverride {
  /** The data source: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: DataSourceOverrideProperty[];
}

/**
 * The parameters for a data set in the template.
 *
 * Source: AssetBundleExportJobDataSetOverrideProperties.
 */
export interface DataSetOverride {
  /** The data set: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: DataSetOverrideProperty[];
}

/**
 * The parameters for a theme in the template.
 *
 * Source: AssetBundleExportJobThemeOverrideProperties.
 */
export interface ThemeOverride {
  /** The theme: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: ThemeOverrideProperty[];
}

/**
 * The parameters for an analysis in the template.
 *
 * Source: AssetBundleExportJobAnalysisOverrideProperties.
 */
export interface AnalysisOverride {
  /** The analysis: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: AnalysisOverrideProperty[];
}

/**
 * The parameters for a dashboard in the template.
 *
 * Source: AssetBundleExportJobDashboardOverrideProperties.
 */
export interface DashboardOverride {
  /** The dashboard: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: DashboardOverrideProperty[];
}

/**
 * The parameters for a folder in the template.
 *
 * Source: AssetBundleExportJobFolderOverrideProperties.
 */
export interface FolderOverride {
  /** The folder: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: FolderOverrideProperty[];
}

/**
 * The parameters for a topic in the template.
 *
 * Source: AssetBundleExportJobTopicV2OverrideProperties.
 */
export interface TopicOverride {
  /** The topic: one of the exported assets, or one of their dependencies. */
  readonly asset: QuickSightAsset;

  /** The properties that become parameters, 1 to 10 of them. */
  readonly properties: TopicOverrideProperty[];
}

/**
 * Which properties of the exported assets become parameters of the template, for an export in the format
 * `CLOUDFORMATION_JSON`.
 *
 * Source: AssetBundleCloudFormationOverridePropertyConfiguration.
 */
export interface CloudFormationOverridePropertyConfiguration {
  /**
   * Whether the resources' ids get a parameter.
   *
   * @default - they do not
   */
  readonly resourceIdOverrideConfiguration?: ResourceIdOverrideConfiguration;

  /**
   * The parameters for VPC connections, at most 50.
   *
   * @default - no parameters for VPC connections
   */
  readonly vpcConnections?: VpcConnectionOverride[];

  /**
   * The parameters for refresh schedules, at most 50.
   *
   * @default - no parameters for refresh schedules
   */
  readonly refreshSchedules?: RefreshScheduleOverride[];

  /**
   * The parameters for data sources, at most 50.
   *
   * @default - no parameters for data sources
   */
  readonly dataSources?: DataSourceOverride[];

  /**
   * The parameters for data sets, at most 50.
   *
   * @default - no parameters for data sets
   */
  readonly dataSets?: DataSetOverride[];

  /**
   * The parameters for themes, at most 50.
   *
   * @default - no parameters for themes
   */
  readonly themes?: ThemeOverride[];

  /**
   * The parameters for analyses, at most 50.
   *
   * @default - no parameters for analyses
   */
  readonly analyses?: AnalysisOverride[];

  /**
   * The parameters for dashboards, at most 50.
   *
   * @default - no parameters for dashboards
   */
  readonly dashboards?: DashboardOverride[];

  /**
   * The parameters for folders, at most 50.
   *
   * @default - no parameters for folders
   */
  readonly folders?: FolderOverride[];

  /**
   * The parameters for topics, at most 50.
   *
   * @default - no parameters for topics
   */
  readonly topicsV2?: TopicOverride[];
}
