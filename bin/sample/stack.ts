import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AssetBundleExport } from '../../lib';
import type { SampleOptions } from './options';

export const SAMPLE_STACK_NAME = 'QuickSightAssetBundleExportSample';

/** One export, with every attribute as an output of the stack. */
export class SampleStack extends Stack {
  public constructor(scope: Construct, id: string, options: SampleOptions, props: StackProps) {
    super(scope, id, { description: 'Exports QuickSight assets as a bundle and puts it into S3', ...props });
    const { bucketName, ...rest } = options;
    const assets = new AssetBundleExport(this, 'Assets', {
      ...rest,
      bucket: bucketName === undefined ? undefined : s3.Bucket.fromBucketName(this, 'Bucket', bucketName),
    });

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('JobStatus', assets.jobStatus, 'Status of the export job');
    output('JobId', assets.jobId, 'Id of the export job');
    output('JobArn', assets.jobArn, 'ARN of the export job');
    output('ExportFormat', assets.exportFormat, 'Format of the bundle');
    output('CreatedTime', assets.createdTime, 'Creation time of the export job');
    output('ArtifactBucket', assets.artifact.bucketName, 'Bucket of the artifact');
    output('ArtifactKey', assets.artifact.key, 'Key of the artifact');
    output('ArtifactVersionId', assets.artifact.versionId, 'Version id of the artifact');
    output('ArtifactS3Uri', assets.artifact.s3Uri, 'S3 URI of the artifact');
    output('ArtifactSha256', assets.artifact.sha256, 'SHA-256 of the artifact');
    output('ArtifactSize', assets.artifact.size, 'Size of the artifact in bytes');
    output('ManifestKey', assets.artifact.manifestKey, 'Key of the manifest in the same bucket');
    output('ContentDigest', assets.artifact.contentDigest, 'Hash of the content of the bundle');
    output('AssetCount', assets.assetCount, 'Number of assets in the bundle');
    output('WarningCount', assets.warningCount, 'Number of warnings of the export job');
  }
}
