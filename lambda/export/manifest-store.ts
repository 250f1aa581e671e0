import type { ArtifactStore } from '../aws/artifact-store';
import { TerminalError } from '../core/errors';
import { manifestKey } from './artifact-keys';
import { MANIFEST_VERSION, type Manifest } from './manifest';

/** The resource that a manifest belongs to. */
export interface ManifestOwner {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** Reads and writes the manifests under one prefix. */
export interface ManifestStore {
  /** The manifest of a job. Undefined when it is missing, of another resource, or of a version that this code does not support. */
  find(jobId: string, owner: ManifestOwner): Promise<Manifest | undefined>;
  /** True when any object is stored under the key of the manifest. */
  exists(jobId: string): Promise<boolean>;
  /**
   * Writes the manifest, or returns the one that another delivery of the same request has written.
   *
   * @throws TerminalError when the key holds an object of somebody else.
   */
  writeOnce(manifest: Manifest): Promise<Manifest>;
  /** Marks the artifact as released: CloudFormation deleted its resource, so no rollback returns to it. */
  release(manifest: Manifest, requestId: string, now: number): Promise<void>;
}

export function manifestStore(store: ArtifactStore, prefix: string): ManifestStore {
  const keyOf = (jobId: string) => manifestKey(prefix, jobId);
  const manifests: ManifestStore = {
    async find(jobId, { stackId, logicalResourceId }) {
      const manifest = (await store.readJson(keyOf(jobId))) as Manifest | null | undefined;
      const isOwn =
        manifest?.ManifestVersion === MANIFEST_VERSION &&
        manifest.PhysicalResourceId === jobId &&
        manifest.StackId === stackId &&
        manifest.LogicalResourceId === logicalResourceId;
      return isOwn ? manifest : undefined;
    },

    exists: async (jobId) => (await store.readJson(keyOf(jobId))) !== undefined,

    async writeOnce(manifest) {
      const { PhysicalResourceId: jobId, StackId: stackId, LogicalResourceId: logicalResourceId } = manifest;
      const key = keyOf(jobId);
      if (await store.writeJsonOnce(key, jobId, manifest)) return manifest;
      const existing = await manifests.find(jobId, { stackId, logicalResourceId });
      if (existing) return existing;
      await store.find(key, jobId);
      throw new TerminalError(
        `${store.uri(key)} is not the manifest of this export. Move the object, or use another prefix.`,
      );
    },

    release: (manifest, requestId, now) =>
      store.writeJson(keyOf(manifest.PhysicalResourceId), manifest.PhysicalResourceId, {
        ...manifest,
        Released: { Time: new Date(now).toISOString(), RequestId: requestId },
      }),
  };
  return manifests;
}
