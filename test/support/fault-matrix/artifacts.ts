import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent } from '../../../testing/cloudformation-events';
import type { HandlerHarness } from '../../../testing/handler-harness';

/** The artifacts in the bucket, by the id of the request that wrote them. A manifest without an artifact is not counted. */
export async function artifactsOf(requestIds: readonly string[], harness: HandlerHarness): Promise<string[]> {
  const keys = await harness.versions();
  const found = requestIds.map(async (requestId) => {
    const jobId = jobIdOf(cloudFormationEvent('Create', { RequestId: requestId }));
    const manifestKey = `assetbundle-${jobId}.manifest.json`;
    const manifest = keys.includes(manifestKey) ? await harness.manifest(manifestKey) : undefined;
    const hasArtifact = keys.includes(`assetbundle-${jobId}.qs`);
    if (hasArtifact && !manifest?.Artifact) return [`artifact of the ${requestId} without its manifest`];
    if (!hasArtifact) return manifest?.Artifact ? [`manifest of the ${requestId} without its artifact`] : [];
    return [`${manifest?.Released ? 'released ' : ''}artifact of the ${requestId}`];
  });
  return (await Promise.all(found)).flat().sort();
}

/** Deletes the artifact and the manifest of a job for good, as a person may do. */
export async function deleteObjects(jobId: string, { s3, bucket: Bucket }: HandlerHarness): Promise<void> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `assetbundle-${jobId}` }));
  for (const { Key, VersionId } of Versions) await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
}
