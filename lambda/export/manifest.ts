import type { BundleEntry } from '../../bundle/bundle-entry';
import { contentDigest } from '../../bundle/content-digest';
import { ATTRIBUTES, type AttributeName } from '../../lib/contract/export-resource';
import { type ExportJob, exportJobArn } from '../aws/quicksight-client';
import { redact } from '../core/redact';
import { manifestKey } from './artifact-keys';
import type { ExportResourceRequest } from './export-request';
import { MANIFEST_VERSION } from './manifest-schema';

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
  /** The attributes in the answer to CloudFormation, for readers. The handlers build them again. */
  readonly Attributes?: Attributes;
  /** The whole message of a failed job or a failed copy. */
  readonly Failure?: string;
  /** Set when CloudFormation deleted the resource and the artifact was kept. No rollback returns to it. */
  readonly Released?: { readonly Time: string; readonly RequestId: string };
}

/** The object under the key of the manifest when a Delete came before its Create had ended. */
export interface DeletionMark
  extends Pick<Manifest, 'ManifestVersion' | 'PhysicalResourceId' | 'StackId' | 'LogicalResourceId'> {
  /** The Delete. */
  readonly Deleted: { readonly Time: string; readonly RequestId: string };
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
  const Bucket = request.properties.ArtifactBucket;
  const { key: Key, versionId: VersionId, size: Size, sha256: Sha256, entries } = artifact;
  const manifest: Manifest = {
    ...common(request, job, times),
    Artifact: {
      Bucket,
      Key,
      VersionId,
      S3Uri: s3Uri(Bucket, Key),
      Size,
      Sha256,
      ContentDigest: contentDigest(entries),
    },
    Assets: entries.flatMap(({ asset, sha256 }) =>
      asset ? [{ Type: asset.type, Id: asset.id, Name: asset.name, Sha256: sha256 }] : [],
    ),
  };
  return { ...manifest, Attributes: attributesOf(request, manifest) };
}

const s3Uri = (bucket: string, key: string): string => `s3://${bucket}/${key}`;

/**
 * The attributes of a complete artifact, from the request and the members of its manifest.
 *
 * @throws Error when the manifest has no artifact.
 */
export function attributesOf(
  { properties, partition, region, account }: ExportResourceRequest,
  { PhysicalResourceId: jobId, Job, Timings, Artifact: artifact, Assets: assets = [] }: Manifest,
): Attributes {
  if (!artifact) throw new Error(`the manifest of ${jobId} has no artifact`);
  const { ArtifactBucket: bucket, ArtifactPrefix: prefix, ExportFormat } = properties;
  const values: Attributes = {
    JobStatus: 'SUCCESSFUL',
    JobId: jobId,
    JobArn: exportJobArn({ partition, region, account, jobId }),
    ExportFormat,
    CreatedTime: Timings.CreatedTime ?? '',
    ArtifactBucket: bucket,
    ArtifactKey: artifact.Key,
    ArtifactVersionId: artifact.VersionId,
    ArtifactS3Uri: s3Uri(bucket, artifact.Key),
    ArtifactSha256: artifact.Sha256,
    ArtifactSize: String(artifact.Size),
    ManifestKey: manifestKey(prefix, jobId),
    ContentDigest: artifact.ContentDigest,
    AssetCount: String(assets.length),
    WarningCount: String(Job.Warnings?.length ?? 0),
  };
  return Object.fromEntries(ATTRIBUTES.map((name) => [name, values[name]])) as Attributes;
}

export function manifestOfFailure(
  request: ExportResourceRequest,
  job: ExportJob,
  failure: string,
  times: Times,
): Manifest {
  return { ...common(request, job, times), Failure: failure };
}
