import type { BundleEntry } from '../../bundle/bundle-entry';
import { contentDigest } from '../../bundle/bundle-entry';
import type { AttributeName } from '../../lib/contract/custom-resource';
import { ATTRIBUTES } from '../../lib/contract/custom-resource';
import type { ExportJob } from '../aws/quicksight-client';
import { exportJobArn } from '../aws/quicksight-client';
import { redact } from '../core/errors';
import { manifestKey } from './artifact-keys';
import type { ExportResourceRequest } from './export-request';

/** Where the artifact lies, and what it is. */
export interface Artifact {
  readonly key: string;
  readonly versionId: string;
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  readonly entries: readonly BundleEntry[];
}

export type Attributes = Record<AttributeName, string>;

/** The JSON object beside the artifact. It is written last: with an `Artifact` in it, all is there. */
export interface Manifest {
  readonly ManifestVersion: 1;
  readonly PhysicalResourceId: string;
  /** What the resource was before this request: what a rollback of it goes back to. */
  readonly PreviousPhysicalResourceId?: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly RequestId: string;
  readonly PropertiesDigest: string;
  /** What Describe said, but for the DownloadUrl. */
  readonly Job: Omit<ExportJob, 'DownloadUrl'>;
  readonly Timings: {
    readonly RequestedTime: string;
    readonly CreatedTime?: string;
    readonly FinishedTime: string;
    readonly AnsweredTime: string;
  };
  readonly Artifact?: {
    readonly Bucket: string;
    readonly Key: string;
    readonly VersionId: string;
    readonly S3Uri: string;
    readonly Size: number;
    readonly Sha256: string;
    readonly ContentDigest: string;
  };
  readonly Assets?: ReadonlyArray<{
    readonly Type: string;
    readonly Id: string;
    readonly Name?: string;
    readonly Sha256: string;
  }>;
  /** The answer to CloudFormation, for the next time that it is asked for. */
  readonly Attributes?: Attributes;
  /** Of a failed job: why, in whole. */
  readonly Failure?: string;
  /** Set when CloudFormation deleted the resource and the artifact was kept: no rollback goes back to it. */
  readonly Released?: { readonly Time: string; readonly RequestId: string };
}

interface Times {
  /** When Describe first said that the job had ended, in milliseconds since the epoch; as `answered`. */
  readonly finished: number;
  readonly answered: number;
}

function common(request: ExportResourceRequest, job: ExportJob, { finished, answered }: Times): Manifest {
  // Messages are foreign text: a link in one may be the DownloadUrl.
  const told = JSON.stringify({ ...job, DownloadUrl: undefined }, (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
  return {
    ManifestVersion: 1,
    PhysicalResourceId: request.jobId,
    ...(request.previousPhysicalResourceId !== undefined && {
      PreviousPhysicalResourceId: request.previousPhysicalResourceId,
    }),
    StackId: request.stackId,
    LogicalResourceId: request.logicalResourceId,
    RequestId: request.requestId,
    PropertiesDigest: request.propertiesDigest,
    Job: JSON.parse(told) as Manifest['Job'],
    Timings: {
      RequestedTime: new Date(request.requestedTime).toISOString(),
      ...(job.CreatedTime && { CreatedTime: job.CreatedTime.toISOString() }),
      FinishedTime: new Date(finished).toISOString(),
      AnsweredTime: new Date(answered).toISOString(),
    },
  };
}

export function manifestOfSuccess(
  request: ExportResourceRequest,
  job: ExportJob,
  artifact: Artifact,
  times: Times,
): Manifest & { Attributes: Attributes } {
  const { ArtifactBucket: Bucket, ArtifactPrefix } = request.properties;
  const { key: Key, versionId: VersionId, size: Size, sha256: Sha256, entries } = artifact;
  const S3Uri = `s3://${Bucket}/${Key}`;
  const ContentDigest = contentDigest(entries);
  const Assets = entries.flatMap(({ asset, sha256 }) =>
    asset ? [{ Type: asset.type, Id: asset.id, Name: asset.name, Sha256: sha256 }] : [],
  );
  const values: Attributes = {
    JobStatus: job.JobStatus ?? '',
    JobId: request.jobId,
    JobArn: job.Arn ?? exportJobArn(request),
    ExportFormat: job.ExportFormat ?? request.properties.ExportFormat,
    CreatedTime: job.CreatedTime?.toISOString() ?? '',
    ArtifactBucket: Bucket,
    ArtifactKey: Key,
    ArtifactVersionId: VersionId,
    ArtifactS3Uri: S3Uri,
    ArtifactSha256: Sha256,
    ArtifactSize: String(Size),
    ManifestKey: manifestKey(ArtifactPrefix, request.jobId),
    ContentDigest,
    AssetCount: String(Assets.length),
    WarningCount: String(job.Warnings?.length ?? 0),
  };
  return {
    ...common(request, job, times),
    Artifact: { Bucket, Key, VersionId, S3Uri, Size, Sha256, ContentDigest },
    Assets,
    Attributes: Object.fromEntries(ATTRIBUTES.map((name) => [name, values[name]])) as Attributes,
  };
}

export function manifestOfFailure(
  request: ExportResourceRequest,
  job: ExportJob,
  failure: string,
  times: Times,
): Manifest {
  return { ...common(request, job, times), Failure: failure };
}
