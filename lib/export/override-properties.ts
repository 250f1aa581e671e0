/**
 * The properties of a VPC connection that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobVPCConnectionPropertyToOverride.
 */
export enum VpcConnectionOverrideProperty {
  /** Its name. */
  NAME = 'Name',

  /** The IP addresses of its DNS resolvers. */
  DNS_RESOLVERS = 'DnsResolvers',

  /** The ARN of the role that it is used with. */
  ROLE_ARN = 'RoleArn',
}

/**
 * The properties of a refresh schedule that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobRefreshSchedulePropertyToOverride.
 */
export enum RefreshScheduleOverrideProperty {
  /** When the schedule begins. */
  START_AFTER_DATE_TIME = 'StartAfterDateTime',
}

/**
 * The properties of a data source that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobDataSourcePropertyToOverride.
 */
export enum DataSourceOverrideProperty {
  /** Its name. */
  NAME = 'Name',

  /** Whether the connection goes without TLS. */
  DISABLE_SSL = 'DisableSsl',

  /** The ARN of the secret with its credentials. */
  SECRET_ARN = 'SecretArn',

  /** The user name of its credentials. */
  USERNAME = 'Username',

  /** The password of its credentials. */
  PASSWORD = 'Password',

  /** Its OpenSearch domain. */
  DOMAIN = 'Domain',

  /** Its Athena workgroup. */
  WORK_GROUP = 'WorkGroup',

  /** The host of the database. */
  HOST = 'Host',

  /** The port of the database. */
  PORT = 'Port',

  /** The name of the database. */
  DATABASE = 'Database',

  /** The data set of an AWS IoT Analytics source. */
  DATA_SET_NAME = 'DataSetName',

  /** Its catalog, as Presto, Trino and Starburst have it. */
  CATALOG = 'Catalog',

  /** The id of its RDS instance. */
  INSTANCE_ID = 'InstanceId',

  /** The id of its Redshift cluster. */
  CLUSTER_ID = 'ClusterId',

  /** Where the manifest of an S3 source lies. */
  MANIFEST_FILE_LOCATION = 'ManifestFileLocation',

  /** Its Snowflake warehouse. */
  WAREHOUSE = 'Warehouse',

  /** The ARN of the role that it is used with. */
  ROLE_ARN = 'RoleArn',

  /** The product type of a Starburst source. */
  PRODUCT_TYPE = 'ProductType',
}

/**
 * The properties of a data set that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobDataSetPropertyToOverride.
 */
export enum DataSetOverrideProperty {
  /** Its name. */
  NAME = 'Name',

  /** Whether a failed refresh is told by e-mail. */
  REFRESH_FAILURE_EMAIL_ALERT_STATUS = 'RefreshFailureEmailAlertStatus',
}

/**
 * The properties of a theme that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobThemePropertyToOverride.
 */
export enum ThemeOverrideProperty {
  /** Its name. */
  NAME = 'Name',
}

/**
 * The properties of an analysis that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobAnalysisPropertyToOverride.
 */
export enum AnalysisOverrideProperty {
  /** Its name. */
  NAME = 'Name',
}

/**
 * The properties of a dashboard that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobDashboardPropertyToOverride.
 */
export enum DashboardOverrideProperty {
  /** Its name. */
  NAME = 'Name',
}

/**
 * The properties of a folder that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobFolderPropertyToOverride.
 */
export enum FolderOverrideProperty {
  /** Its name. */
  NAME = 'Name',

  /** The ARN of the folder above it. */
  PARENT_FOLDER_ARN = 'ParentFolderArn',
}

/**
 * The properties of a topic that a CloudFormation export can make a parameter of.
 *
 * Source: AssetBundleExportJobTopicV2PropertyToOverride.
 */
export enum TopicOverrideProperty {
  /** Its name. */
  NAME = 'Name',

  /** Its description. */
  DESCRIPTION = 'Description',
}
