import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { AssetCatalog } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { FaultyProxy } from '../../testing/fault-proxy';
import type { Success } from '../../testing/handler-harness';
import { HandlerHarness } from '../../testing/handler-harness';
import { crashAt } from '../support/crash-at';
import { failureMessage } from '../support/failure-message';
import { deathSection } from '../support/fault-matrix/death-cases';
import type { FaultCase, RequestKind } from '../support/fault-matrix/fault-case';
import { FAULT_MATRIX_CASES } from '../support/fault-matrix-cases';
import { startS3 } from '../support/s3-endpoint';

// Waiting takes no time here, but a fault that lasts until the timeout takes a thousand requests.
jest.setTimeout(60_000);

const HOUR_MS = 3600 * 1000;
const EXCERPT_LENGTH = 180;
const DOCUMENT = join(__dirname, '..', '..', 'docs', 'reference', 'fault-matrix.md');
/** The type as QuickSight spells it, and the words of IAM. */
const DENIAL = {
  Arn: 'arn:aws:quicksight::aws:theme/CLASSIC',
  Type: 'com.amazonaws.services.quicksight.model.AccessDeniedException',
  Message: 'User is not authorized to perform: quicksight:DescribeTheme on resource',
};
/** Objects in the bucket that no export owns. */
const FOREIGN = ['assetbundle-foreign.qs', 'assetbundle-foreign.manifest.json'];

let s3: Awaited<ReturnType<typeof startS3>>;
let proxy: FaultyProxy;
let harness: HandlerHarness;
let deniedUntil = 0;
const outcomes = new Map<FaultCase, string>();

