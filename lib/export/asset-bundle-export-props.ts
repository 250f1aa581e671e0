import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import type { ExportFormat, IncludeFolderMembers, ValidationStrategy } from './export-options';
import type { ExportTrigger } from './export-trigger';
import type { CloudFormationOverridePropertyConfiguration } from './overrides.generated';

/**
 * What is exported, how, and where the artifact goes.
 */
export interface AssetBundleExportProps {
  /**
   * The assets to export: 1 to 100, each once, all of the account and region of the stack.
   */
  readonly assets: QuickSightAsset[];

  /**
   * What the bundle is written as.
   *
   * @default ExportFormat.QUICKSIGHT_JSON
   */
  readonly exportFormat?: ExportFormat;

  /**
   * Whether everything that the assets depend on is exported too: the themes, data sets, data sources, refresh schedules
   * and VPC connections of a dashboard, the parents of a folder.
   *
   * @default false
   */
  readonly includeAllDependencies?: boolean;

  /**
   * Whether the bundle says who may use each asset.
   *
   * @default false
   */
  readonly includePermissions?: boolean;

  /**
   * Whether the bundle has each asset's tags.
   *
   * @default false
   */
  readonly includeTags?: boolean;

  /**
   * Whether the bundle says which folders each asset is a member of. The folders themselves come along with
   * `includeAllDependencies`.
   *
   * @default false
   */
  readonly includeFolderMemberships?: boolean;

  /**
   * Which members of the exported folders come along. Anything but `NONE` needs a folder among the assets.
   *
   * @default IncludeFolderMembers.NONE
   */
  readonly includeFolderMembers?: IncludeFolderMembers;

  /**
   * How strictly QuickSight checks the assets.
   *
   * @default - leniently, as QuickSight itself does
   */
  readonly validationStrategy?: ValidationStrategy;

  /**
   * Which properties become parameters of the exported template. For `ExportFormat.CLOUDFORMATION_JSON` alone.
   *
   * @default - none
   */
  readonly cloudFormationOverridePropertyConfiguration?: CloudFormationOverridePropertyConfiguration;

  /**
   * The bucket for the artifact and its manifest. It must be versioned and in the region of the stack. The bucket of
   * another account must let the provider's role in by its own policy.
   *
   * @default - one bucket for all exports of the stack: versioned, encrypted by S3, TLS only, no public access, kept when
   * the stack is deleted
   */
  readonly bucket?: s3.IBucket;

  /**
   * What the keys of the artifact and its manifest begin with, as it stands: `exports/` and not `exports` for a folder. At
   * most 400 bytes of UTF-8, and no slash at the start.
   *
   * @default - none
   */
  readonly prefix?: string;

  /**
   * The KMS key for the artifact and its manifest. The provider's role may use it, and so may who is granted to read the
   * artifact.
   *
   * @default - the encryption that the bucket has by default
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What becomes of the artifact when the export is deleted or replaced by a newer one. `DESTROY` removes the artifact, its
   * versions and its manifest, and nothing that this export did not write.
   *
   * `RETAIN` and `DESTROY` are possible.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How long an export may take, waiting for QuickSight's limit of 5 running jobs included. From 1 minute to 1 hour, in
   * whole seconds.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * What makes a deployment export again.
   *
   * @default ExportTrigger.onChange()
   */
  readonly trigger?: ExportTrigger;
}
