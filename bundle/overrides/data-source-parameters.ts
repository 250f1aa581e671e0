/**
 * A member of the API: whether its value in the source account is kept (`keep`), or belongs to that account and has to be
 * filled in (`fill`), or its own members.
 */
export type MemberRule = 'keep' | 'fill' | MemberTable;

export interface MemberTable {
  readonly [name: string]: MemberRule;
}

const OAUTH_PARAMETERS: MemberTable = {
  TokenProviderUrl: 'keep',
  OAuthScope: 'keep',
  IdentityProviderVpcConnectionProperties: { VpcConnectionArn: 'fill' },
  IdentityProviderResourceUri: 'keep',
  IdentityProviderCACertificatesBundleS3Uri: 'fill',
};

/**
 * Members of DataSourceParameters, one for each engine. Other members of a bundle are not copied: a scaffold contains nothing
 * that the API refuses, and no password.
 *
 * Source: the service model of QuickSight, shape DataSourceParameters. It has no members for passwords.
 */
export const DATA_SOURCE_PARAMETERS: MemberTable = {
  AmazonElasticsearchParameters: { Domain: 'fill' },
  AthenaParameters: {
    WorkGroup: 'keep',
    RoleArn: 'fill',
    ConsumerAccountRoleArn: 'fill',
    IdentityCenterConfiguration: { EnableIdentityPropagation: 'keep' },
  },
  AuroraParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  AuroraPostgreSqlParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  AwsIotAnalyticsParameters: { DataSetName: 'keep' },
  JiraParameters: { SiteBaseUrl: 'keep' },
  MariaDbParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  MySqlParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  OracleParameters: { Host: 'fill', Port: 'keep', Database: 'keep', UseServiceName: 'keep' },
  PostgreSqlParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  PrestoParameters: { Host: 'fill', Port: 'keep', Catalog: 'keep' },
  RdsParameters: { InstanceId: 'fill', Database: 'keep' },
  RedshiftParameters: {
    Database: 'keep',
    Host: 'fill',
    Port: 'keep',
    ClusterId: 'fill',
    IAMParameters: { RoleArn: 'fill', DatabaseUser: 'keep', DatabaseGroups: 'keep', AutoCreateDatabaseUser: 'keep' },
    IdentityCenterConfiguration: { EnableIdentityPropagation: 'keep' },
  },
  S3Parameters: { ManifestFileLocation: { Bucket: 'fill', Key: 'keep' }, RoleArn: 'fill' },
  S3TablesParameters: { TableBucketArn: 'fill' },
  S3KnowledgeBaseParameters: { BucketUrl: 'fill', RoleArn: 'fill', MetadataFilesLocation: 'keep' },
  ServiceNowParameters: { SiteBaseUrl: 'keep' },
  SnowflakeParameters: {
    Host: 'fill',
    Database: 'keep',
    Warehouse: 'keep',
    AuthenticationType: 'keep',
    DatabaseAccessControlRole: 'keep',
    OAuthParameters: OAUTH_PARAMETERS,
  },
  SparkParameters: { Host: 'fill', Port: 'keep' },
  SqlServerParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  TeradataParameters: { Host: 'fill', Port: 'keep', Database: 'keep' },
  TwitterParameters: { Query: 'keep', MaxRows: 'keep' },
  AmazonOpenSearchParameters: { Domain: 'fill' },
  ExasolParameters: { Host: 'fill', Port: 'keep' },
  DatabricksParameters: {
    Host: 'fill',
    Port: 'keep',
    SqlEndpointPath: 'keep',
    AuthenticationType: 'keep',
    OAuthParameters: OAUTH_PARAMETERS,
  },
  StarburstParameters: {
    Host: 'fill',
    Port: 'keep',
    Catalog: 'keep',
    ProductType: 'keep',
    DatabaseAccessControlRole: 'keep',
    AuthenticationType: 'keep',
    OAuthParameters: OAUTH_PARAMETERS,
  },
  TrinoParameters: { Host: 'fill', Port: 'keep', Catalog: 'keep' },
  BigQueryParameters: { ProjectId: 'fill', DataSetRegion: 'keep' },
  ImpalaParameters: { Host: 'fill', Port: 'keep', SqlEndpointPath: 'keep', Database: 'keep' },
  CustomConnectionParameters: { ConnectionType: 'keep' },
  WebCrawlerParameters: {
    WebCrawlerAuthType: 'keep',
    UsernameFieldXpath: 'keep',
    PasswordFieldXpath: 'keep',
    UsernameButtonXpath: 'keep',
    PasswordButtonXpath: 'keep',
    LoginPageUrl: 'keep',
    WebProxyHostName: 'fill',
    WebProxyPortNumber: 'keep',
  },
  ConfluenceParameters: { ConfluenceUrl: 'keep' },
  QBusinessParameters: { ApplicationArn: 'fill' },
  SharePointParameters: { SharePointDomain: 'keep', TenantId: 'keep', ClientId: 'keep', AuthType: 'keep' },
  GoogleDriveParameters: { AuthType: 'keep' },
  OneDriveParameters: { TenantId: 'keep', ClientId: 'keep', AuthType: 'keep' },
  FMKBParameters: { KnowledgeBaseArn: 'fill', LinkedDataSourceIds: 'fill' },
};
