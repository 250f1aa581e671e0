import type { CfnResource } from 'aws-cdk-lib';
import { CustomResource, Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketProblems, sharedArtifactBucket } from '../artifact/artifact-bucket';
import { Artifact } from '../artifact/bundle-artifact';
import type { AssetReference } from '../assets/asset-reference';
import type { AttributeName } from '../contract/custom-resource';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS, RESOURCE_TYPE } from '../contract/custom-resource';
import { DeploymentLanes } from '../provider/deployment-lanes';
import type { AssetBundleExportProps } from './asset-bundle-export-props';
import { IncludeFolderMembers } from './export-options';
import { ExportProvider } from './export-provider';
import { reachableAssetTypes } from './reachable-asset-types';
import { renderOverrides } from './render-overrides';
import { renderProperties } from './render-properties';
import { requireAssets, validateProps } from './validate-props';

/** What the framework may need beyond our own time-out until CloudFormation gives up on a dead handler (aws-cdk#30517). */
const SERVICE_TIMEOUT_MARGIN = Duration.minutes(5);

/**
 * An export of QuickSight assets as a bundle, made while the stack is deployed: an export job runs, its bundle is put into
 * S3, and what became of it are the attributes of this construct.
 *
 * The exports of a stack share one provider (two functions and a waiter, with roles that may do what the exports ask for)
 * and, unless they are given one, one bucket: a further export is one further resource in the template.
 *
 * Mistakes that can be seen at synthesis are all told in one error; unresolved tokens pass.
 */
export class AssetBundleExport extends Construct {
  /**
   * The physical id of the resource (`Ref`), a new one for each artifact.
   */
  public readonly physicalId: string;

  private readonly resource: CustomResource;
  private readonly bucket: s3.IBucket;
  private readonly encryptionKey?: kms.IKey;
  private madeArtifact?: Artifact;

