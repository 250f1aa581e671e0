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
    output('ExportFormat', assets.exportFormat, 'What the bundle is written as');
    output('CreatedTime', assets.createdTime, 'When the export job was created');
    output('ArtifactBucket', assets.artifactBucketName, 'Bucket of the artifact');
    output('ArtifactKey', assets.artifactKey, 'Key of the artifact');
    output('ArtifactVersionId', assets.artifactVersionId, 'Version of the artifact');
    output('ArtifactS3Uri', assets.artifactS3Uri, 'Where the artifact lies');
    output('ArtifactSha256', assets.artifactSha256, 'SHA-256 of the artifact');
    output('ArtifactSize', assets.artifactSize, 'Bytes of the artifact');
    output('ManifestKey', assets.manifestKey, 'Key of the manifest beside the artifact');
    output('ContentDigest', assets.contentDigest, 'Hash of what the bundle says');
    output('AssetCount', assets.assetCount, 'Number of assets in the bundle');
    output('WarningCount', assets.warningCount, 'Number of warnings of the export job');
  }
}
