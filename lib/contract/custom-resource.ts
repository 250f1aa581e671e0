/** What the construct and the handlers call the same thing: said once, here. */

export const RESOURCE_TYPE = 'Custom::QuickSightAssetBundleExport';

/** The attributes of the custom resource (`Fn::GetAtt`), in the order in which the guides list them. */
export const ATTRIBUTES = [
  'JobStatus',
  'JobId',
  'JobArn',
  'ExportFormat',
  'CreatedTime',
  'ArtifactBucket',
  'ArtifactKey',
  'ArtifactVersionId',
  'ArtifactS3Uri',
  'ArtifactSha256',
  'ArtifactSize',
  'ManifestKey',
  'ContentDigest',
  'AssetCount',
  'WarningCount',
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number];

/** Every object that the product writes is named so, which is what the role's policy rests on. */
export const ARTIFACT_NAME_PREFIX = 'assetbundle-';

/**
 * A custom resource may take one hour in all.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html
 */
export const CLOUDFORMATION_TIMEOUT_SECONDS = 3600;

/** What is left between our own deadline and CloudFormation's, so that our sentence is the one that answers. */
export const DEADLINE_MARGIN_SECONDS = 120;

export const DEFAULT_TIMEOUT_SECONDS = 1800;
