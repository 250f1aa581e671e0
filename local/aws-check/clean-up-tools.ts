import { DescribeStacksCommand, paginateDescribeStackEvents, paginateListStacks } from '@aws-sdk/client-cloudformation';
import type { ObjectIdentifier } from '@aws-sdk/client-s3';
import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { CleanUpTools } from './clean-up';
import type { Clients } from './clients';

export function cleanUpTools(
  clients: Pick<Clients, 'cloudFormation' | 's3'>,
  account: string,
  destroy: CleanUpTools['destroy'],
): CleanUpTools {
  const { cloudFormation: client, s3 } = clients;
  return {
    destroy,

    async stackIds(name) {
      const ids: string[] = [];
      for await (const { StackSummaries = [] } of paginateListStacks({ client }, {}))
        for (const { StackName, StackId = '' } of StackSummaries) if (StackName === name) ids.push(StackId);
      return ids;
    },

    async status(stackId) {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
      return stack?.StackStatus ?? '';
    },

    /** The events have also the buckets that a rollback retained. They exist for 90 days after the stack. */
    async buckets(stackId) {
      const buckets = new Set<string>();
      for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: stackId }))
        for (const { ResourceType, PhysicalResourceId } of StackEvents)
          if (ResourceType === 'AWS::S3::Bucket' && PhysicalResourceId) buckets.add(PhysicalResourceId);
      return [...buckets];
    },

    async removeBucket(Bucket) {
      const ofAccount = { Bucket, ExpectedBucketOwner: account };
      try {
        const versions = await removeVersions(clients, ofAccount);
        await s3.send(new DeleteBucketCommand(ofAccount));
        return versions;
      } catch (error) {
        if ((error as Error).name === 'NoSuchBucket') return undefined;
        throw error;
      }
    },
  };
}

/** Deletes every version and every delete marker, a page at a time, and returns their number. */
async function removeVersions(
  { s3 }: Pick<Clients, 's3'>,
  bucket: { readonly Bucket: string; readonly ExpectedBucketOwner: string },
): Promise<number> {
  for (let removed = 0; ; ) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(bucket));
    const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }): ObjectIdentifier => ({ Key, VersionId }));
    if (objects.length === 0) return removed;
    const { Errors: [problem] = [] } = await s3.send(
      new DeleteObjectsCommand({ ...bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    if (problem) throw new Error(`${problem.Key} cannot be deleted (${problem.Code}: ${problem.Message})`);
    removed += objects.length;
  }
}
