import { lookup } from 'node:dns';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { DescribeAssetBundleExportJobCommand, QuickSightClient } from '@aws-sdk/client-quicksight';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { classifyError } from '../../../lambda/aws/classify-error';
import { quickSight } from '../../../lambda/aws/quicksight-client';
import type { ExportRequest } from '../../../lib/contract/export-resource';

/** No resolver has a host below `.invalid`: RFC 6761, section 6.4. */
const HOST = 'quicksight.us-west-1.invalid';

/** Jest has its own Error class, and the SDK hides errors that are not instances of it. */
const lookupWithErrorsOfJest: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, options, (error, ...addresses) =>
    callback(error && Object.assign(new Error(error.message), { ...error }), ...addresses),
  );

const OPTIONS = {
  requestHandler: { httpsAgent: new Agent({ lookup: lookupWithErrorsOfJest }) },
  endpoint: `https://${HOST}`,
  region: 'us-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (error: unknown) => error,
  );

test('the SDK reports a host that does not exist by the code and the host name of the error', async () => {
  const client = new QuickSightClient(OPTIONS);
  const command = new DescribeAssetBundleExportJobCommand({
    AwsAccountId: '123456789012',
    AssetBundleExportJobId: 'x',
  });
  expect(await failureOf(client.send(command))).toMatchObject({ name: 'Error', code: 'ENOTFOUND', hostname: HOST });
});

test('a region without an endpoint of QuickSight is reported with its name', async () => {
  const client = quickSight(new QuickSightClient(OPTIONS));
  const job = { partition: 'aws', region: 'us-west-1', account: '123456789012', jobId: 'x' };
  const request = { ResourceArns: [], ExportFormat: 'QUICKSIGHT_JSON' } as unknown as ExportRequest;
  for (const call of [
    () => client.describe(job),
    () => client.start(job, request),
    () => client.definitionErrors('arn:aws:quicksight:us-west-1:123456789012:dashboard/sales'),
    () => client.definitionErrors('arn:aws:quicksight:us-west-1:123456789012:analysis/sales'),
  ])
    expect(await failureOf(call())).toMatchObject({
      kind: 'unresolved',
      message: expect.stringContaining(
        `QuickSight has no endpoint in us-west-1: the host name ${HOST} does not resolve`,
      ),
    });
});

test('a host of S3 that does not exist is reported with its name', async () => {
  const s3 = new S3Client({ ...OPTIONS, endpoint: 'https://s3.us-west-1.invalid' });
  const error = await failureOf(s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' })));
  expect(classifyError(error, { action: 's3:GetObject', resource: 's3://bucket/key' })).toMatchObject({
    kind: 'unresolved',
    message: expect.stringContaining('the host name bucket.s3.us-west-1.invalid does not resolve (s3:GetObject)'),
  });
});
