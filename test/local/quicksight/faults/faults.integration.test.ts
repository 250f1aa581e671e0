import {
  DescribeAssetBundleExportJobCommand,
  ListAssetBundleExportJobsCommand,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import { ACCOUNT, arn } from '../fixtures';
import { Harness, START } from '../harness';

afterEach(() => Harness.stopAll());

const STARTING = { ...START, ResourceArns: [arn('dashboard/sales')] };
const JOB = { AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'job' };

describe('a fault of an operation', () => {
  test.each([
    [{ kind: 'error', name: 'ThrottlingException' }, 'ThrottlingException', 429],
    [{ kind: 'error', name: 'LimitExceededException' }, 'LimitExceededException', 409],
    [{ kind: 'error', name: 'InternalFailureException' }, 'InternalFailureException', 500],
    [{ kind: 'error', name: 'ServiceUnavailable' }, 'ServiceUnavailable', 503],
    [{ kind: 'error', name: 'UnsupportedUserEditionException' }, 'UnsupportedUserEditionException', 403],
    [{ kind: 'error', name: 'SurpriseException', status: 418 }, 'SurpriseException', 418],
  ] as const)('%p makes the SDK throw once, and starts no job', async (fault, name, status) => {
    const harness = await Harness.start();
    const added = harness.standIn.faults.add({ operation: 'StartAssetBundleExportJob', ...fault });
    await expect(harness.client().send(new StartAssetBundleExportJobCommand(STARTING))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
    expect([harness.standIn.jobs.length, added.struck]).toEqual([0, 1]);
    await harness.client().send(new StartAssetBundleExportJobCommand(STARTING));
    expect(harness.standIn.requests.map(({ fault: kind, status: answered, error }) => [kind, answered, error])).toEqual(
      [
        ['error', status, name],
        [undefined, 200, undefined],
      ],
    );
  });

  test('AccessDeniedException names the action and the resource', async () => {
    const harness = await Harness.start();
    harness.standIn.faults.add({ kind: 'error', name: 'AccessDeniedException' });
    await expect(harness.client().send(new DescribeAssetBundleExportJobCommand(JOB))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /not authorized to perform: quicksight:DescribeAssetBundleExportJob on resource: arn:.*:asset-bundle-export-job\/job/,
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('reset prevents the effect of the call', async () => {
    const harness = await Harness.start();
    harness.standIn.faults.add({ kind: 'reset' });
    await expect(harness.client().send(new StartAssetBundleExportJobCommand(STARTING))).rejects.toThrow(
      /ECONNRESET|socket hang up|aborted/,
    );
    expect(harness.standIn.jobs).toHaveLength(0);
  });

  test('lostAnswer follows the effect of the call, so that a retry of the SDK conflicts with its own job', async () => {
    const harness = await Harness.start();
    harness.standIn.faults.add({ kind: 'lostAnswer' });
    await expect(
      harness.client({ maxAttempts: 3 }).send(new StartAssetBundleExportJobCommand(STARTING)),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    expect(harness.standIn.jobs).toHaveLength(1);
    expect(harness.standIn.requests.map(({ status }) => status)).toEqual([undefined, 409]);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('hang with takesEffect %p starts %p jobs', async (takesEffect, jobs) => {
    let hangs: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      hangs = resolve;
    });
    const harness = await Harness.start({ onRequest: () => hangs() });
    harness.standIn.faults.add({ kind: 'hang', takesEffect });
    const abort = new AbortController();
    const call = harness.client().send(new StartAssetBundleExportJobCommand(STARTING), { abortSignal: abort.signal });
    await hanging;
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect([harness.standIn.jobs.length, harness.standIn.requests[0]?.status]).toEqual([jobs, undefined]);
  });

  test('hang ends when the stand-in stops', async () => {
    let hangs: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      hangs = resolve;
    });
    const harness = await Harness.start({ onRequest: () => hangs() });
    harness.standIn.faults.add({ kind: 'hang' });
    const call = harness.client().send(new DescribeAssetBundleExportJobCommand(JOB));
    const outcome = expect(call).rejects.toThrow();
    await hanging;
    await harness.standIn.stop();
    await outcome;
  });

  test.each([[{ kind: 'html' } as const], [{ kind: 'cut', afterBytes: 20, honestLength: true } as const]])(
    '%p returns invalid JSON with status 200',
    async (fault) => {
      const harness = await Harness.start();
      harness.standIn.faults.add(fault);
      await expect(
        harness.client().send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT })),
      ).rejects.toMatchObject({
        name: 'SyntaxError',
        $metadata: { httpStatusCode: 200 },
      });
    },
  );

  test('cut ends the body before its Content-Length', async () => {
    const harness = await Harness.start();
    harness.standIn.faults.add({ kind: 'cut', afterBytes: 20 });
    await expect(harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs`)).rejects.toMatchObject({
      code: 'ECONNRESET',
      received: expect.objectContaining({ length: 20 }),
    });
  });

  test('answer replaces status, headers and body', async () => {
    const harness = await Harness.start();
    harness.standIn.faults.add({ kind: 'answer', status: 407, headers: { 'x-proxy': 'yes' }, body: 'who are you' });
    const { status, headers, text } = await harness.raw('GET', '/');
    expect([status, headers['x-proxy'], text]).toEqual([407, 'yes', 'who are you']);
  });
});

describe('a fault of a download', () => {
  async function exported() {
    const harness = await Harness.start({ durations: { queuedMs: 0, runningMs: 0 } });
    await harness.client().send(new StartAssetBundleExportJobCommand(STARTING));
    const { DownloadUrl: url = '' } = await harness.client().send(new DescribeAssetBundleExportJobCommand(JOB));
    return { harness, url, right: await harness.get(url), faults: harness.standIn.faults };
  }

  test('expired makes S3 reject a new link', async () => {
    const { harness, url, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'expired' });
    expect(await harness.get(url)).toMatchObject({
      status: 403,
      text: expect.stringContaining('<Message>Request has expired</Message>'),
    });
    expect((await harness.get(url)).status).toBe(200);
  });

  test('error and s3ErrorPage return errors of S3, the latter with status 200', async () => {
    const { harness, url, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'error', name: 'SlowDown' });
    faults.add({ operation: 'Download', kind: 's3ErrorPage' });
    expect(await harness.get(url)).toMatchObject({
      status: 503,
      text: expect.stringContaining('<Code>SlowDown</Code>'),
    });
    expect(await harness.get(url)).toMatchObject({
      status: 200,
      text: expect.stringContaining('<Code>InternalError</Code>'),
    });
  });

  test('wrongBytes keeps the ETag and the length', async () => {
    const { harness, url, right, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'wrongBytes' });
    const wrong = await harness.get(url);
    expect([wrong.headers['etag'], wrong.content.length]).toEqual([right.headers['etag'], right.content.length]);
    expect(wrong.content.equals(right.content)).toBe(false);
  });

  test('changed returns other bytes with another ETag, and ignores If-Range of the old one', async () => {
    const { harness, url, right, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'changed', content: Buffer.from('other'), times: Infinity });
    const changed = await harness.get(url, { range: 'bytes=2-', 'if-range': right.headers['etag'] ?? '' });
    expect([changed.status, changed.text]).toEqual([200, 'other']);
    expect(changed.headers['etag']).not.toBe(right.headers['etag']);
    expect((await harness.get(url, { range: 'bytes=2-' })).text).toBe('her');
  });

  test('cut allows a range from its end on', async () => {
    const { harness, url, right, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'cut', afterBytes: 100 });
    const cut = await harness.get(url).catch((error: Error & { received?: Buffer }) => error.received);
    expect(cut).toEqual(right.content.subarray(0, 100));
    expect((await harness.get(url, { range: 'bytes=100-' })).content).toEqual(right.content.subarray(100));
  });

  test('cut after 0 bytes returns only the headers', async () => {
    const { harness, url, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'cut', afterBytes: 0 });
    expect(await harness.get(url).catch((error: Error & { received?: Buffer }) => error.received)).toEqual(
      Buffer.alloc(0),
    );
  });

  test('noRanges, noContentLength, headers and cut combine', async () => {
    const { harness, url, right, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'noRanges', times: Infinity });
    faults.add({ operation: 'Download', kind: 'noContentLength', times: Infinity });
    faults.add({
      operation: 'Download',
      kind: 'headers',
      headers: { etag: undefined, 'content-type': 'text/plain' },
      times: Infinity,
    });
    const { status, headers, content } = await harness.get(url, { range: 'bytes=5-' });
    expect([status, content.equals(right.content), headers['transfer-encoding'], headers['content-type']]).toEqual([
      200,
      true,
      'chunked',
      'text/plain',
    ]);
    expect(headers).not.toHaveProperty('content-length');
    expect(headers).not.toHaveProperty('accept-ranges');
    expect(headers).not.toHaveProperty('etag');
    faults.add({ operation: 'Download', kind: 'cut', afterBytes: 50 });
    await expect(harness.get(url)).rejects.toMatchObject({ received: right.content.subarray(0, 50) });
  });

  test('redirect returns its location', async () => {
    const { harness, url, faults } = await exported();
    faults.add({ operation: 'Download', kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
    expect(await harness.get(url)).toMatchObject({
      status: 307,
      headers: { location: 'http://127.0.0.1:1/elsewhere' },
    });
  });

  test('when() selects one range of one job', async () => {
    const { harness, url, faults } = await exported();
    faults.add({
      kind: 'html',
      when: ({ operation, jobId, range }) => operation === 'Download' && jobId === 'job' && range === 'bytes=7-',
    });
    expect((await harness.get(url, { range: 'bytes=8-' })).status).toBe(206);
    expect((await harness.get(url, { range: 'bytes=7-' })).text).toContain('<html>');
  });
});
