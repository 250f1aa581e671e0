import { CfnResource, CustomResource, Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Artifact } from './artifact';
import { bucketProblems, sharedArtifactBucket } from './artifact-bucket';
import { AssetBundleExportProps } from './asset-bundle-export-props';
import { AssetReference } from './asset-reference';
import { checkProps } from './check-props';
import { AttributeName, CLOUDFORMATION_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS, RESOURCE_TYPE } from './contract/names';
import { IncludeFolderMembers } from './export-options';
import { ExportProvider } from './export-provider';
import { exportedTypes } from './exported-types';
import { renderOverrides } from './render-overrides';
import { renderProperties } from './render-properties';

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
   * The artifact: the bundle in S3.
   */
  public readonly artifact: Artifact;

  /**
   * The status of the export job: `SUCCESSFUL`, as the deployment fails otherwise.
   * @attribute
   */
  public readonly jobStatus: string;

  /**
   * The id of the export job. Its description can be read for 14 days.
   * @attribute
   */
  public readonly jobId: string;

  /**
   * The ARN of the export job.
   * @attribute
   */
  public readonly jobArn: string;

  /**
   * What the bundle is written as: `QUICKSIGHT_JSON` or `CLOUDFORMATION_JSON`.
   * @attribute
   */
  public readonly exportFormat: string;

  /**
   * When the export job was created, in ISO 8601.
   * @attribute
   */
  public readonly createdTime: string;

  /**
   * The name of the bucket that the artifact lies in.
   * @attribute
   */
  public readonly artifactBucketName: string;

  /**
   * The key of the artifact.
   * @attribute
   */
  public readonly artifactKey: string;

  /**
   * The version of the artifact.
   * @attribute
   */
  public readonly artifactVersionId: string;

  /**
   * The artifact as `s3://{bucket}/{key}`.
   * @attribute
   */
  public readonly artifactS3Uri: string;

  /**
   * The SHA-256 of the artifact's bytes, in hexadecimal.
   * @attribute
   */
  public readonly artifactSha256: string;

  /**
   * The artifact's length in bytes.
   * @attribute
   */
  public readonly artifactSize: string;

  /**
   * The key of the manifest, which lies beside the artifact and says everything about the export.
   * @attribute
   */
  public readonly manifestKey: string;

  /**
   * A hash of what the bundle says, the same for the same definitions whatever their zip looks like.
   * @attribute
   */
  public readonly contentDigest: string;

  /**
   * How many assets the bundle holds.
   * @attribute
   */
  public readonly assetCount: string;

  /**
   * How many warnings QuickSight gave; the manifest has them.
   * @attribute
   */
  public readonly warningCount: string;

  /**
   * The physical id of the resource (`Ref`), a new one for each artifact.
   */
  public readonly physicalId: string;

  constructor(scope: Construct, id: string, props: AssetBundleExportProps) {
    super(scope, id);
    const assets = props.assets.map((asset) => asset._in(this));
    const overrides = props.cloudFormationOverridePropertyConfiguration
      && renderOverrides(this, props.cloudFormationOverridePropertyConfiguration);
    checkProps(this, props, assets, overrides);

    const bucket = props.bucket ?? sharedArtifactBucket(this);
    this.node.addValidation({ validate: () => bucketProblems(bucket) });

    const provider = ExportProvider.getOrCreate(this);
    this.allow(provider, props, assets, bucket);

    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: RESOURCE_TYPE,
      serviceTimeout: serviceTimeout(props.timeout),
      properties: renderProperties(props, assets, overrides, bucket),
    });
    // The role may do nothing of this before its policy is there, nor after it is gone.
    resource.node.addDependency(provider.permissions.role);
    provider.lanes.add(resource.node.defaultChild as CfnResource);

    const attribute = (name: AttributeName) => resource.getAttString(name);
    this.physicalId = resource.ref;
    this.jobStatus = attribute('JobStatus');
    this.jobId = attribute('JobId');
    this.jobArn = attribute('JobArn');
    this.exportFormat = attribute('ExportFormat');
    this.createdTime = attribute('CreatedTime');
    this.artifactBucketName = attribute('ArtifactBucket');
    this.artifactKey = attribute('ArtifactKey');
    this.artifactVersionId = attribute('ArtifactVersionId');
    this.artifactS3Uri = attribute('ArtifactS3Uri');
    this.artifactSha256 = attribute('ArtifactSha256');
    this.artifactSize = attribute('ArtifactSize');
    this.manifestKey = attribute('ManifestKey');
    this.contentDigest = attribute('ContentDigest');
    this.assetCount = attribute('AssetCount');
    this.warningCount = attribute('WarningCount');
    this.artifact = Artifact._of({
      bucket,
      encryptionKey: props.encryptionKey,
      bucketName: this.artifactBucketName,
      key: this.artifactKey,
      versionId: this.artifactVersionId,
      s3Uri: this.artifactS3Uri,
      sha256: this.artifactSha256,
      size: this.artifactSize,
      manifestKey: this.manifestKey,
    });
  }

  private allow(provider: ExportProvider, props: AssetBundleExportProps, assets: readonly AssetReference[], bucket: s3.IBucket): void {
    const includeFolderMembers = props.includeFolderMembers ?? IncludeFolderMembers.NONE;
    const includeFolderMemberships = props.includeFolderMemberships ?? false;
    provider.permissions.allowAssets({
      types: exportedTypes({
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
    provider.permissions.allowArtifacts(bucket, props.prefix ?? '');
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
