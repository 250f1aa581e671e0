import type { ArtifactStore } from '../aws/artifact-store';
import { BucketNotFoundError } from '../aws/s3-bucket';
import { RetryableError, TerminalError } from '../core/errors';
import { PERMISSION_GRACE_MS } from '../lifecycle/requeue';
import type { ExportResourceRequest } from './export-request';
import { MAX_STACK_OPERATION_MS } from './leftovers';
import type { Manifest } from './manifest';
import { isDeletionMark, type ManifestStore, manifestStore } from './manifest-store';

/** Difference between the clocks of two functions. */
const MAX_CLOCK_SKEW_MS = 60_000;

export interface RollbackTarget {
  /** The manifest of the present physical id. */
  readonly current?: Manifest;
  /** The artifact that the Update returns to. */
  readonly target?: Manifest;
}

/**
 * Finds the artifact that an Update returns to without a job. It has the properties of this request, was not released, and
 * is in the bucket. It is one of two:
 *
 * - The artifact of the present physical id: the Update changes nothing of it, or rolls back a request that failed.
 * - The artifact of the id before it, when the present one was answered less than 24 hours before this request: the Update
 *   rolls back a request that succeeded. Later, it is a user's own return to earlier properties, which is a new export, and
 *   only a missing Delete (of a retained resource) has left the earlier artifact unreleased.
 */
export async function findRollbackTarget(
  request: ExportResourceRequest,
  store: ArtifactStore,
  previousStore: ArtifactStore | undefined,
  now: number,
): Promise<RollbackTarget> {
  const { previousPhysicalResourceId: id, properties, previousProperties } = request;
  if (id === undefined) return {};
  const manifests = manifestStore(store, properties.ArtifactPrefix);
  const find = async (jobId: string, from: ManifestStore): Promise<Manifest | undefined> => {
    const found = await from.find(jobId, request);
    return isDeletionMark(found) ? undefined : found;
  };
  // The rollback of a failed Update has the id of the earlier properties, which are now the new ones.
  const here = await find(id, manifests).catch(ifRejected);
  const current =
    here ??
    (previousProperties &&
      previousStore &&
      (await find(id, manifestStore(previousStore, previousProperties.ArtifactPrefix)).catch(ifUnreadable)));
  for (const candidate of [async () => here, before]) {
    const manifest = await candidate();
    if (manifest && isAvailable(manifest, request) && (await manifests.hasArtifact(manifest)))
      return { current, target: manifest };
  }
  return { current };

  async function before(): Promise<Manifest | undefined> {
    if (current?.PreviousPhysicalResourceId === undefined) return undefined;
    const age = request.requestedTime - Date.parse(current.Timings.AnsweredTime);
    const isSameOperation = age < MAX_STACK_OPERATION_MS && age > -MAX_CLOCK_SKEW_MS;
    return isSameOperation ? find(current.PreviousPhysicalResourceId, manifests).catch(ifRejected) : undefined;
  }

  /** The previous bucket may be deleted, closed to this role, or out of reach. Its manifest then counts as missing. */
  function ifUnreadable(error: unknown): undefined {
    const isPatienceOver = now > request.requestedTime + PERMISSION_GRACE_MS;
    const isPassing = error instanceof RetryableError && error.kind !== 'denied' && !isPatienceOver;
    if (isPassing || !(error instanceof RetryableError || error instanceof TerminalError)) throw error;
    return undefined;
  }
}

/** An object that S3 cannot return, for example because its KMS key is disabled. Its manifest then counts as missing. */
function ifRejected(error: unknown): undefined {
  if (!(error instanceof TerminalError) || error instanceof BucketNotFoundError) throw error;
  return undefined;
}

const isAvailable = ({ Artifact, Released, PropertiesDigest }: Manifest, request: ExportResourceRequest): boolean =>
  Artifact !== undefined && !Released && PropertiesDigest === request.propertiesDigest;

/** Duration of an export, in milliseconds. Undefined when QuickSight reported no usable CreatedTime. */
export function jobDurationMs({ Timings: { CreatedTime, FinishedTime } }: Manifest): number | undefined {
  const duration = Date.parse(FinishedTime) - Date.parse(CreatedTime ?? '');
  return duration > 0 ? duration : undefined;
}
