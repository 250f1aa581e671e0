import type { ArtifactStore } from '../aws/artifact-store';
import { RetryableError, TerminalError } from '../core/errors';
import { manifestKey } from './artifact-keys';
import type { ExportResourceRequest } from './export-request';
import type { Manifest } from './manifest';

/** A manifest as it lies in the bucket, if it is of this resource. */
export async function readManifest(
  store: ArtifactStore,
  prefix: string,
  jobId: string,
  { stackId, logicalResourceId }: ExportResourceRequest,
): Promise<Manifest | undefined> {
  const manifest = (await store.readJson(manifestKey(prefix, jobId))) as Manifest | null | undefined;
  return manifest && manifest.StackId === stackId && manifest.LogicalResourceId === logicalResourceId
    ? manifest
    : undefined;
}

/** What is known of the resource before an Update. */
export interface RollbackTarget {
  /** The manifest that the resource's id names. */
  readonly current?: Manifest;
  /** The artifact that the Update goes back to. */
  readonly artifact?: Manifest;
}

/**
 * Looks for the artifact that an Update goes back to: that of the resource's id as it is, or of the id before, made from
 * these same properties and not given up since. Its Delete is what gives it up, so a user's own return to earlier
 * properties finds nothing here.
 */
export async function findRollbackTarget(
  request: ExportResourceRequest,
  store: ArtifactStore,
  previousStore: ArtifactStore | undefined,
): Promise<RollbackTarget> {
  const { previousPhysicalResourceId: id, properties, previousProperties } = request;
  if (id === undefined) return {};
  // An Update that failed and is rolled back comes with the id of the earlier properties, which are now the new ones.
  const here = await readManifest(store, properties.ArtifactPrefix, id, request);
  const current =
    here ??
    (previousProperties &&
      previousStore &&
      (await readManifest(previousStore, previousProperties.ArtifactPrefix, id, request).catch(unreadable)));
  const before = current?.PreviousPhysicalResourceId;
  const candidates = [
    here,
    before === undefined ? undefined : await readManifest(store, properties.ArtifactPrefix, before, request),
  ];
  for (const manifest of candidates)
    if (manifest && (await isHeld(manifest, request, store))) return { current, artifact: manifest };
  return { current };
}

/** An Update may lead away from what is gone, or take the right to read it: then nothing is known of it. */
function unreadable(error: unknown): undefined {
  if (error instanceof TerminalError || (error instanceof RetryableError && error.kind === 'denied')) return undefined;
  throw error;
}

async function isHeld(
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

/** What an export took, in milliseconds, as its manifest tells. */
export function tookMilliseconds({ Timings: { CreatedTime, FinishedTime } }: Manifest): number | undefined {
  const took = Date.parse(FinishedTime) - Date.parse(CreatedTime ?? '');
  return took > 0 ? took : undefined;
}