  public constructor(scope: Construct, id: string, props: AssetBundleExportProps) {
    super(scope, id);
    requireAssets(this, props);
    const assets = props.assets.map((asset) => asset._resolve(this));
    const overrides =
      props.cloudFormationOverridePropertyConfiguration &&
      renderOverrides(this, props.cloudFormationOverridePropertyConfiguration);
    validateProps(this, props, assets, overrides);

    const bucket = props.bucket ?? sharedArtifactBucket(this);
    this.bucket = bucket;
    this.encryptionKey = props.encryptionKey;

    const provider = ExportProvider.getOrCreate(this);
    this.allow(provider, props, assets, bucket);

    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: RESOURCE_TYPE,
      serviceTimeout: serviceTimeout(props.timeout),
      properties: renderProperties(props, assets, overrides, bucket),
    });
    // The role may do nothing of this before its policy is there, nor after it is gone.
    this.resource.node.addDependency(provider.permissions.role);
    DeploymentLanes.of(this).add(this.resource.node.defaultChild as CfnResource);

    this.physicalId = this.resource.ref;
  }

  /**
   * The artifact: the bundle in S3.
   */
  public get artifact(): Artifact {
    this.madeArtifact ??= Artifact._of({
      bucket: this.bucket,
      encryptionKey: this.encryptionKey,
      bucketName: this.artifactBucketName,
      key: this.artifactKey,
      versionId: this.artifactVersionId,
      s3Uri: this.artifactS3Uri,
      sha256: this.artifactSha256,
      size: this.artifactSize,
      manifestKey: this.manifestKey,
    });
    return this.madeArtifact;
  }

  /**
   * The status of the export job: `SUCCESSFUL`, as the deployment fails otherwise.
   * @attribute
   */
  public get jobStatus(): string {
    return this.attribute('JobStatus');
  }

  /**
   * The id of the export job. Its description can be read for 14 days.
   * @attribute
   */
  public get jobId(): string {
    return this.attribute('JobId');
  }

  /**
   * The ARN of the export job.
   * @attribute
   */
  public get jobArn(): string {
    return this.attribute('JobArn');
  }

  /**
   * What the bundle is written as: `QUICKSIGHT_JSON` or `CLOUDFORMATION_JSON`.
   * @attribute
   */
  public get exportFormat(): string {
    return this.attribute('ExportFormat');
  }

  /**
   * When the export job was created, in ISO 8601.
   * @attribute
   */
  public get createdTime(): string {
    return this.attribute('CreatedTime');
  }

  /**
   * The name of the bucket that the artifact lies in.
   * @attribute
   */
  public get artifactBucketName(): string {
    return this.attribute('ArtifactBucket');
  }

  /**
   * The key of the artifact.
   * @attribute
   */
  public get artifactKey(): string {
    return this.attribute('ArtifactKey');
  }

  /**
   * The version of the artifact.
   * @attribute
   */
  public get artifactVersionId(): string {
    return this.attribute('ArtifactVersionId');
  }

  /**
   * The artifact as `s3://{bucket}/{key}`.
   * @attribute
   */
  public get artifactS3Uri(): string {
    return this.attribute('ArtifactS3Uri');
  }

  /**
   * The SHA-256 of the artifact's bytes, in hexadecimal.
   * @attribute
   */
  public get artifactSha256(): string {
    return this.attribute('ArtifactSha256');
  }

  /**
   * The artifact's length in bytes.
   * @attribute
   */
  public get artifactSize(): string {
    return this.attribute('ArtifactSize');
  }

  /**
   * The key of the manifest, which lies beside the artifact and says everything about the export.
   * @attribute
   */
  public get manifestKey(): string {
    return this.attribute('ManifestKey');
  }

  /**
   * A hash of what the bundle says, the same for the same definitions whatever their zip looks like.
   * @attribute
   */
  public get contentDigest(): string {
    return this.attribute('ContentDigest');
  }

  /**
   * How many assets the bundle holds.
   * @attribute
   */
  public get assetCount(): string {
    return this.attribute('AssetCount');
  }

  /**
   * How many warnings QuickSight gave; the manifest has them.
   * @attribute
   */
  public get warningCount(): string {
    return this.attribute('WarningCount');
  }

  /** A token of its own for each, which costs the synthesis of many exports a lot: so it is made for those that are used. */
  private attribute(name: AttributeName): string {
    return this.resource.getAttString(name);
  }

  private allow(
    provider: ExportProvider,
    props: AssetBundleExportProps,
    assets: readonly AssetReference[],
    bucket: s3.IBucket,
  ): void {
    const includeFolderMembers = props.includeFolderMembers ?? IncludeFolderMembers.NONE;
    const includeFolderMemberships = props.includeFolderMemberships ?? false;
    provider.permissions.allowAssets({
      types: reachableAssetTypes({
        types: assets.map(({ type }) => type),
        includeAllDependencies: props.includeAllDependencies ?? false,
        includeFolderMemberships,
        includeFolderMembers,
      }),
      includePermissions: props.includePermissions ?? false,
      includeTags: props.includeTags ?? false,
      includeFolderMemberships,
      includeFolderMembers: includeFolderMembers !== IncludeFolderMembers.NONE,
    });
    // Once for all exports into the bucket, as it renders the bucket.
    if (provider.permissions.allowArtifacts(bucket, props.prefix ?? ''))
      this.node.addValidation({ validate: () => bucketProblems(bucket) });
    for (const key of [props.encryptionKey, bucket.encryptionKey]) {
      if (key) provider.permissions.allowKey(key);
    }
  }
}

function serviceTimeout(timeout: Duration | undefined): Duration {
  const longest = Duration.seconds(CLOUDFORMATION_TIMEOUT_SECONDS);
  if (timeout?.isUnresolved()) return longest;
  const wanted = (timeout ?? Duration.seconds(DEFAULT_TIMEOUT_SECONDS)).plus(SERVICE_TIMEOUT_MARGIN);
  return wanted.toSeconds() < longest.toSeconds() ? wanted : longest;
}
