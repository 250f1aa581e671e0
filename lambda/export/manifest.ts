import type { BundleEntry } from '../../bundle/bundle-entry';
import { contentDigest } from '../../bundle/content-digest';
import { ATTRIBUTES, type AttributeName } from '../../lib/contract/export-resource';
import { type ExportJob, exportJobArn } from '../aws/quicksight-client';
import { redact } from '../core/redact';
import { manifestKey } from './artifact-keys';
import type { ExportResourceRequest } from './export-request';

/** A verified bundle in the bucket. */
export interface Artifact {
  readonly key: string;
  readonly versionId: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly entries: readonly BundleEntry[];
}

export type Attributes = Record<AttributeName, string>;

export const MANIFEST_VERSION = 1;

/** The JSON object beside the artifact. It is written last: when it has an `Artifact`, that artifact is complete. */
export interface Manifest {
  readonly ManifestVersion: typeof MANIFEST_VERSION;
  readonly PhysicalResourceId: string;
  /** The physical id before this request. A rollback of the request returns to it. */
  readonly PreviousPhysicalResourceId?: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly RequestId: string;
  readonly PropertiesDigest: string;
  /** The response of Describe, without the DownloadUrl. */
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
  /** The attributes in the answer to CloudFormation. A repeated delivery returns them again. */
  readonly Attributes?: Attributes;
  /** The whole message of a failed job. */
  readonly Failure?: string;
  /** Set when CloudFormation deleted the resource and the artifact was kept. No rollback returns to it. */
  readonly Released?: { readonly Time: string; readonly RequestId: string };
}

interface Times {
  /** The first Describe that reported the end of the job, in milliseconds since the epoch. */
  readonly finished: number;
  /** Milliseconds since the epoch. */
  readonly answered: number;
}

function common(request: ExportResourceRequest, job: ExportJob, { finished, answered }: Times): Manifest {
  // QuickSight's messages may contain the DownloadUrl.
  const redacted = JSON.stringify({ ...job, DownloadUrl: undefined }, (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
  return {
    ManifestVersion: MANIFEST_VERSION,
    PhysicalResourceId: request.jobId,
    ...(request.previousPhysicalResourceId !== undefined && {
      PreviousPhysicalResourceId: request.previousPhysicalResourceId,
    }),
    StackId: request.stackId,
    LogicalResourceId: request.logicalResourceId,
    RequestId: request.requestId,
    PropertiesDigest: request.propertiesDigest,
    Job: JSON.parse(redacted) as Manifest['Job'],
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
