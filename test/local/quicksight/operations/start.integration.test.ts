import { ACCOUNT, arn, REGION } from '../fixtures';
import { describeJob, Harness, startJob } from '../harness';

afterEach(() => Harness.stopAll());

test('the id of a running job cannot be used again before the job ends', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  await startJob(client);
  await expect(startJob(client)).rejects.toMatchObject({
    name: 'ConflictException',
    $metadata: { httpStatusCode: 409 },
  });
  harness.pass(10);
  await startJob(client, { ResourceArns: [arn('theme/dark')] });
  expect(await describeJob(client)).toMatchObject({
    JobStatus: 'QUEUED_FOR_IMMEDIATE_EXECUTION',
    ResourceArns: [arn('theme/dark')],
  });
  expect(harness.standIn.jobs).toHaveLength(2);
});

test('each account and Region runs at most five jobs at once', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  for (const id of ['1', '2', '3', '4', '5']) await startJob(client, { AssetBundleExportJobId: id });
  await expect(startJob(client)).rejects.toMatchObject({
    name: 'LimitExceededException',
    $metadata: { httpStatusCode: 409 },
  });
  await startJob(harness.client({ region: 'us-east-1' }));
  await startJob(client, { AwsAccountId: '999999999999' });
  expect([
    harness.standIn.running(ACCOUNT, REGION),
    harness.standIn.maxRunning(ACCOUNT, REGION),
    harness.standIn.running(ACCOUNT, 'us-east-1'),
  ]).toEqual([5, 5, 1]);
  await expect(describeJob(client)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await describeJob(harness.client({ region: 'us-east-1' }))).Arn).toBe(
    `arn:aws:quicksight:us-east-1:${ACCOUNT}:asset-bundle-export-job/job`,
  );
  harness.pass(10);
  await startJob(client);
  expect([harness.standIn.running(ACCOUNT, REGION), harness.standIn.maxRunning(ACCOUNT, REGION)]).toEqual([1, 5]);
});
