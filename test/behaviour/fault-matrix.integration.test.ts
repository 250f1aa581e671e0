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
import type { Cell, Request } from '../support/fault-matrix-cases';
import { CELLS } from '../support/fault-matrix-cases';
import { startS3 } from '../support/s3-endpoint';

// A minute of waiting is a moment here, but what is refused for an hour is asked for a thousand times.
jest.setTimeout(60_000);

const HOUR = 3600 * 1000;
const TABLE = join(__dirname, '..', '..', 'docs', 'reference', 'fault-matrix.md');
const FOREIGN = ['assetbundle-foreign.qs', 'assetbundle-foreign.manifest.json'];

let s3: Awaited<ReturnType<typeof startS3>>;
let proxy: FaultyProxy;
let harness: HandlerHarness;
const outcomes = new Map<Cell, string>();

beforeAll(async () => {
  s3 = await startS3();
  proxy = await FaultyProxy.before(s3.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await s3.stop();
});

/** Of which some kilobytes stay when they are packed, and some megabytes. */
const SMALL = Array.from({ length: 2000 }, (_, n) => (n * 7919) % 1_000_003);
const LARGE = Array.from({ length: 160_000 }, (_, n) => createHash('sha256').update(String(n)).digest('base64'));

async function rigFor(data: readonly unknown[]): Promise<HandlerHarness> {
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
  return HandlerHarness.start(s3.endpoint, bucket, { assets }, proxy.endpoint);
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

/** What went before, and the request that meets the fault. */
async function requestOf(request: Request) {
  const create = cloudFormationEvent('Create', { RequestId: 'create', ResourceProperties: properties(FIRST) });
  if (request === 'Create') return { event: create, earlier: undefined };
  const earlier = await harness.deliver(create);
  if (request === 'Update') return { event: update('update', earlier.PhysicalResourceId, FIRST, SECOND), earlier };
  if (request === 'Delete') return { event: remove(earlier.PhysicalResourceId, FIRST), earlier };
  const after = await harness.deliver(update('update', earlier.PhysicalResourceId, FIRST, SECOND));
  return { event: update('rollback', after.PhysicalResourceId, SECOND, FIRST), earlier, after };
}

async function intact({ Data }: Success): Promise<void> {
  const manifest = await harness.manifest(Data.ManifestKey ?? '');
  expect(manifest.Attributes).toEqual(Data);
  expect((await harness.object(Data.ArtifactKey ?? '', Data.ArtifactVersionId)).length).toBe(Number(Data.ArtifactSize));
}

describe.each(['Create', 'Update', 'Rollback', 'Delete'] as const)('%s', (request) => {
  test.each(
    CELLS.filter((cell) => cell.request === request).map((cell) => [`${cell.step}: ${cell.fault}`, cell] as const),
  )('%s', async (_, cell) => {
    harness = await rigFor(cell.step === 'copy of 5 MB' ? LARGE : SMALL);
    const { event, earlier, after } = { after: undefined, ...(await requestOf(request)) };
    const [jobsBefore, timeBefore] = [harness.standIn.jobs.length, harness.now];
    cell.arrange?.({ standIn: harness.standIn, proxy, now: () => harness.now });
    if (cell.death) {
      const { dependencies, died } = crashAt(harness.dependencies, cell.death);
      // Only what the function did before it was stopped counts: nothing after it, not even its own cleaning up.
      await Promise.race([
        died,
        harness.deliver(event, { dependencies }).then(() => {
          throw new Error('it was not stopped');
        }),
      ]);
    }
    const result = await harness.deliver(event).catch((error: Error) => error);
    proxy.clear();
    harness.standIn.faults.clear();
    expect(harness.now - timeBefore).toBeLessThan(HOUR);
    const jobs = harness.standIn.jobs.length - jobsBefore;
    if (cell.expected === 'done') {
      if (result instanceof Error) throw result;
      expect(jobs).toBe(request === 'Create' || request === 'Update' ? 1 : 0);
      if (request !== 'Delete') await intact(result);
      if (request === 'Rollback') expect(result).toEqual(earlier);
      // Delivered once more, it gives the same.
      expect(await harness.deliver(event)).toEqual(result);
      outcomes.set(cell, request === 'Delete' ? 'removed' : 'the right artifact');
    } else {
      expect(result).toBeInstanceOf(Error);
      expect((result as Error).message).toMatch(cell.expected);
      expect(jobs).toBeLessThanOrEqual(1);
      outcomes.set(
        cell,
        `fails: “${(result as Error).message
          .replace(/\s+/g, ' ')
          .replaceAll(harness.bucket, 'BUCKET')
          .replace(/127\.0\.0\.1:\d+/g, 'HOST')
          .replace(/(Promotion-Sales)-[0-9a-f]{20}/g, '$1-…')
          .slice(0, 180)}…”`,
      );
    }
    await tidyUp(request, earlier, after, result);
    expect(JSON.stringify([harness.logged, result, result instanceof Error && result.message])).not.toMatch(
      /X-Amz-Signature|response-secret/,
    );
  });
});

/** What CloudFormation does next; in the end nothing is left but what was never ours. */
async function tidyUp(
  request: Request,
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
    await intact(earlier);
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  } else if (request === 'Rollback' && earlier && after) {
    await harness.deliver(remove(after.PhysicalResourceId, SECOND));
    await intact(earlier);
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  } else if (earlier && result instanceof Error) {
    await harness.deliver(remove(earlier.PhysicalResourceId, FIRST));
  }
  expect((await harness.versions()).filter((key) => !/\.manifest\.json$/.test(key) || FOREIGN.includes(key))).toEqual(
    [...FOREIGN].sort(),
  );
}

test('the table in the docs is what these tests made', () => {
  const rows = CELLS.map(
    (cell) => `| ${cell.request} | ${cell.step} | ${cell.fault} | ${outcomes.get(cell) ?? 'not run'} |`,
  );
  const table = [
    '# The fault matrix',
    '',
    'Made by `test/behaviour/fault-matrix.integration.test.ts`, which delivers each request to the handlers while the fault is there, over HTTP to the stand-in and to S3, in a time of its own. ' +
      '“The right artifact” is one job, one artifact, its manifest, and the same answer to a repeated delivery; whatever the outcome, what CloudFormation sends next ends with nothing lost and nothing left. ' +
      '`WRITE_DOCS=1 npm run test:integration -- fault-matrix` writes it anew.',
    '',
    '| request | step | fault | outcome |',
    '|---|---|---|---|',
    ...rows,
    '',
    `${rows.length} cells.`,
    '',
  ].join('\n');
  process.stdout.write(`${table}\n`);
  if (process.env.WRITE_DOCS) writeFileSync(TABLE, table);
  expect(existsSync(TABLE) && readFileSync(TABLE, 'utf8')).toBe(table);
});
