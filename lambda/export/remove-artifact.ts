import type { ExportProperties } from '../../lib/contract/export-resource';
import { type ArtifactStore, BucketNotFoundError } from '../aws/artifact-store';
import { RetryableError } from '../core/errors';
import type { Log } from '../core/log';
import { artifactKeys, manifestKey } from './artifact-keys';
import { type ManifestOwner, manifestStore } from './manifest-store';

export interface Removal extends ManifestOwner {
  readonly jobId: string;
  readonly requestId: string;
  readonly properties: ExportProperties;
}

/**
 * Handles Delete. DESTROY removes everything that this resource wrote. RETAIN keeps a complete artifact and marks it as
 * released, so that no rollback returns to it. A partial artifact is always removed.
 */
export async function removeArtifact(removal: Removal, store: ArtifactStore, now: number, log: Log): Promise<void> {
  const { jobId, requestId, properties } = removal;
  const { ArtifactPrefix: prefix, ArtifactBucket: bucket, RemovalPolicy } = properties;
  try {
    if (RemovalPolicy === 'DESTROY') {
      // The manifest goes first: as long as it exists, the artifact is complete.
      await store.remove([manifestKey(prefix, jobId), ...artifactKeys(prefix, jobId)], jobId);
      log.info('artifact removed', { bucket });
      return;
    }
    const manifests = manifestStore(store, prefix);
    const manifest = await manifests.find(jobId, removal);
    if (manifest?.Artifact && !manifest.Released) {
      await manifests.release(manifest, requestId, now);
      log.info('artifact retained', { bucket, key: manifest.Artifact.Key });
    } else if (!manifest) {
      await removePartialArtifact(removal, store);
    }
  } catch (error) {
    if (error instanceof BucketNotFoundError) return;
    if (error instanceof RetryableError && error.kind === 'denied' && RemovalPolicy === 'RETAIN') {
      // The owner of the bucket has revoked the access. The artifact remains, and a Delete that fails helps nobody.
      log.warn('artifact retained, but not marked as released', { reason: error.message });
      return;
    }
    throw error;
  }
}

/** Removes the artifact of a request that failed before its manifest was written. */
export async function removePartialArtifact(
  { jobId, properties, ...owner }: Omit<Removal, 'requestId'>,
  store: ArtifactStore,
): Promise<void> {
  const manifests = manifestStore(store, properties.ArtifactPrefix);
  const manifest = await manifests.find(jobId, owner);
  const isPartial = manifest ? !manifest.Artifact : !(await manifests.exists(jobId));
  if (isPartial) await store.remove(artifactKeys(properties.ArtifactPrefix, jobId), jobId);
}
