import { ARTIFACT_NAME_PREFIX } from '../../lib/contract/custom-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import { jobIdStart } from '../lifecycle/job-request';
import { artifactKeys, manifestKey, writeCheckKey } from './artifact-keys';
import { isDeletionMark, type ManifestOwner, manifestStore } from './manifest-store';

/** A stack operation, its rollback included, takes less time than this. */
export const MAX_STACK_OPERATION_MS = 24 * 60 * 60 * 1000;

/**
 * Discards the artifact of a request that failed before its manifest was written. It is recognized positively: the bucket
 * never had a manifest of this job, or its only manifest is that of a failure or the mark of a deletion.
 */
export async function discardPartialArtifact(
  jobId: string,
  owner: ManifestOwner,
  store: ArtifactStore,
  prefix: string,
): Promise<void> {
  const manifests = manifestStore(store, prefix);
  const found = await manifests.find(jobId, owner);
  const count = await manifests.versionCount(jobId);
  const isPartial = found ? count === 1 && (isDeletionMark(found) || !found.Artifact) : count === 0;
  if (isPartial) await discardObjects(jobId, store, prefix);
}

/**
 * Discards the partial artifacts of earlier requests of this stack operation whose function was stopped. CloudFormation never
 * names their ids again, so they are found by the start of their keys, which is that of this resource alone. An older artifact
 * without a manifest is kept: its manifest may have been removed.
 */
export async function discardAbandoned(
  { stackId, logicalResourceId }: ManifestOwner,
  { jobId: presentJobId, requestedTime }: { readonly jobId: string; readonly requestedTime: number },
  store: ArtifactStore,
  prefix: string,
): Promise<void> {
  const start = `${prefix}${ARTIFACT_NAME_PREFIX}`;
  const idStart = jobIdStart({ StackId: stackId, LogicalResourceId: logicalResourceId });
  const keys = await store.keys(`${start}${idStart}`);
  const recent = [...keys].filter(([, modifiedTime]) => modifiedTime > requestedTime - MAX_STACK_OPERATION_MS);
  const jobIds = new Set(recent.map(([key]) => key.slice(start.length).replace(/\..*$/, '')));
  jobIds.delete(presentJobId);
  for (const jobId of jobIds) {
    if (!keys.has(manifestKey(prefix, jobId))) await discardObjects(jobId, store, prefix);
    else if (keys.has(writeCheckKey(prefix, jobId))) await store.discard([writeCheckKey(prefix, jobId)], jobId);
  }
}

const discardObjects = (jobId: string, store: ArtifactStore, prefix: string): Promise<void> =>
  store.discard([...artifactKeys(prefix, jobId), writeCheckKey(prefix, jobId)], jobId);
