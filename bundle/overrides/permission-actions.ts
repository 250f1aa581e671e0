/** Actions of a role for an asset type, as OverridePermissions needs them. */
interface PermissionActions {
  readonly owner: readonly string[];
  /** Absent where QuickSight has only owners: analyses. */
  readonly viewer?: readonly string[];
}

const actions = (names: string): string[] => names.split(' ').map((name) => `quicksight:${name}`);

const DASHBOARD = 'DescribeDashboard ListDashboardVersions QueryDashboard';
const DATA_SET = 'DescribeDataSet DescribeDataSetPermissions DescribeIngestion ListIngestions PassDataSet';
const DATA_SOURCE = 'DescribeDataSource DescribeDataSourcePermissions PassDataSource';
const THEME = 'DescribeTheme DescribeThemeAlias ListThemeAliases ListThemeVersions';

/**
 * The groups of actions that QuickSight accepts together, by the lists of OverridePermissions.
 *
 * Sources: the API reference of Update{Theme,Topic,Folder}Permissions, and the user guide of QuickSight, "Permissions" of
 * dashboards, analyses, data sets and data sources.
 */
export const PERMISSION_ACTIONS: Readonly<Record<string, PermissionActions>> = {
  DataSources: {
    owner: actions(`${DATA_SOURCE} DeleteDataSource UpdateDataSource UpdateDataSourcePermissions`),
    viewer: actions(DATA_SOURCE),
  },
  DataSets: {
    owner: actions(`${DATA_SET} CancelIngestion CreateIngestion DeleteDataSet UpdateDataSet UpdateDataSetPermissions`),
    viewer: actions(DATA_SET),
  },
  Themes: {
    owner: actions(
      `${THEME} CreateThemeAlias DeleteTheme DeleteThemeAlias DescribeThemePermissions UpdateTheme UpdateThemeAlias UpdateThemePermissions`,
    ),
    viewer: actions(THEME),
  },
  Analyses: {
    owner: actions(
      'DeleteAnalysis DescribeAnalysis DescribeAnalysisPermissions QueryAnalysis RestoreAnalysis UpdateAnalysis UpdateAnalysisPermissions',
    ),
  },
  Dashboards: {
    owner: actions(
      `${DASHBOARD} DeleteDashboard DescribeDashboardPermissions UpdateDashboard UpdateDashboardPermissions UpdateDashboardPublishedVersion`,
    ),
    viewer: actions(DASHBOARD),
  },
  Folders: {
    owner: actions(
      'CreateFolder CreateFolderMembership DeleteFolder DeleteFolderMembership DescribeFolder DescribeFolderPermissions UpdateFolder UpdateFolderPermissions',
    ),
    viewer: actions('DescribeFolder'),
  },
  TopicsV2: {
    owner: actions(
      'CreateTopicRefreshSchedule DeleteTopic DeleteTopicRefreshSchedule DescribeTopic DescribeTopicPermissions DescribeTopicRefresh DescribeTopicRefreshSchedule ListTopicRefreshSchedules UpdateTopic UpdateTopicPermissions UpdateTopicRefreshSchedule',
    ),
    viewer: actions('DescribeTopic'),
  },
};
