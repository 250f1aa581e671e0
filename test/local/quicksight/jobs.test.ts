import { Faults } from '../../../local/quicksight';
import { partitionOf } from '../../../local/quicksight/core/environment';
import { Timestamp, toJson } from '../../../local/quicksight/core/json';
import { parseRange } from '../../../local/quicksight/download/range';
import { readAuthorization } from '../../../local/quicksight/http/authorization';
import { Job } from '../../../local/quicksight/jobs/job';
import { DESCRIPTION_MS, JobStore } from '../../../local/quicksight/jobs/job-store';

function job(id: string, createdTime: number, errorCount = 0) {
  const errors = Array.from({ length: errorCount }, (_, index) => ({ Arn: `arn-${index}`, Type: 'T', Message: 'M' }));
  const request = {
    AwsAccountId: '1',
    AssetBundleExportJobId: id,
    ResourceArns: [],
    ExportFormat: 'QUICKSIGHT_JSON',
  } as const;
  return new Job(
    `arn:${id}`,
    request,
    createdTime,
    { queuedMs: 10, runningMs: 100 },
    { assets: [], errors, warnings: [] },
  );
}

test.each([
  [0, 'QUEUED_FOR_IMMEDIATE_EXECUTION', 'QUEUED_FOR_IMMEDIATE_EXECUTION'],
  [9, 'QUEUED_FOR_IMMEDIATE_EXECUTION', 'QUEUED_FOR_IMMEDIATE_EXECUTION'],
  [10, 'IN_PROGRESS', 'IN_PROGRESS'],
  [109, 'IN_PROGRESS', 'IN_PROGRESS'],
  [110, 'SUCCESSFUL', 'FAILED'],
])('after %d ms a job is %s, or with errors %s', (after, good, bad) => {
  expect([job('a', 1000).status(1000 + after), job('a', 1000, 1).status(1000 + after)]).toEqual([good, bad]);
});

test('errors accumulate while the job runs, and are complete at its end', () => {
  expect([0, 10, 59, 60, 85, 109, 110].map((after) => job('a', 0, 4).errors(after).length)).toEqual([
    0, 0, 1, 2, 3, 3, 4,
  ]);
});

describe('the jobs of an account', () => {
  let now: number;
  let store: JobStore;
  beforeEach(() => {
    now = 0;
    store = new JobStore(() => now);
  });
  const refusal = (id: string) => {
    try {
      store.requireFree(id);
    } catch (error) {
      return (error as Error).name;
    }
    return undefined;
  };

  test('have their id to themselves until they end', () => {
    store.add(job('a', 0));
    now = 109;
    expect(refusal('a')).toBe('ConflictException');
    expect(refusal('b')).toBeUndefined();
    now = 110;
    expect(refusal('a')).toBeUndefined();
  });

  test('of a reused id are the latest alone, the newest first', () => {
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

  test('are five at once; one that is known is told before the limit', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      expect(refusal(id)).toBeUndefined();
      store.add(job(id, 0));
    }
    expect([refusal('f'), refusal('a'), store.running, store.maxRunning]).toEqual([
      'LimitExceededException',
      'ConflictException',
      5,
      5,
    ]);
    now = 110;
    expect([refusal('f'), store.running, store.maxRunning]).toEqual([undefined, 0, 5]);
  });

  test('are described for 14 days from their start', () => {
    store.add(job('a', 0));
    now = DESCRIPTION_MS - 1;
    expect([store.get('a')?.id, store.latest().length]).toEqual(['a', 1]);
    now = 14 * 24 * 3600 * 1000;
    expect([store.get('a'), store.latest()]).toEqual([undefined, []]);
  });
});

test.each([
  [1695305695063, '1.695305695063E9'],
  [1000, '1.0E0'],
  [1700000000000, '1.7E9'],
  [1000000000000, '1.0E9'],
])('the time %d is written %s', (milliseconds, text) => {
  expect(toJson({ CreatedTime: new Timestamp(milliseconds), Absent: undefined, List: ['"'] })).toBe(
    `{"CreatedTime":${text},"Absent":null,"List":["\\""]}`,
  );
  expect(Number(text) * 1000).toBe(milliseconds);
});

test.each([
  [undefined, undefined],
  ['bytes=0-9', { start: 0, end: 10 }],
  ['bytes=90-', { start: 90, end: 100 }],
  ['bytes=90-500', { start: 90, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-500', { start: 0, end: 100 }],
  ['bytes=99-99', { start: 99, end: 100 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-0', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,5-6', undefined],
  ['items=0-1', undefined],
])('the range %p of 100 bytes is %p', (header, expected) => {
  expect(parseRange(header, 100)).toEqual(expected);
});

describe('the Authorization header', () => {
  const scope = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=ab`;

  test('says who calls, and which region is meant', () => {
    expect(readAuthorization(scope('quicksight'))).toEqual({ accessKeyId: 'AKID', region: 'eu-central-1' });
  });

  test.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['', 'MissingAuthenticationTokenException'],
    ['Bearer token', 'IncompleteSignatureException'],
    ['AWS4-HMAC-SHA256 Credential=AKID', 'IncompleteSignatureException'],
    [scope('s3'), 'InvalidSignatureException'],
  ])('%p is refused: %s', (header, name) => {
    expect(() => readAuthorization(header)).toThrow(expect.objectContaining({ name }));
  });

  test.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('%s lies in %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe('faults', () => {
  const target = (operation: string, jobId = 'a') => ({ operation, method: 'GET', jobId });

  test('strike as often as they are meant to, after as many as they let pass, and only what they aim at', () => {
    const faults = new Faults();
    const added = faults.add({
      operation: 'Download',
      kind: 'reset',
      times: 2,
      after: 1,
      when: ({ jobId }) => jobId === 'a',
    });
    const strike = (...of: Parameters<typeof target>) => faults.take(target(...of)).length;
    expect([
      strike('Other'),
      strike('Download', 'b'),
      strike('Download'),
      strike('Download'),
      strike('Download'),
      strike('Download'),
    ]).toEqual([0, 0, 0, 1, 1, 0]);
    expect(added.struck).toBe(2);
  });

  test('take turns in the order in which they were added, and manners go with any of them', () => {
    const faults = new Faults();
    faults.add({ kind: 'cut', afterBytes: 1 });
    faults.add({ kind: 'reset' });
    faults.add({ kind: 'noRanges', times: Infinity });
    const kinds = () => faults.take(target('Download')).map(({ kind }) => kind);
    expect([kinds(), kinds(), kinds()]).toEqual([['cut', 'noRanges'], ['reset', 'noRanges'], ['noRanges']]);
  });

  test('end when they are removed', () => {
    const faults = new Faults();
    const added = faults.add({ kind: 'hang', times: Infinity });
    faults.add({ kind: 'html', times: Infinity });
    added.remove();
    expect(faults.take(target('x')).map(({ kind }) => kind)).toEqual(['html']);
    faults.clear();
    expect(faults.take(target('x'))).toEqual([]);
  });
});
