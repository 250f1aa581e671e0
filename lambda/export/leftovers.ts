import { ARTIFACT_NAME_PREFIX } from '../../lib/contract/custom-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import { jobIdStart } from '../lifecycle/job-request';
import { artifactKeys, manifestKey, writeCheckKey } from './artifact-keys';
import { isDeletionMark, type ManifestOwner, manifestStore } from './manifest-store';

/**
 * Discards the artifact of a request that failed before its manifest was written. It is recognized positively: the bucket
 * never had a manifest of this job, or has the manifest of a failure or the mark of a deletion.
 */
export async function discardPartialArtifact(
  jobId: string,
  owner: ManifestOwner,
  store: ArtifactStore,
  prefix: string,
): Promise<void> {
  const manifests = manifestStore(store, prefix);
  const found = await manifests.find(jobId, owner);
  const isPartial = found ? isDeletionMark(found) || !found.Artifact : !(await manifests.hasHistory(jobId));
  if (isPartial) await discardObjects(jobId, store, prefix);
}

/**
 * Discards the partial artifacts of earlier requests whose function was stopped. CloudFormation never names their ids again,
 * so they are found by the start of their keys, which is that of this resource alone.
 */
export async function discardAbandoned(
  { stackId, logicalResourceId }: ManifestOwner,
  presentJobId: string,
  store: ArtifactStore,
  prefix: string,
): Promise<void> {
  const start = `${prefix}${ARTIFACT_NAME_PREFIX}`;
  const idStart = jobIdStart({ StackId: stackId, LogicalResourceId: logicalResourceId });
  const keys = await store.keys(`${start}${idStart}`);
  const jobIds = new Set([...keys].map((key) => key.slice(start.length).replace(/\..*$/, '')));
  for (const jobId of jobIds) {
    if (jobId !== presentJobId && !keys.has(manifestKey(prefix, jobId))) await discardObjects(jobId, store, prefix);
  }
}

const discardObjects = (jobId: string, store: ArtifactStore, prefix: string): Promise<void> =>
  store.discard([...artifactKeys(prefix, jobId), writeCheckKey(prefix, jobId)], jobId);
