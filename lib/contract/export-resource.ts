import type { OverrideList } from './export-overrides.generated';

export const RESOURCE_TYPE = 'Custom::QuickSightAssetBundleExport';

/** Attributes of the custom resource (`Fn::GetAtt`), in the order of the documentation. */
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

export type ExportFormatName = 'QUICKSIGHT_JSON' | 'CLOUDFORMATION_JSON';

export type RemovalPolicyName = 'RETAIN' | 'DESTROY';

export type OverrideConfiguration = {
  readonly ResourceIdOverrideConfiguration?: { readonly PrefixForAllResources?: boolean };
} & {
  readonly [list in OverrideList]?: ReadonlyArray<{ readonly Arn: string; readonly Properties: readonly string[] }>;
};

/** Members of StartAssetBundleExportJob that determine the content of the bundle. */
export interface ExportRequest {
  readonly ResourceArns: readonly string[];
  readonly ExportFormat: ExportFormatName;
  readonly IncludeAllDependencies: boolean;
  readonly IncludePermissions: boolean;
  readonly IncludeTags: boolean;
  readonly IncludeFolderMemberships: boolean;
  readonly IncludeFolderMembers: 'RECURSE' | 'ONE_LEVEL' | 'NONE';
  readonly ValidationStrategy?: { readonly StrictModeForAllResources?: boolean };
  readonly CloudFormationOverridePropertyConfiguration?: OverrideConfiguration;
}

/** Destination of the artifact. */
export interface Destination {
  readonly ArtifactBucket: string;
  /** Beginning of the artifact's key. No slash is added to it. */
  readonly ArtifactPrefix: string;
  readonly ArtifactKmsKeyArn?: string;
}

/** Properties without influence on the artifact. A change of these alone runs no export job. */
export interface Lifecycle {
  readonly RemovalPolicy: RemovalPolicyName;
  readonly TimeoutSeconds: number;
}

/** The properties of the custom resource, decoded. */
export interface ExportProperties extends ExportRequest, Destination, Lifecycle {
  /** A change of this text runs a new export job. */
  readonly Trigger?: string;
}

/** Three attributes contain the prefix, and the response to CloudFormation is limited to 4,096 bytes. */
export const MAX_PREFIX_BYTES = 400;

export const MAX_RESOURCE_ARNS = 100;

export const MIN_TIMEOUT_SECONDS = 60;

/** Names of buckets that S3 accepts or accepted in the past, and neither URIs nor ARNs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME_PATTERN = '^[A-Za-z0-9._\\-]{3,255}$';
