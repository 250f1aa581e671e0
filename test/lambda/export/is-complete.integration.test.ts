import type { Context } from 'aws-lambda';
import { AssetCatalog, QuickSightStandIn } from '../../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { S3Server } from '../../../testing/s3-server';
import { captureOutput } from '../../support/capture-output';

/* Both functions as Lambda loads them: their modules read the environment when they are loaded. */

const ENVIRONMENT = process.env;

let standIn: QuickSightStandIn;
let s3: S3Server;
let output: string[];
beforeEach(async () => {
  standIn = new QuickSightStandIn({
    assets: new AssetCatalog().add('dashboard/sales-overview', {
      resourceType: 'dashboard',
      dashboardId: 'sales-overview',
      name: 'Sales overview',
    }),
    durations: { queuedMs: 0, runningMs: 0 },
  });
  s3 = await new S3Server().start();
  process.env = {
    ...ENVIRONMENT,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_QUICKSIGHT: (await standIn.start()).url,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_LAMBDA_LOG_GROUP_NAME: '/our/log-group',
    AWS_LAMBDA_FUNCTION_NAME: 'is-complete',
    POWERTOOLS_SERVICE_NAME: 'asset-bundle-export',
  };
  output = captureOutput();
  jest.resetModules();
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = ENVIRONMENT;
  await standIn.stop();
  await s3.stop();
});

const EVENT = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactBucket: 'artifacts' } });
/** Its problems fill more than a response to CloudFormation. */
const INVALID = {
  ...EVENT,
  ResourceProperties: {
    ...EVENT.ResourceProperties,
    ResourceArns: Array.from({ length: 20 }, (_, n) => `${n}${'x'.repeat(190)}`),
  },
};
const remaining = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;
const load = async () => ({
  onEvent: (await import('../../../lambda/export/on-event')).handler,
  isComplete: (await import('../../../lambda/export/is-complete')).handler,
});

test('a Create passes through both functions and ends with one artifact', async () => {
  const { onEvent, isComplete } = await load();
  const accepted = await onEvent(EVENT);
  const result = await isComplete({ ...EVENT, ...accepted }, remaining(900_000));
  expect(result).toMatchObject({
    IsComplete: true,
    PhysicalResourceId: accepted.PhysicalResourceId,
    Data: { JobStatus: 'SUCCESSFUL', ArtifactBucket: 'artifacts' },
  });
  expect(s3.versions(`assetbundle-${accepted.PhysicalResourceId}.qs`)).toHaveLength(1);
  const lines = output
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['request accepted', 'export job started', 'bundle copied', 'request completed']),
  );
  expect(new Set(lines.map(({ service }) => service))).toEqual(new Set(['asset-bundle-export']));
  expect(output.join()).not.toMatch(/X-Amz-|response-secret/);
});

test('an invocation with time for one step only describes and starts, and does not wait', async () => {
  const { onEvent, isComplete } = await load();
  const accepted = await onEvent(EVENT);
  const from = Date.now();
  expect(await isComplete({ ...EVENT, ...accepted }, remaining(120_000))).toEqual({ IsComplete: false });
  expect(Date.now() - from).toBeLessThan(1_500);
  expect(standIn.jobs).toHaveLength(1);
});

test('an invocation sends a throttled call once, because the engine repeats it', async () => {
  standIn.faults.add({
    operation: 'DescribeAssetBundleExportJob',
    kind: 'error',
    name: 'ThrottlingException',
    status: 429,
    times: Infinity,
  });
  const { onEvent, isComplete } = await load();
  const accepted = await onEvent(EVENT);
  expect(await isComplete({ ...EVENT, ...accepted }, remaining(120_000))).toEqual({ IsComplete: false });
  expect(standIn.requests).toHaveLength(1);
});

describe('the log group that a failure names', () => {
  const failure = async (): Promise<unknown> =>
    (await load()).isComplete({ ...INVALID, PhysicalResourceId: 'x', RequestedTime: Date.now() }, remaining(900_000));

  test('is the one that Lambda reports', async () => {
    await expect(failure()).rejects.toThrow('Log group: /our/log-group, request');
  });

  test('is the default of the function when Lambda reports none', async () => {
    delete process.env.AWS_LAMBDA_LOG_GROUP_NAME;
    await expect(failure()).rejects.toThrow('Log group: /aws/lambda/is-complete, request');
  });

  test('is that of onEvent when onEvent rejects the request', async () => {
    await expect((await load()).onEvent(INVALID)).rejects.toThrow('Log group: /our/log-group, request');
  });
});
