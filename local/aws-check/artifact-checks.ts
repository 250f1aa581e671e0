import { createHash } from 'node:crypto';
import type { BundleContents } from './bundle-contents';
import type { ExportCase } from './export-cases';

/** A statement about an export that is true or false. */
export interface Check {
  readonly statement: string;
  readonly passed: boolean;
  /** The values that differ. */
  readonly detail?: string;
}

/** The outputs of the sample stack, as the README documents the attributes. */
export type Outputs = Readonly<Record<string, string>>;

const OUTPUTS = [
  'JobStatus',
  'JobId',
  'JobArn',
  'ExportFormat',
  'CreatedTime',
  'ArtifactBucket',
  'ArtifactKey',
  'ArtifactVersionId',
  'ArtifactS3Uri',
  'ArtifactSha256',
  'ArtifactSize',
  'ManifestKey',
  'ContentDigest',
  'AssetCount',
  'WarningCount',
];

/** The documented members of the manifest. */
export interface ManifestFacts {
  readonly Artifact?: {
    readonly Bucket?: string;
    readonly Key?: string;
    readonly VersionId?: string;
    readonly Sha256?: string;
    readonly Size?: number;
  };
  readonly Timings?: Readonly<Record<string, string>>;
}

export interface Exported {
  readonly outputs: Outputs;
  /** The bytes of the object version. */
  readonly artifact: Buffer;
  /** Text of the manifest. */
  readonly manifest: string;
  readonly contents: BundleContents;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Compares the outputs, the object in S3 and the manifest of an export. */
export function artifactChecks({ format }: ExportCase, { outputs, artifact, manifest, contents }: Exported): Check[] {
  const { ArtifactBucket: Bucket, ArtifactKey: Key, ArtifactVersionId: VersionId } = outputs;
  const named = (JSON.parse(manifest) as ManifestFacts).Artifact;
  const count = contents.groups.reduce((sum, group) => sum + group.count, 0);
  const equal = (statement: string, found: unknown, expected: unknown): Check =>
    found === expected
      ? { statement, passed: true }
      : { statement, passed: false, detail: `expected ${String(expected)}, found ${String(found)}` };
  return [
    equal('The stack has every output', OUTPUTS.filter((name) => !outputs[name]).join(', '), ''),
    equal('The job is SUCCESSFUL', outputs.JobStatus, 'SUCCESSFUL'),
    equal('The bundle has the requested format', outputs.ExportFormat, format),
    equal('The bundle is a zip or a template', contents.kind, format === 'QUICKSIGHT_JSON' ? 'zip' : 'template'),
    equal('ArtifactSha256 is the SHA-256 of the object version', outputs.ArtifactSha256, sha256(artifact)),
    equal('ArtifactSize is the size of the object version', outputs.ArtifactSize, String(artifact.length)),
    equal('ArtifactS3Uri names the object', outputs.ArtifactS3Uri, `s3://${Bucket}/${Key}`),
    equal(
      'The manifest names the same artifact',
      JSON.stringify([named?.Bucket, named?.Key, named?.VersionId, named?.Sha256, named?.Size]),
      JSON.stringify([Bucket, Key, VersionId, outputs.ArtifactSha256, artifact.length]),
    ),
    equal('The manifest contains no presigned link', /X-Amz-(?:Signature|Credential)/i.test(manifest), false),
    equal(
      'The bundle contains a dashboard',
      contents.groups.some(({ type }) => /dashboard$/i.test(type)),
      true,
    ),
    ...(contents.kind === 'zip'
      ? [equal('AssetCount is the number of entries', outputs.AssetCount, String(count))]
      : []),
  ];
}

/** Seconds between the times that the manifest has. */
export function jobTimes(manifest: string): { jobSeconds?: number; answerSeconds?: number } {
  const { Timings = {} } = JSON.parse(manifest) as ManifestFacts;
  return {
    jobSeconds: secondsBetween(Timings.CreatedTime, Timings.FinishedTime),
    answerSeconds: secondsBetween(Timings.FinishedTime, Timings.AnsweredTime),
  };
}

function secondsBetween(start: string | undefined, end: string | undefined): number | undefined {
  const milliseconds = Date.parse(end ?? '') - Date.parse(start ?? '');
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
