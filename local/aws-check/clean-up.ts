import { setTimeout as sleep } from 'node:timers/promises';

/** The systems that a clean-up acts on. */
export interface CleanUpTools {
  /** ARN of every stack that ever had a name, deleted ones included. */
  stackIds(name: string): Promise<string[]>;
  /** Status of a stack by its ARN. */
  status(stackId: string): Promise<string>;
  /** Names of the buckets of a stack by its ARN, whether they still exist or not. */
  buckets(stackId: string): Promise<string[]>;
  /** Deletes a stack by its name. */
  destroy(stack: string): Promise<void>;
  /** Deletes a bucket with all its versions, and returns how many it had. Undefined if the bucket does not exist. */
  removeBucket(bucket: string): Promise<number | undefined>;
}

/** The outcome of a clean-up. */
export interface CleanUpReport {
  readonly destroyedStacks: readonly string[];
  readonly deletedBuckets: ReadonlyArray<{ readonly bucket: string; readonly versions: number }>;
  /** The resources that remain, each with the reason. Empty if everything was destroyed. */
  readonly left: ReadonlyArray<{ readonly resource: string; readonly reason: string }>;
}

/** A deployment and its rollback end within this time. CloudFormation deletes no stack during an update. */
const MAX_WAIT_MS = 75 * 60_000;
const POLL_INTERVAL_MS = 5_000;

/**
 * Destroys stacks and then their buckets, which CloudFormation retains. A failure does not end the clean-up. It may be repeated:
 * what was destroyed before counts as destroyed.
 */
export async function cleanUp(
  stacks: readonly string[],
  tools: CleanUpTools,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<CleanUpReport> {
  const destroyedStacks: string[] = [];
  const deletedBuckets: Array<{ bucket: string; versions: number }> = [];
  const left: Array<{ resource: string; reason: string }> = [];
  const attempt = async (resource: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      left.push({ resource, reason: (error as Error).message });
      return false;
    }
  };
  const removeBuckets = async (stackId: string, isDestroyed: boolean) => {
    for (const bucket of await tools.buckets(stackId)) {
      await attempt(`the bucket ${bucket}`, async () => {
        // The functions of a stack that exists may write to its bucket.
        if (!isDestroyed) throw new Error('its stack exists');
        const versions = await tools.removeBucket(bucket);
        if (versions !== undefined) deletedBuckets.push({ bucket, versions });
      });
    }
  };
  for (const stack of stacks) {
    let ids: readonly string[] = [];
    const isDestroyed = await attempt(`the stack ${stack}`, async () => {
      ids = await tools.stackIds(stack);
      if ((await existingStack(ids, tools, wait)) === undefined) return;
      await tools.destroy(stack);
      destroyedStacks.push(stack);
    });
    // A creation that still ran before may have added a bucket.
    for (const id of ids) await attempt(`the buckets of the stack ${stack}`, () => removeBuckets(id, isDestroyed));
  }
  return { destroyedStacks, deletedBuckets, left };
}

/** The stack that is not deleted, when no operation of CloudFormation runs on it: an update prevents its deletion. */
async function existingStack(
  ids: readonly string[],
  tools: CleanUpTools,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<string | undefined> {
  for (const id of ids) {
    for (let waited = 0; ; waited += POLL_INTERVAL_MS) {
      const status = await tools.status(id);
      if (status === 'DELETE_COMPLETE') break;
      if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return id;
      if (waited >= MAX_WAIT_MS) throw new Error(`its status is still ${status}`);
      await wait(POLL_INTERVAL_MS);
    }
  }
  return undefined;
}
