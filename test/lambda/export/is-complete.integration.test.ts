import { Readable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { AssetCatalog, QuickSightStandIn } from '../../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { S3Server, s3Error } from '../../../testing/s3-server';
import { capturePrinted } from '../../support/capture-output';

/** The functions as Lambda starts them: modules that read the environment when they are loaded. */
let standIn: QuickSightStandIn;
let s3: S3Server;
let printed: string[];
const before = { ...process.env };

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
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_QUICKSIGHT: (await standIn.start()).url,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_LAMBDA_LOG_GROUP_NAME: '/our/log-group',
    AWS_LAMBDA_FUNCTION_NAME: 'is-complete',
    AWS_LAMBDA_LOG_FORMAT: undefined,
  });
  printed = capturePrinted();
  jest.resetModules();
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  await standIn.stop();
  await s3.stop();
});

const EVENT = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactBucket: 'artifacts' } });
/** What is wrong with it takes more than an answer holds. */
const LONG_REFUSAL = {
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

test('a Create goes through both functions', async () => {
  const { onEvent, isComplete } = await load();
  const from = Date.now();
  const accepted = await onEvent(EVENT);
  expect(accepted.RequestedTime).toBeGreaterThanOrEqual(from);
  const result = await isComplete({ ...EVENT, ...accepted }, remaining(900_000));
  expect(result).toMatchObject({
    IsComplete: true,
    PhysicalResourceId: accepted.PhysicalResourceId,
    Data: { JobStatus: 'SUCCESSFUL', ArtifactBucket: 'artifacts' },
  });
  expect(s3.versions(`assetbundle-${accepted.PhysicalResourceId}.qs`)).toHaveLength(1);
  const lines = printed
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['request accepted', 'export job started', 'bundle copied', 'request completed']),
  );
  expect(printed.join()).not.toMatch(/X-Amz-|response-secret/);
});

test('an invocation leaves in time to be called again', async () => {
  const { onEvent, isComplete } = await load();
  const accepted = await onEvent(EVENT);
  // Nothing is left but what a last step may need: one look, and no waiting.
  const from = Date.now();
  expect(await isComplete({ ...EVENT, ...accepted }, remaining(120_000))).toEqual({ IsComplete: false });
  expect(Date.now() - from).toBeLessThan(1_500);
  expect(standIn.jobs).toHaveLength(1);
});

test.each([
  ['as Lambda names it', '/our/log-group', '/our/log-group'],
  ["by the function's name where it does not", undefined, '/aws/lambda/is-complete'],
])('a failure names the log group %s', async (_, given, named) => {
  if (given === undefined) delete process.env.AWS_LAMBDA_LOG_GROUP_NAME;
  const { isComplete } = await load();
  await expect(
    isComplete({ ...LONG_REFUSAL, PhysicalResourceId: 'x', RequestedTime: Date.now() }, remaining(900_000)),
  ).rejects.toThrow(`in the log group ${named}, request`);
});

test('what onEvent refuses names the log group, too', async () => {
  await expect((await load()).onEvent(LONG_REFUSAL)).rejects.toThrow('in the log group /our/log-group, request');
});

test("links of QuickSight's own origin are followed only where its endpoint was configured", async () => {
  const { systemDependencies } = await import('../../../lambda/export/system-dependencies');
  expect(systemDependencies().quickSightEndpoint).toBe(process.env.AWS_ENDPOINT_URL_QUICKSIGHT);
  delete process.env.AWS_ENDPOINT_URL_QUICKSIGHT;
  expect(systemDependencies()).not.toHaveProperty('quickSightEndpoint');
});

test('a call is tried once: what repeats it is the loop that knows of the deadline', async () => {
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

test('a large body that S3 refuses is told by our own lines alone', async () => {
  const { systemDependencies } = await import('../../../lambda/export/system-dependencies');
  const warn = jest.spyOn(console, 'warn');
  const size = 5 * 1024 * 1024;
  s3.instead = () => s3Error(503, 'SlowDown');
  const body = { size, bytes: Readable.from([Buffer.alloc(size)]) };
  await expect(
    systemDependencies()
      .storeOf({ ArtifactBucket: 'artifacts', ArtifactPrefix: '' })
      .writeOnce('key', 'job', body, 'application/zip'),
  ).rejects.toThrow('s3:PutObject returned SlowDown');
  expect(warn).not.toHaveBeenCalled();
});
