import type { Destination, RemovalPolicyName } from '../../lib/contract/export-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import type { ExportJobId, QuickSight } from '../aws/quicksight-client';
import { BucketNotFoundError } from '../aws/s3-bucket';
import type { Clock } from '../core/clock';
import { RetryableError } from '../core/errors';
import type { Log } from '../core/log';
import { artifactKeys, manifestKey, writeCheckKey } from './artifact-keys';
import { discardPartialArtifact } from './leftovers';
import type { Manifest } from './manifest';
import { type Deletion, isDeletionMark, type ManifestOwner, manifestStore } from './manifest-store';

/** A Delete of an export. */
export interface Removal extends ManifestOwner, ExportJobId {
  readonly requestId: string;
  /** Until then an error may pass. Milliseconds since the epoch. */
  readonly graceEnd: number;
  readonly destination: Destination;
  readonly removalPolicy: RemovalPolicyName;
}

export interface RemovalTools {
  readonly quickSight: Pick<QuickSight, 'describe'>;
  readonly storeOf: (destination: Destination) => ArtifactStore;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Handles Delete. DESTROY removes everything that this resource wrote. RETAIN keeps a complete artifact and never fails. Both
 * mark the artifact as released before anything else, so that no rollback returns to it.
 */
export async function removeArtifact(removal: Removal, tools: RemovalTools): Promise<void> {
  const bucket = removal.destination.ArtifactBucket;
  const { clock, log } = tools;
  try {
    await (removal.removalPolicy === 'DESTROY' ? destroy(removal, tools) : retain(removal, tools));
  } catch (error) {
    if (error instanceof BucketNotFoundError) {
      log.warn('nothing to remove: the bucket does not exist', { bucket });
      return;
    }
    const mayPass = error instanceof RetryableError && clock.now() < removal.graceEnd;
    if (removal.removalPolicy === 'DESTROY' || mayPass) throw error;
    // The artifact remains, and a Delete that fails helps nobody.
    log.warn('artifact retained, but not marked as released', { bucket, reason: (error as Error).message });
  }
}

async function destroy(removal: Removal, tools: RemovalTools): Promise<void> {
  const { jobId, destination } = removal;
  const { ArtifactPrefix: prefix, ArtifactBucket: bucket } = destination;
  const store = tools.storeOf(destination);
  const { isMarked } = await release(removal, tools);
  // The manifest goes before the artifact: as long as it exists, the artifact is complete.
  const keys = [...(isMarked ? [] : [manifestKey(prefix, jobId)]), ...artifactKeys(prefix, jobId)];
  await store.remove([...keys, writeCheckKey(prefix, jobId)], jobId);
  tools.log.info('artifact removed', { bucket });
}

async function retain(removal: Removal, tools: RemovalTools): Promise<void> {
  const { jobId, destination } = removal;
  const { ArtifactPrefix: prefix, ArtifactBucket: bucket } = destination;
  const { manifest } = await release(removal, tools);
  if (manifest?.Artifact) {
    await tools.storeOf(destination).discard([writeCheckKey(prefix, jobId)], jobId);
    tools.log.info('artifact retained', { bucket, key: manifest.Artifact.Key });
    return;
  }
  await discardPartialArtifact(jobId, removal, tools.storeOf(destination), prefix);
  tools.log.info('no complete artifact to retain', { bucket });
}

/** Marks the artifact as released. When the Create of the job may still run, it marks the job as deleted. */
async function release(
  removal: Removal,
  { quickSight, storeOf, clock }: RemovalTools,
): Promise<{ readonly manifest?: Manifest; readonly isMarked: boolean }> {
  const { jobId, requestId, destination } = removal;
  const manifests = manifestStore(storeOf(destination), destination.ArtifactPrefix);
  const deletion: Deletion = { requestId, time: clock.now() };
  const found = await manifests.find(jobId, removal);
  if (isDeletionMark(found)) return { isMarked: true };
  if (found) {
    if (found.Artifact && !found.Released) await manifests.release(found, deletion);
    return { manifest: found, isMarked: false };
  }
  const mayRun = (await manifests.versionCount(jobId)) === 0 && (await createMayRun(removal, { quickSight, storeOf }));
  if (mayRun) await manifests.markDeleted(jobId, removal, deletion);
  return { isMarked: mayRun };
}

/** True when a Create without a manifest waits for its job, or has started it. */
async function createMayRun(
  removal: Removal,
  { quickSight, storeOf }: Pick<RemovalTools, 'quickSight' | 'storeOf'>,
): Promise<boolean> {
  const { jobId, destination } = removal;
  if ((await storeOf(destination).versionCount(writeCheckKey(destination.ArtifactPrefix, jobId))) > 0) return true;
  try {
    return (await quickSight.describe(removal)) !== undefined;
  } catch (error) {
    if (error instanceof RetryableError && error.kind === 'busy') throw error;
    // Without access to QuickSight, the Create cannot have a job.
    return false;
  }
}
