import type { ArtifactStore } from '../aws/artifact-store';
import { RetryableError, TerminalError } from '../core/errors';
import type { ExportResourceRequest } from './export-request';
import type { Manifest } from './manifest';
import { manifestStore } from './manifest-store';

export interface RollbackTarget {
  /** The manifest of the present physical id. */
  readonly current?: Manifest;
  /** The artifact that the Update returns to. */
  readonly target?: Manifest;
}

/**
 * Finds the artifact that a rollback returns to: the one of the present physical id, or of the id before it. It has the
 * properties of this request and was not released. Delete releases an artifact, so a user who returns to earlier properties
 * later gets a new export.
 */
export async function findRollbackTarget(
  request: ExportResourceRequest,
  store: ArtifactStore,
  previousStore: ArtifactStore | undefined,
): Promise<RollbackTarget> {
  const { previousPhysicalResourceId: id, properties, previousProperties } = request;
  if (id === undefined) return {};
  const manifests = manifestStore(store, properties.ArtifactPrefix);
  // The rollback of a failed Update has the id of the earlier properties, which are now the new ones.
  const here = await manifests.find(id, request);
  const current =
    here ??
    (previousProperties &&
      previousStore &&
      (await manifestStore(previousStore, previousProperties.ArtifactPrefix).find(id, request).catch(ifUnreadable)));
  const before = current?.PreviousPhysicalResourceId;
  const candidates = [here, before === undefined ? undefined : await manifests.find(before, request)];
  for (const manifest of candidates) {
    if (manifest && (await isAvailable(manifest, request, store))) return { current, target: manifest };
  }
  return { current };
}

/** The previous bucket may be deleted, or closed to this role. Its manifest then counts as missing. */
function ifUnreadable(error: unknown): undefined {
  if (error instanceof TerminalError || (error instanceof RetryableError && error.kind === 'denied')) return undefined;
  throw error;
}

async function isAvailable(
  { Artifact, Released, PropertiesDigest }: Manifest,
  { propertiesDigest }: ExportResourceRequest,
  store: ArtifactStore,
): Promise<boolean> {
  return (
    Artifact !== undefined &&
    !Released &&
    PropertiesDigest === propertiesDigest &&
    (await store.exists(Artifact.Key, Artifact.VersionId))
  );
}

/** Duration of an export, in milliseconds. Undefined when QuickSight reported no usable CreatedTime. */
export function jobDurationMs({ Timings: { CreatedTime, FinishedTime } }: Manifest): number | undefined {
  const duration = Date.parse(FinishedTime) - Date.parse(CreatedTime ?? '');
  return duration > 0 ? duration : undefined;
}
