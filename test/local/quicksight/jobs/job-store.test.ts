import { Job } from '../../../../local/quicksight/jobs/job';
import { DESCRIPTION_MS, JobStore } from '../../../../local/quicksight/jobs/job-store';

function job(id: string, createdTime: number) {
  const request = {
    AwsAccountId: '1',
    AssetBundleExportJobId: id,
    ResourceArns: [],
    ExportFormat: 'QUICKSIGHT_JSON',
  } as const;
  const durations = { queuedMs: 10, runningMs: 100 };
  return new Job(`arn:${id}`, request, createdTime, durations, { assets: [], errors: [], warnings: [] });
}

describe('JobStore', () => {
  let now: number;
  let store: JobStore;
  beforeEach(() => {
    now = 0;
    store = new JobStore(() => now);
  });
  const rejection = (id: string) => {
    try {
      store.requireFree(id);
    } catch (error) {
      return (error as Error).name;
    }
    return undefined;
  };

  test('rejects the id of a running job', () => {
    store.add(job('a', 0));
    now = 109;
    expect(rejection('a')).toBe('ConflictException');
    expect(rejection('b')).toBeUndefined();
    now = 110;
    expect(rejection('a')).toBeUndefined();
  });

  test('lists the latest job of each id, the newest first', () => {
    for (const [id, at] of [
      ['a', 0],
      ['b', 200],
      ['a', 400],
    ] as const) {
      now = at;
      store.add(job(id, at));
    }
    expect(store.latest().map(({ id, createdTime }) => [id, createdTime])).toEqual([
      ['a', 400],
      ['b', 200],
    ]);
    expect(store.get('a')?.createdTime).toBe(400);
  });

  test('accepts five running jobs, and reports a conflict of ids before the limit', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      expect(rejection(id)).toBeUndefined();
      store.add(job(id, 0));
    }
    expect([rejection('f'), rejection('a'), store.running, store.maxRunning]).toEqual([
      'LimitExceededException',
      'ConflictException',
      5,
      5,
    ]);
    now = 110;
    expect([rejection('f'), store.running, store.maxRunning]).toEqual([undefined, 0, 5]);
  });

  test('keeps the description of a job for 14 days from its start', () => {
    store.add(job('a', 0));
    now = DESCRIPTION_MS - 1;
    expect([store.get('a')?.id, store.latest().length]).toEqual(['a', 1]);
    now = 14 * 24 * 3600 * 1000;
    expect([store.get('a'), store.latest()]).toEqual([undefined, []]);
  });
});