beforeAll(async () => {
  s3 = await startS3();
  proxy = await FaultyProxy.before(s3.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await s3.stop();
});

/** Data of a dashboard whose zip file has some kilobytes, and of one with 5 MB. */
const SMALL = Array.from({ length: 2000 }, (_, n) => (n * 7919) % 1_000_003);
const LARGE = Array.from({ length: 160_000 }, (_, n) => createHash('sha256').update(String(n)).digest('base64'));

async function startHarness(data: readonly unknown[]): Promise<HandlerHarness> {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  });
  const bucket = `faults-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const assets = new AssetCatalog().add('dashboard/sales-overview', {
    resourceType: 'dashboard',
    dashboardId: 'sales-overview',
    name: 'Sales overview',
    data,
  });
  for (const Key of FOREIGN) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '{}' }));
  deniedUntil = 0;
  const jobErrors = () => (harness.now < deniedUntil ? [DENIAL] : []);
  return HandlerHarness.start(s3.endpoint, bucket, { assets, jobErrors }, proxy.endpoint);
}
afterEach(async () => {
  proxy.clear();
  await harness.stop();
});

const FIRST = { RemovalPolicy: 'DESTROY' };
const SECOND = { RemovalPolicy: 'DESTROY', IncludeTags: 'true' };
const properties = (change: object) => ({ ...PROPERTIES, ArtifactBucket: harness.bucket, ...change });
const remove = (PhysicalResourceId: string, change: object) =>
  cloudFormationEvent('Delete', {
    RequestId: `delete-${PhysicalResourceId}`,
    PhysicalResourceId,
    ResourceProperties: properties(change),
  });
const update = (RequestId: string, PhysicalResourceId: string, from: object, to: object) =>
  cloudFormationEvent('Update', {
    RequestId,
    PhysicalResourceId,
    OldResourceProperties: properties(from),
    ResourceProperties: properties(to),
  });

/** Delivers the earlier requests. Returns their results, and the request that meets the fault. */
async function requestOf(request: RequestKind) {
  const create = cloudFormationEvent('Create', { RequestId: 'create', ResourceProperties: properties(FIRST) });
  if (request === 'Create') return { event: create, earlier: undefined };
  const earlier = await harness.deliver(create);
  if (request === 'Update') return { event: update('update', earlier.PhysicalResourceId, FIRST, SECOND), earlier };
  if (request === 'Delete') return { event: remove(earlier.PhysicalResourceId, FIRST), earlier };
  const after = await harness.deliver(update('update', earlier.PhysicalResourceId, FIRST, SECOND));
  return { event: update('rollback', after.PhysicalResourceId, SECOND, FIRST), earlier, after };
}

async function expectIntact({ Data }: Success): Promise<void> {
  const manifest = await harness.manifest(Data.ManifestKey ?? '');
  expect(manifest.Attributes).toEqual(Data);
  expect((await harness.object(Data.ArtifactKey ?? '', Data.ArtifactVersionId)).length).toBe(Number(Data.ArtifactSize));
}

describe.each(['Create', 'Update', 'Rollback', 'Delete'] as const)('%s', (request) => {
  test.each(
    FAULT_MATRIX_CASES.filter((faultCase) => faultCase.request === request).map(
      (faultCase) => [`${faultCase.step}: ${faultCase.fault}`, faultCase] as const,
    ),
  )('%s', async (_, faultCase) => {
    const { step, arrange, crashPoint, expected } = faultCase;
    harness = await startHarness(step === 'copy of 5 MB' ? LARGE : SMALL);
    const { event, earlier, after } = { after: undefined, ...(await requestOf(request)) };
    const [jobsBefore, timeBefore] = [harness.standIn.jobs.length, harness.now];
    const denyJobsUntil = (time: number) => {
      deniedUntil = time;
    };
    arrange?.({
      standIn: harness.standIn,
      proxy,
      now: () => harness.now,
      denyJobsUntil,
      resolveQuickSight: (condition) => {
        harness.resolvesQuickSight = condition;
      },
    });
    if (crashPoint) {
      const { dependencies, crashed } = crashAt(harness.dependencies, crashPoint);
      // An invocation that does not respond cannot clean up either.
      await Promise.race([
        crashed,
        harness.deliver(event, { dependencies }).then(() => {
          throw new Error('the first invocation responded');
        }),
      ]);
    }
    const result = await harness.deliver(event).catch((error: Error) => error);
    proxy.clear();
    harness.standIn.faults.clear();
    deniedUntil = 0;
    harness.resolvesQuickSight = () => true;
    expect(harness.now - timeBefore).toBeLessThan(HOUR_MS);
    const started = harness.standIn.jobs.slice(jobsBefore);
    const jobs = started.filter(({ job }) => job.collected.errors.length === 0).length;
    if (expected === 'done') {
      if (result instanceof Error) throw result;
      expect(jobs).toBe(request === 'Create' || request === 'Update' ? 1 : 0);
      if (request !== 'Delete') await expectIntact(result);
      if (request === 'Rollback') expect(result).toEqual(earlier);
      // A repeated delivery has the same result.
      expect(await harness.deliver(event)).toEqual(result);
      outcomes.set(faultCase, request === 'Delete' ? 'removed' : 'the right artifact');
    } else {
      expect(result).toBeInstanceOf(Error);
      expect((result as Error).message).toMatch(expected);
      expect(jobs).toBeLessThanOrEqual(faultCase.jobs ?? 1);
      outcomes.set(faultCase, `fails: “${excerpt(result as Error)}”`);
    }
    await finish(request, earlier, after, result);
    expect(JSON.stringify([harness.logged, result, result instanceof Error && result.message])).not.toMatch(
      /X-Amz-Signature|response-secret/,
    );
  });
});

/** The start of a message, without the values that differ from run to run. */
function excerpt(failure: Error): string {
  const text = failureMessage(failure)
    .replace(/\s+/g, ' ')
    .replaceAll(harness.bucket, 'BUCKET')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/(Promotion-Sales)-[0-9a-f]{8}-[0-9a-f]{20}/g, '$1-…');
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text;
}

/** Delivers what CloudFormation sends next. Afterwards the bucket has only the objects that no export owns. */
async function finish(
  request: RequestKind,
  earlier: Success | undefined,
  after: Success | undefined,
  result: Success | Error,
): Promise<void> {
  if (request === 'Create') {
    await harness.deliver(remove(jobIdOf(cloudFormationEvent('Create', { RequestId: 'create' })), FIRST));
  } else if (request === 'Update' && earlier) {
    if (result instanceof Error)
      expect(await harness.deliver(update('rollback', earlier.PhysicalResourceId, SECOND, FIRST))).toEqual(earlier);
    else await harness.deliver(remove(result.PhysicalResourceId, SECOND));
    await expectIntact(earlier);
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  } else if (request === 'Rollback' && earlier && after) {
    await harness.deliver(remove(after.PhysicalResourceId, SECOND));
    await expectIntact(earlier);
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  } else if (earlier && result instanceof Error) {
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  }
  const manifests = (await harness.versions()).filter(
    (key) => key.endsWith('.manifest.json') && !FOREIGN.includes(key),
  );
  expect((await harness.versions()).filter((key) => !manifests.includes(key))).toEqual([...FOREIGN].sort());
  for (const key of manifests) expect(await harness.manifest(key)).not.toHaveProperty('Artifact');
}

test('the document has the outcomes of these tests', () => {
  const rows = FAULT_MATRIX_CASES.map(
    (faultCase) =>
      `| ${faultCase.request} | ${faultCase.step} | ${faultCase.fault} | ${outcomes.get(faultCase) ?? 'not run'} |`,
  );
  const text = [
    '# The fault matrix',
    '',
    'Every row is a test, over HTTP to the QuickSight stand-in and to S3. The clock is simulated.',
    '',
    '## Faults of the services',
    '',
    'The test delivers a request to the handlers while one fault is present.',
    '',
    '- “The right artifact”: one export job, one artifact with its manifest, and the same response to a repeated delivery.',
    '- “Removed”: the bucket has no object of the export.',
    '- “Fails”: the start of the message that the stack events show. Its last line names the log group.',
    '- “Delivered again”: the first invocation does not respond, and the waiter invokes the handler again. That happens when the invocation lasts longer than the three minutes that the framework waits, also if Lambda ends the function later.',
    '',
    'After each row, the test delivers the requests that CloudFormation sends next. No artifact is lost. Only manifests without an artifact are left behind.',
    '',
    '| request | step | fault | outcome |',
    '|---|---|---|---|',
    ...rows,
    '',
    `${rows.length} cells.`,
    '',
    ...deathSection(),
    '',
    '`WRITE_DOCS=1 npm run test:integration -- fault-matrix` generates this document from `test/behaviour/fault-matrix.integration.test.ts` and `test/support/fault-matrix/`.',
    '',
  ].join('\n');
  process.stdout.write(`${text}\n`);
  if (process.env.WRITE_DOCS) writeFileSync(DOCUMENT, text);
  expect(existsSync(DOCUMENT) && readFileSync(DOCUMENT, 'utf8')).toBe(text);
});
