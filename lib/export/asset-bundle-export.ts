import type { CfnResource } from 'aws-cdk-lib';
import { CustomResource, Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bucketProblems, sharedArtifactBucket } from '../artifact/artifact-bucket';
import { BundleArtifact } from '../artifact/bundle-artifact';
import type { AssetReference } from '../assets/asset-reference';
import type { AssetType } from '../contract/asset-types';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS } from '../contract/custom-resource';
import type { AttributeName } from '../contract/export-resource';
import { RESOURCE_TYPE } from '../contract/export-resource';
import { DeploymentLanes } from '../provider/deployment-lanes';
import type { AssetBundleExportProps } from './asset-bundle-export-props';
import { IncludeFolderMembers } from './export-options';
import { ExportProvider } from './export-provider';
import { reachableAssetTypes } from './reachable-asset-types';
import { renderOverrides } from './render-overrides';
import { renderProperties } from './render-properties';
import { requireAssets, validateProps } from './validate-props';

/** The provider framework needs this time beyond our own timeout, so that CloudFormation does not give up first (aws-cdk#30517). */
const SERVICE_TIMEOUT_MARGIN = Duration.minutes(5);

/**
 * An export of QuickSight assets as a bundle during the deployment of the stack.
 *
 * The deployment runs an export job, stores its bundle in S3, and returns the result as attributes of this construct. The
 * deployment fails if the export job fails.
 *
 * All exports of a stack share one provider (two Lambda functions and a waiter, with roles for the permissions that the exports
 * need). The exports without a bucket of their own share one bucket. Each further export adds one resource to the template.
 *
 * All problems that synthesis can detect are reported in one error. Unresolved tokens are not validated.
 */
export class AssetBundleExport extends Construct implements iam.IGrantable {
  /**
   * Physical id of the resource (`Ref`). Each artifact has a new one.
   */
  public readonly physicalId: string;

  /**
   * The artifact: the bundle in S3.
   */
  public readonly artifact: BundleArtifact;

  /**
   * The role of the isComplete function, which runs the export jobs of all exports in the stack. Use it to add a statement to the
   * role, to pass the export to a `grant` method, or to name the role in the policy of a bucket or a KMS key.
   */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly resource: CustomResource;

  public constructor(scope: Construct, id: string, props: AssetBundleExportProps) {
    super(scope, id);
    requireAssets(this, props);
    const assets = props.assets.map((asset) => asset._resolve(this));
    const overrides =
      props.cloudFormationOverridePropertyConfiguration &&
      renderOverrides(this, props.cloudFormationOverridePropertyConfiguration);
    validateProps(this, props, assets, overrides);

    const bucket = props.bucket ?? sharedArtifactBucket(this);
    const provider = ExportProvider.getOrCreate(this);
    this.grantPrincipal = provider.isCompleteRole;
    provider.permissions.allowAssets(assetTypes(props, assets));
    // The validation renders the bucket, so the first export into the bucket adds it for all.
    if (!provider.artifacts.has(bucket)) this.node.addValidation({ validate: () => bucketProblems(bucket) });
    const policies = [
      ...provider.artifacts.allow(bucket, props.prefix ?? '', props.removalPolicy),
      ...[props.encryptionKey, bucket.encryptionKey].flatMap((key) => (key ? provider.keys.allow(key) : [])),
    ];

    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: RESOURCE_TYPE,
      serviceTimeout: serviceTimeout(props.timeout),
      properties: renderProperties(props, assets, overrides, bucket),
    });
    // CloudFormation creates the resource after the policies of the role, and deletes it before them.
    this.resource.node.addDependency(provider.isCompleteRole, ...policies);
    DeploymentLanes.of(this).add(this.resource.node.defaultChild as CfnResource);

    this.physicalId = this.resource.ref;
    this.artifact = BundleArtifact._of({
      bucket,
      encryptionKey: props.encryptionKey,
      attribute: (name) => this.attribute(name),
    });
  }

  /**
   * Status of the export job: `SUCCESSFUL`. The deployment fails with any other status.
   * @attribute
   */
  public get jobStatus(): string {
    return this.attribute('JobStatus');
  }

  /**
   * Id of the export job. QuickSight describes the job for 14 days.
   * @attribute
   */
  public get jobId(): string {
    return this.attribute('JobId');
  }

  /**
   * ARN of the export job.
   * @attribute
   */
  public get jobArn(): string {
    return this.attribute('JobArn');
  }

  /**
   * Format of the bundle: `QUICKSIGHT_JSON` or `CLOUDFORMATION_JSON`.
   * @attribute
   */
  public get exportFormat(): string {
    return this.attribute('ExportFormat');
  }

  /**
   * Creation time of the export job, in ISO 8601.
   * @attribute
   */
  public get createdTime(): string {
    return this.attribute('CreatedTime');
  }

  /**
   * Number of assets in the bundle.
   * @attribute
   */
  public get assetCount(): string {
    return this.attribute('AssetCount');
  }

  /**
   * Number of warnings of the export job. The manifest contains the warnings.
   * @attribute
   */
  public get warningCount(): string {
    return this.attribute('WarningCount');
  }

  /** Each call creates a token, which slows down the synthesis of many exports. */
  private attribute(name: AttributeName): string {
    return this.resource.getAttString(name);
  }
}

/** The types of the assets that the job reads. */
function assetTypes(props: AssetBundleExportProps, assets: readonly AssetReference[]): AssetType[] {
  return reachableAssetTypes({
    types: assets.map(({ type }) => type),
    includeAllDependencies: props.includeAllDependencies ?? false,
    includeFolderMemberships: props.includeFolderMemberships ?? false,
    includeFolderMembers: props.includeFolderMembers ?? IncludeFolderMembers.NONE,
  });
}

function serviceTimeout(timeout: Duration | undefined): Duration {
  const longest = Duration.seconds(CLOUDFORMATION_TIMEOUT_SECONDS);
  if (timeout?.isUnresolved()) return longest;
  const wanted = (timeout ?? Duration.seconds(DEFAULT_TIMEOUT_SECONDS)).plus(SERVICE_TIMEOUT_MARGIN);
  return wanted.toSeconds() < longest.toSeconds() ? wanted : longest;
}
