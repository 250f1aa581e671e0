import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import type { ExportFormat, IncludeFolderMembers, ValidationStrategy } from './export-options';
import type { ExportTrigger } from './export-trigger';
import type { CloudFormationOverridePropertyConfiguration } from './overrides.generated';

/**
 * Properties of an export: its assets, its options and the destination of the artifact.
 */
export interface AssetBundleExportProps {
  /**
   * Assets to export: 1 to 100 different assets in the account and region of the stack.
   */
  readonly assets: QuickSightAsset[];

  /**
   * Format of the bundle.
   *
   * @default ExportFormat.QUICKSIGHT_JSON
   */
  readonly exportFormat?: ExportFormat;

  /**
   * Exports all dependencies of the assets too: the themes, data sets, data sources, refresh schedules and VPC connections of
   * a dashboard, and the parents of a folder.
   *
   * @default false
   */
  readonly includeAllDependencies?: boolean;

  /**
   * Includes the permissions of each asset in the bundle.
   *
   * @default false
   */
  readonly includePermissions?: boolean;

  /**
   * Includes the tags of each asset in the bundle.
   *
   * @default false
   */
  readonly includeTags?: boolean;

  /**
   * Includes the folder memberships of each asset in the bundle. The folders themselves are exported with
   * `includeAllDependencies`.
   *
   * @default false
   */
  readonly includeFolderMemberships?: boolean;

  /**
   * Members of the exported folders that the export includes. Any value except `NONE` requires a folder among the assets.
   *
   * @default IncludeFolderMembers.NONE
   */
  readonly includeFolderMembers?: IncludeFolderMembers;

  /**
   * Strictness of the validation of the exported assets.
   *
   * @default - lenient, the default of QuickSight
   */
  readonly validationStrategy?: ValidationStrategy;

  /**
   * Properties that become parameters of the exported template. Requires `ExportFormat.CLOUDFORMATION_JSON`.
   *
   * @default - no parameters
   */
  readonly cloudFormationOverridePropertyConfiguration?: CloudFormationOverridePropertyConfiguration;

  /**
   * Bucket for the artifact and its manifest. It must have versioning enabled and be in the region of the stack.
   *
   * The role of the provider may only use it in its own account. Import a bucket of another account with
   * `Bucket.fromBucketAttributes` and its `account`, because `Bucket.fromBucketName` assumes the account of the stack. The policy
   * of such a bucket must allow the `grantPrincipal` of the export.
   *
   * @default - one bucket for all exports of the stack, with versioning, S3 encryption, TLS only and no public access. It is
   * retained when the stack is deleted.
   */
  readonly bucket?: s3.IBucket;

  /**
   * Beginning of the keys of the artifact and its manifest. The construct adds no slash: use `exports/` for a folder. At most
   * 400 bytes of UTF-8, without a slash at the beginning.
   *
   * @default - no prefix
   */
  readonly prefix?: string;

  /**
   * KMS key for the artifact and its manifest. The role of the provider, and the principals that may read the artifact, are
   * granted the use of this key.
   *
   * @default - the default encryption of the bucket
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Removal policy of the artifact, `RETAIN` or `DESTROY`. It applies when the export is deleted, and when an update replaces
   * the artifact. `DESTROY` removes the artifact, its versions and its manifest. Objects that this export did not write are
   * never removed.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Timeout of the export, from 1 minute to 1 hour, in whole seconds. It includes the time that the export waits for
   * QuickSight's limit of 5 running jobs.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Condition for a new export in a deployment.
   *
   * @default ExportTrigger.onChange()
   */
  readonly trigger?: ExportTrigger;
}
