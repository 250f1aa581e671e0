import type { CleanUpTools } from '../../../local/aws-check/clean-up';
import { cleanUp } from '../../../local/aws-check/clean-up';

/** An account with a stack and its bucket, and the calls that change it. */
class Account {
  public readonly calls: string[] = [];
  public status = 'UPDATE_COMPLETE';
  public versions: number | undefined = 3;
  public waits = 0;

  public tools(more: Partial<CleanUpTools> = {}): CleanUpTools {
    return {
      stackIds: async (name) => (name === 'Sample' ? ['id'] : []),
      status: async () => this.status,
      buckets: async () => ['bucket'],
      destroy: async (stack) => {
        this.calls.push(`destroy ${stack}`);
        this.status = 'DELETE_COMPLETE';
      },
      removeBucket: async (bucket) => {
        this.calls.push(`remove ${bucket}`);
        const { versions } = this;
        this.versions = undefined;
        return versions;
      },
      ...more,
    };
  }

  public cleanUp(more?: Partial<CleanUpTools>, afterWait: () => void = () => {}) {
    return cleanUp(['Sample', 'Denied'], this.tools(more), async () => {
      this.waits += 1;
      afterWait();
    });
  }
}

let account: Account;
beforeEach(() => {
  account = new Account();
});

test('destroys the stack, and then its bucket with all versions', async () => {
  expect(await account.cleanUp()).toEqual({
    destroyedStacks: ['Sample'],
    deletedBuckets: [{ bucket: 'bucket', versions: 3 }],
    left: [],
  });
  expect(account.calls).toEqual(['destroy Sample', 'remove bucket']);
});

test('a second clean-up changes nothing', async () => {
  await account.cleanUp();
  expect(await account.cleanUp()).toEqual({ destroyedStacks: [], deletedBuckets: [], left: [] });
  expect(account.calls.filter((call) => call.startsWith('destroy'))).toHaveLength(1);
});

test('the bucket of a stack that was deleted before is deleted', async () => {
  account.status = 'DELETE_COMPLETE';
  expect((await account.cleanUp()).deletedBuckets).toEqual([{ bucket: 'bucket', versions: 3 }]);
});

test('waits for the end of an update', async () => {
  account.status = 'UPDATE_IN_PROGRESS';
  const report = await account.cleanUp({}, () => {
    if (account.waits === 3) account.status = 'UPDATE_ROLLBACK_COMPLETE';
  });
  expect([account.waits, report.left]).toEqual([3, []]);
});

test('finds a bucket that the creation adds while it waits', async () => {
  account.status = 'CREATE_IN_PROGRESS';
  const buckets = async () => (account.waits > 0 ? ['late'] : []);
  const report = await account.cleanUp({ buckets }, () => {
    account.status = 'CREATE_COMPLETE';
  });
  expect(report.deletedBuckets).toEqual([{ bucket: 'late', versions: 3 }]);
});

test('does not wait for a stack that was never created', async () => {
  account.status = 'REVIEW_IN_PROGRESS';
  expect((await account.cleanUp()).destroyedStacks).toEqual(['Sample']);
  expect(account.waits).toBe(0);
});

test('an update that does not end is reported after 75 minutes', async () => {
  account.status = 'UPDATE_IN_PROGRESS';
  const { left } = await account.cleanUp();
  expect(left).toEqual([
    { resource: 'the stack Sample', reason: 'its status is still UPDATE_IN_PROGRESS' },
    { resource: 'the bucket bucket', reason: 'its stack exists' },
  ]);
  expect(account.waits).toBe((75 * 60) / 5);
});

test('a stack that cannot be deleted keeps its bucket, and both are reported', async () => {
  const destroy = () => Promise.reject(new Error('The security token is expired'));
  expect(await account.cleanUp({ destroy })).toEqual({
    destroyedStacks: [],
    deletedBuckets: [],
    left: [
      { resource: 'the stack Sample', reason: 'The security token is expired' },
      { resource: 'the bucket bucket', reason: 'its stack exists' },
    ],
  });
  expect(account.calls).toEqual([]);
});

test('a failure does not end the clean-up', async () => {
  const destroyed: string[] = [];
  const report = await account.cleanUp({
    stackIds: async (name) => [name],
    buckets: async (id) => [`${id}-bucket`],
    status: async () => 'CREATE_COMPLETE',
    destroy: async (stack) => {
      if (stack === 'Sample') throw new Error('no');
      destroyed.push(stack);
    },
    removeBucket: () => Promise.reject(new Error('denied')),
  });
  expect(destroyed).toEqual(['Denied']);
  expect(report.left.map(({ resource }) => resource)).toEqual([
    'the stack Sample',
    'the bucket Sample-bucket',
    'the bucket Denied-bucket',
  ]);
});
