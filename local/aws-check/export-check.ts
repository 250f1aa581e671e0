import { DescribeAssetBundleExportJobCommand } from '@aws-sdk/client-quicksight';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Check, Outputs } from './artifact-checks';
import { artifactChecks, jobTimes } from './artifact-checks';
import type { AwsEnvironment } from './aws-environment';
import { bundleContents } from './bundle-contents';
import type { Clients } from './clients';
import { downloadReport } from './download';
import { echoOf } from './echo';
import type { ExportCase } from './export-cases';
import { dashboardArn, requestOf } from './export-cases';
import { observe } from './observation';
import type { ExportReport } from './report';
import { httpStatusOf } from './service-result';

type Checked = Omit<ExportReport, 'name' | 'startTime' | 'deploymentSeconds'>;

/** Checks the result of a deployment, and observes the job behind it. @param previous Outputs of the deployment before. */
export async function checkExport(
  clients: Pick<Clients, 's3' | 'quickSight'>,
  environment: AwsEnvironment,
  exportCase: ExportCase,
  dashboard: string,
  outputs: Outputs,
  previous: Outputs | undefined,
): Promise<Checked> {
  const { s3, quickSight } = clients;
  const { ArtifactBucket, ArtifactKey, ArtifactVersionId, ManifestKey, JobId } = outputs;
  const artifact = await object(s3, ArtifactBucket, ArtifactKey, ArtifactVersionId);
  const manifest = (await object(s3, ArtifactBucket, ManifestKey)).toString('utf8');
  const contents = await bundleContents(artifact);
  const describe = () =>
    quickSight.send(
      new DescribeAssetBundleExportJobCommand({ AwsAccountId: environment.account, AssetBundleExportJobId: JobId }),
    );
  const freshLink = async () => (await describe()).DownloadUrl ?? '';
  return {
    checks: [
      ...artifactChecks(exportCase, { outputs, artifact, manifest, contents }),
      ...(previous ? [await isDeleted(s3, previous)] : []),
    ],
    artifactBytes: artifact.length,
    assetCount: outputs.AssetCount,
    warningCount: outputs.WarningCount,
    ...jobTimes(manifest),
    contents,
    echo: await observe(async () =>
      echoOf(requestOf(exportCase, dashboardArn(environment, dashboard)), await describe()),
    ),
    download: await observe(() => downloadReport(freshLink, outputs.ArtifactSha256 ?? '')),
  };
}

async function object(s3: S3Client, Bucket?: string, Key?: string, VersionId?: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** The sample app has the removal policy DESTROY here, so CloudFormation deletes the artifact before the update. */
async function isDeleted(s3: S3Client, { ArtifactBucket, ArtifactKey, ArtifactVersionId }: Outputs): Promise<Check> {
  const statement = 'The artifact of the export before this one was deleted';
  try {
    await s3.send(new HeadObjectCommand({ Bucket: ArtifactBucket, Key: ArtifactKey, VersionId: ArtifactVersionId }));
    return { statement, passed: false, detail: 'it exists' };
  } catch (error) {
    return httpStatusOf(error) === 404
      ? { statement, passed: true }
      : { statement, passed: false, detail: String(error) };
  }
}
