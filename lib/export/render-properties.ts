import { RemovalPolicy } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { AssetReference } from '../assets/asset-reference';
import { DEFAULT_TIMEOUT_SECONDS } from '../contract/custom-resource';
import type { ExportProperties } from '../contract/export-resource';
import type { AssetBundleExportProps } from './asset-bundle-export-props';
import { ExportFormat, IncludeFolderMembers } from './export-options';
import type { RenderedOverrides } from './render-overrides';

/** The properties of the custom resource without default values, so that a change set shows the choices of the user. */
export function renderProperties(
  props: AssetBundleExportProps,
  assets: readonly AssetReference[],
  overrides: RenderedOverrides | undefined,
  bucket: s3.IBucket,
): Partial<ExportProperties> {
  const strict = props.validationStrategy?.strictModeForAllResources;
  const timeout = props.timeout?.toSeconds();
  const properties: Partial<ExportProperties> = {
    ResourceArns: assets.map(({ arn }) => arn),
    ExportFormat: props.exportFormat ?? ExportFormat.QUICKSIGHT_JSON,
    IncludeAllDependencies: props.includeAllDependencies || undefined,
    IncludePermissions: props.includePermissions || undefined,
    IncludeTags: props.includeTags || undefined,
    IncludeFolderMemberships: props.includeFolderMemberships || undefined,
    IncludeFolderMembers:
      props.includeFolderMembers === IncludeFolderMembers.NONE ? undefined : props.includeFolderMembers,
    ValidationStrategy: strict === undefined ? undefined : { StrictModeForAllResources: strict },
    CloudFormationOverridePropertyConfiguration: overrides?.configuration,
    ArtifactBucket: bucket.bucketName,
    ArtifactPrefix: props.prefix || undefined,
    ArtifactKmsKeyArn: props.encryptionKey?.keyArn,
    RemovalPolicy: props.removalPolicy === RemovalPolicy.DESTROY ? 'DESTROY' : undefined,
    TimeoutSeconds: timeout === DEFAULT_TIMEOUT_SECONDS ? undefined : timeout,
    Trigger: props.trigger?.value,
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
