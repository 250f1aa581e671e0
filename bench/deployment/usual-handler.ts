/**
 * The peer of the measurements, as teams write it: it starts the job, describes it once for each call of the waiter, downloads
 * the bundle into memory and stores it in S3.
 */

import {
  DescribeAssetBundleExportJobCommand,
  QuickSightClient,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

const quickSight = new QuickSightClient({});
const s3 = new S3Client({});

const accountOf = ({ StackId }: CloudFormationCustomResourceEvent): string => StackId.split(':')[4] ?? '';

export async function onEvent(event: CloudFormationCustomResourceEvent): Promise<object> {
  if (event.RequestType === 'Delete') return {};
  await quickSight.send(
    new StartAssetBundleExportJobCommand({
      AwsAccountId: accountOf(event),
      AssetBundleExportJobId: event.RequestId,
      ResourceArns: event.ResourceProperties.ResourceArns as string[],
      ExportFormat: 'QUICKSIGHT_JSON',
    }),
  );
  return { PhysicalResourceId: event.RequestId };
}

export async function isComplete(
  event: CloudFormationCustomResourceEvent & { PhysicalResourceId: string },
): Promise<object> {
  if (event.RequestType === 'Delete') return { IsComplete: true };
  const jobId = event.PhysicalResourceId;
  const job = await quickSight.send(
    new DescribeAssetBundleExportJobCommand({ AwsAccountId: accountOf(event), AssetBundleExportJobId: jobId }),
  );
  if (job.JobStatus === 'FAILED') throw new Error('The export job failed.');
  if (job.JobStatus !== 'SUCCESSFUL' || !job.DownloadUrl) return { IsComplete: false };
  const response = await fetch(job.DownloadUrl);
  const Key = `usual/${jobId}.qs`;
  await s3.send(
    new PutObjectCommand({
      Bucket: event.ResourceProperties.ArtifactBucket as string,
      Key,
      Body: Buffer.from(await response.arrayBuffer()),
    }),
  );
  return { IsComplete: true, Data: { JobStatus: job.JobStatus, ArtifactKey: Key } };
}
