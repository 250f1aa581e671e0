import * as v from 'valibot';
import type { ArtifactStore } from '../aws/artifact-store';
import { RetryableError, TerminalError } from '../core/errors';
import { jobIdOf } from '../lifecycle/job-request';
import { artifactKeys, manifestKey } from './artifact-keys';
import type { DeletionMark, Manifest } from './manifest';
import { deletionMarkSchema, MANIFEST_VERSION, manifestSchema } from './manifest-schema';

/** The resource that a manifest belongs to. */
export interface ManifestOwner {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** A Delete of a resource. */
export interface Deletion {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * Reads and writes the manifests under one prefix.
 *
 * A manifest is input: it counts only when it has the form of a manifest, names this resource, and its job id follows from
 * the request id that it names. Its artifact counts only when the bucket has it as described.
 */
export interface ManifestStore {
  /** The manifest of a job, or the mark of its deletion. Undefined when there is none that counts. */
  find(jobId: string, owner: ManifestOwner): Promise<Manifest | DeletionMark | undefined>;
  /** True when the artifact of the manifest is in the bucket as the manifest describes it. */
  hasArtifact(manifest: Manifest): Promise<boolean>;
  /** Number of versions and delete markers under the key of the manifest. */
  versionCount(jobId: string): Promise<number>;
  /**
   * Writes the manifest, or returns the object that another delivery of the same request has written.
   *
   * @throws TerminalError when the key holds an object of somebody else.
   */
  writeOnce(manifest: Manifest): Promise<Manifest | DeletionMark>;
  /** Marks the artifact as released: CloudFormation deleted its resource, so no rollback returns to it. */
  release(manifest: Manifest, deletion: Deletion): Promise<void>;
  /**
   * Marks a job without a manifest as deleted: the Create that runs it ends without an artifact.
   *
   * @throws RetryableError when a manifest was written meanwhile.
   */
  markDeleted(jobId: string, owner: ManifestOwner, deletion: Deletion): Promise<void>;
}

export function isDeletionMark(found: Manifest | DeletionMark | undefined): found is DeletionMark {
  return found !== undefined && 'Deleted' in found;
}

export function manifestStore(store: ArtifactStore, prefix: string): ManifestStore {
  const keyOf = (jobId: string) => manifestKey(prefix, jobId);
  const manifests: ManifestStore = {
    async find(jobId, owner) {
      const value = await store.readJson(keyOf(jobId));
      const found = v.is(deletionMarkSchema, value)
        ? (value as DeletionMark)
        : v.is(manifestSchema, value)
          ? // Describe has more members than the schema names.
            (value as unknown as Manifest)
          : undefined;
      return found && isOf(found, jobId, owner, prefix) ? found : undefined;
    },

    async hasArtifact({ PhysicalResourceId: jobId, Artifact }) {
      const found = Artifact && (await store.findVersion(Artifact.Key, Artifact.VersionId, jobId));
      return found !== undefined && found.size === Artifact?.Size && found.sha256 === Artifact.Sha256;
    },

    versionCount: (jobId) => store.versionCount(keyOf(jobId)),

    async writeOnce(manifest) {
      const { PhysicalResourceId: jobId, StackId: stackId, LogicalResourceId: logicalResourceId } = manifest;
      const key = keyOf(jobId);
      if (await store.writeJsonOnce(key, jobId, manifest)) return manifest;
      const existing = await manifests.find(jobId, { stackId, logicalResourceId });
      if (existing) return existing;
      if (!(await store.find(key, jobId))) throw new RetryableError('busy', `S3 does not return ${store.uri(key)} yet`);
      throw new TerminalError(
        `${store.uri(key)} is not the manifest of this export. Move the object, or use another prefix.`,
      );
    },

    release: (manifest, deletion) =>
      store.writeJson(keyOf(manifest.PhysicalResourceId), manifest.PhysicalResourceId, {
        ...manifest,
        Released: timestamp(deletion),
      }),

    async markDeleted(jobId, { stackId, logicalResourceId }, deletion) {
      const mark: DeletionMark = {
        ManifestVersion: MANIFEST_VERSION,
        PhysicalResourceId: jobId,
        StackId: stackId,
        LogicalResourceId: logicalResourceId,
        Deleted: timestamp(deletion),
      };
      if (await store.writeJsonOnce(keyOf(jobId), jobId, mark)) return;
      throw new RetryableError('busy', `the manifest ${store.uri(keyOf(jobId))} was written at the same time`);
    },
  };
  return manifests;
}

const timestamp = ({ requestId, time }: Deletion) => ({ Time: new Date(time).toISOString(), RequestId: requestId });

function isOf(
  found: Manifest | DeletionMark,
  jobId: string,
  { stackId, logicalResourceId }: ManifestOwner,
  prefix: string,
): boolean {
  const { PhysicalResourceId, StackId, LogicalResourceId } = found;
  if (PhysicalResourceId !== jobId || StackId !== stackId || LogicalResourceId !== logicalResourceId) return false;
  if (isDeletionMark(found)) return true;
  // Nobody can choose a request id whose hash is the job id of somebody else.
  const isOfRequest = jobIdOf({ StackId, LogicalResourceId, RequestId: found.RequestId }) === jobId;
  return isOfRequest && (found.Artifact === undefined || artifactKeys(prefix, jobId).includes(found.Artifact.Key));
}
