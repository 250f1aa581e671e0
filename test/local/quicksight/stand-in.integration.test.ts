import { AssetCatalog } from '../../../local/quicksight';
import { ACCOUNT, catalog, REGION } from './fixtures';
import { describeJob, Harness, START_OF_TIME, startJob } from './harness';

afterEach(() => Harness.stopAll());

test('each account and Region has its own assets', async () => {
  const harness = await Harness.start({ assets: ({ account }) => (account === ACCOUNT ? catalog() : undefined) });
  harness.standIn.setAssets(ACCOUNT, 'us-east-1', new AssetCatalog().add('theme/other', {}));
  const status = async (region: string, account: string, resource: string) => {
    const client = harness.client({ region });
    await startJob(client, {
      AwsAccountId: account,
      ResourceArns: [`arn:aws:quicksight:${region}:${account}:${resource}`],
    });
    harness.pass(10);
    return (await describeJob(client, { AwsAccountId: account })).JobStatus;
  };
  expect(await status(REGION, ACCOUNT, 'theme/dark')).toBe('SUCCESSFUL');
  expect(await status('us-east-1', ACCOUNT, 'theme/dark')).toBe('FAILED');
  expect(await status('us-east-1', ACCOUNT, 'theme/other')).toBe('SUCCESSFUL');
  expect(await status(REGION, '999999999999', 'theme/dark')).toBe('FAILED');
});

test('the stand-in records requests, and calls onRequest after each answer', async () => {
  const reported: unknown[] = [];
  const harness = await Harness.start({ onRequest: ({ operation, status }) => reported.push([operation, status]) });
  const client = harness.client();
  await startJob(client);
  await expect(describeJob(client, { AssetBundleExportJobId: 'no' })).rejects.toThrow();
  expect(harness.standIn.requests).toEqual([
    {
      operation: 'StartAssetBundleExportJob',
      method: 'POST',
      account: ACCOUNT,
      region: REGION,
      jobId: 'job',
      at: START_OF_TIME,
      status: 200,
    },
    {
      operation: 'DescribeAssetBundleExportJob',
      method: 'GET',
      account: ACCOUNT,
      region: REGION,
      jobId: 'no',
      at: START_OF_TIME,
      status: 404,
      error: 'ResourceNotFoundException',
    },
  ]);
  expect(reported).toEqual([
    ['StartAssetBundleExportJob', 200],
    ['DescribeAssetBundleExportJob', 404],
  ]);
});

test('durationsOf and describeOverride apply to single jobs', async () => {
  const harness = await Harness.start({
    durationsOf: ({ AssetBundleExportJobId: id }) => (id === 'quick' ? { queuedMs: 0, runningMs: 0 } : undefined),
  });
  const client = harness.client();
  await startJob(client, { AssetBundleExportJobId: 'quick' });
  await startJob(client);
  expect([
    (await describeJob(client, { AssetBundleExportJobId: 'quick' })).JobStatus,
    (await describeJob(client)).JobStatus,
  ]).toEqual(['SUCCESSFUL', 'QUEUED_FOR_IMMEDIATE_EXECUTION']);
  harness.standIn.describeOverride = (answer, { jobId, region }) => ({ ...answer, JobStatus: `${jobId} in ${region}` });
  expect((await describeJob(client)).JobStatus).toBe(`job in ${REGION}`);
});

describe('the server of the stand-in', () => {
  test('listens only on the loopback interface, and only once', async () => {
    const harness = await Harness.start();
    await expect(harness.standIn.start()).rejects.toThrow('is already running');
    await harness.standIn.stop();
    await expect(harness.standIn.start({ host: '0.0.0.0' })).rejects.toThrow(
      'listens only on the loopback interface. Use 127.0.0.1, ::1 or localhost instead of 0.0.0.0.',
    );
    await harness.standIn.stop();
    expect((await harness.standIn.start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('rejects a port that is in use', async () => {
    const [one, other] = [await Harness.start(), await Harness.start()];
    await other.standIn.stop();
    const port = Number(new URL(one.url).port);
    await expect(other.standIn.start({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is already in use. Stop the process that listens on it, or choose another port (0 selects a free one).`,
    );
  });
});
