import type { ExportProperties } from '../../lib/contract/export-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import { BucketNotFoundError } from '../aws/artifact-store';
import { RetryableError } from '../core/errors';
import type { Log } from '../core/log';
import { artifactKeys, manifestKey } from './artifact-keys';
import type { Manifest } from './manifest';

export interface Removal {
  readonly jobId: string;
  readonly requestId: string;
  readonly properties: ExportProperties;
}

/**
 * What a Delete does: with DESTROY, nothing that this resource wrote stays; with RETAIN a whole artifact stays, marked as
 * released, so that no rollback goes back to it. Half an artifact never stays.
 */
export async function removeArtifact(
  { jobId, requestId, properties }: Removal,
  store: ArtifactStore,
  now: number,
  log: Log,
): Promise<void> {
  const prefix = properties.ArtifactPrefix;
  const manifestAt = manifestKey(prefix, jobId);
  try {
    const manifest = (await store.readJson(manifestAt)) as Manifest | null | undefined;
    if (properties.RemovalPolicy === 'DESTROY') {
      // The manifest first: as long as it is there, the artifact has to be whole.
      await store.remove([manifestAt, ...artifactKeys(prefix, jobId)], jobId);
      log.info('artifact removed', { bucket: properties.ArtifactBucket });
    } else if (manifest === undefined) {
      await store.remove(artifactKeys(prefix, jobId), jobId);
    } else if (manifest?.Artifact && manifest.PhysicalResourceId === jobId && !manifest.Released) {
      await store.writeJson(manifestAt, jobId, {
        ...manifest,
        Released: { Time: new Date(now).toISOString(), RequestId: requestId },
      });
      log.info('artifact kept', { bucket: properties.ArtifactBucket, key: manifest.Artifact.Key });
    }
  } catch (error) {
    if (error instanceof BucketNotFoundError) return;
    if (error instanceof RetryableError && error.kind === 'denied' && properties.RemovalPolicy === 'RETAIN') {
      // The bucket's owner took the right away: what is to stay, stays, and a Delete that fails helps nobody.
      log.warn('artifact kept, but not marked as released', { reason: error.message });
      return;
    }
    throw error;
  }
}

/** What stays of a request that failed: nothing, unless its artifact is whole. */
export async function removeUnfinished({ jobId, properties }: Removal, store: ArtifactStore): Promise<void> {
  const prefix = properties.ArtifactPrefix;
  const manifest = (await store.readJson(manifestKey(prefix, jobId))) as Manifest | null | undefined;
  if (!manifest?.Artifact) await store.remove(artifactKeys(prefix, jobId), jobId);
}
