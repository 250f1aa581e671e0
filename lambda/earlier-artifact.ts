import { ArtifactStore } from './artifact-store';
import { Transient } from './failure';
import { Manifest } from './manifest';
import { manifestKey } from './object-keys';
import { ExportResourceRequest } from './request';

/** A manifest as it lies in the bucket, if it is of this resource. */
export async function readManifest(store: ArtifactStore, prefix: string, jobId: string, { stackId, logicalResourceId }: ExportResourceRequest): Promise<Manifest | undefined> {
  const manifest = (await store.readJson(manifestKey(prefix, jobId))) as Manifest | undefined;
  return manifest?.StackId === stackId && manifest.LogicalResourceId === logicalResourceId ? manifest : undefined;
}

/**
 * The artifact that an Update goes back to: that of the resource's id as it is, or of the id before, made from these
 * same properties and not given up since. Its Delete is what gives it up, so a user's own return to earlier properties
 * finds nothing here.
 */
export async function earlierArtifact(request: ExportResourceRequest, store: ArtifactStore, previousStore: ArtifactStore | undefined): Promise<Manifest | undefined> {
  const { previousPhysicalResourceId: current, properties, previousProperties } = request;
  if (current === undefined) return undefined;
  const here = await heldArtifact(current, request, store);
  if (here) return here;
  const before = previousProperties && previousStore
    ? await readManifest(previousStore, previousProperties.ArtifactPrefix, current, request).catch(unreadable)
    : await readManifest(store, properties.ArtifactPrefix, current, request);
  return before?.PreviousPhysicalResourceId === undefined ? undefined : heldArtifact(before.PreviousPhysicalResourceId, request, store);
}

/** An update of the destination may have taken the right to read the earlier one: then nothing is known of it. */
function unreadable(error: unknown): undefined {
  if (error instanceof Transient && error.kind === 'denied') return undefined;
  throw error;
}

async function heldArtifact(jobId: string, request: ExportResourceRequest, store: ArtifactStore): Promise<Manifest | undefined> {
  const manifest = await readManifest(store, request.properties.ArtifactPrefix, jobId, request);
  if (!manifest?.Artifact || manifest.Released || manifest.PropertiesDigest !== request.propertiesDigest) return undefined;
  return (await store.isThere(manifest.Artifact.Key, manifest.Artifact.VersionId)) ? manifest : undefined;
}
