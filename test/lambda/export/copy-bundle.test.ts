import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { RetryableError } from '../../../lambda/core/errors';
import { copyBundle } from '../../../lambda/export/copy-bundle';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zip } from '../../../testing/zip';
import { InMemoryDependencies } from '../../support/in-memory-dependencies';
import { LINK_SECRET } from '../../support/in-memory-quicksight';

const CREATE = cloudFormationEvent('Create');
const TEMPLATE_CREATE = cloudFormationEvent('Create', {
  ResourceProperties: { ...PROPERTIES, ExportFormat: 'CLOUDFORMATION_JSON' },
});
const JOB = jobIdOf(CREATE);
const TEMPLATE = '{"Resources":{"Sales":{"Type":"AWS::QuickSight::Dashboard","Properties":{"Name":"Sales"}}}}';
const [ARTIFACT, TEMPLATE_ARTIFACT, MANIFEST] = ['qs', 'json', 'manifest.json'].map(
  (ending) => `assetbundle-${JOB}.${ending}`,
) as [string, string, string];

afterEach(() => expect(readdirSync(FOLDER.path)).toEqual([]));
const FOLDER = new TemporaryFolder();

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
  dependencies.spoolFolder = FOLDER.path;
});

const serve = (content: string | Buffer): void => {
  dependencies.bundle = Buffer.from(content);
};
const links = (): string[] =>
  dependencies.fetched.map(({ link }) => (link.scheme === 's3' ? 's3' : String(link.url.searchParams.get('n'))));
const waits = () => dependencies.logged.map(({ reason }) => reason);
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('the artifact', () => {
  test('is the downloaded file, byte for byte', async () => {
    const { Data } = await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)).toEqual({
      body: bundle,
      jobId: JOB,
      versionId: 'v1',
      contentType: 'application/zip',
    });
    expect(Data).toMatchObject({
      ArtifactKey: ARTIFACT,
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
      ArtifactSha256: sha256(bundle),
    });
  });

  test('is a template when the format is CLOUDFORMATION_JSON', async () => {
    serve(TEMPLATE);
    const { Data } = await dependencies.deliver(TEMPLATE_CREATE);
    expect(Data).toMatchObject({ ArtifactKey: TEMPLATE_ARTIFACT, AssetCount: '1', ArtifactSha256: sha256(TEMPLATE) });
    expect(dependencies.bucket().get(TEMPLATE_ARTIFACT)).toMatchObject({
      body: Buffer.from(TEMPLATE),
      contentType: 'application/json',
    });
  });

  test('may be a zip when a template was requested: the bytes decide', async () => {
    expect((await dependencies.deliver(TEMPLATE_CREATE)).Data).toMatchObject({
      ArtifactKey: ARTIFACT,
      ExportFormat: 'CLOUDFORMATION_JSON',
    });
  });

  test('may arrive byte by byte', async () => {
    dependencies.answers = [() => ({ body: Readable.from([...bundle].map((byte) => Buffer.from([byte]))) })];
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is downloaded once when the server sends no length', async () => {
    dependencies.answers = [() => ({ totalBytes: undefined })];
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({ ArtifactSize: String(bundle.length) });
    expect(dependencies.fetched).toHaveLength(1);
  });
});

describe('an invalid bundle', () => {
  test.each([
    ['text', 'plain text that is quite long', 'the file is neither a zip nor JSON: it starts with "plain text that "'],
    ['nothing', '', 'the file is empty'],
    ['JSON', '{"Message":"no"}', 'the file is JSON without Resources: neither a zip nor a CloudFormation template'],
    ['a template', TEMPLATE, 'the file is a template and not a zip'],
    ['half a zip', 'PK\x03\x04 and nothing that follows', 'the zip cannot be read: End of central directory [^(]*'],
  ])('fails after three downloads, and nothing is stored: %s', async (_, content, problem) => {
    serve(content);
    expect(await dependencies.failure(CREATE)).toMatch(
      new RegExp(
        `^Job ${JOB} did not produce a valid QUICKSIGHT_JSON bundle: ${problem} \\(3 downloads\\)\\. Nothing was stored\\. ` +
          'Deploy again, or export the assets in smaller groups to find the one that QuickSight cannot export\\.$',
      ),
    );
    expect(dependencies.fetched).toHaveLength(3);
    expect(dependencies.slept.slice(-2)).toEqual([750, 1500]);
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('is reported without a link', async () => {
    serve('https://example.com/secret?secret');
    expect(await dependencies.failure(CREATE)).not.toContain('/secret');
  });

  test('may be transient: the next download counts', async () => {
    const damaged = Buffer.concat([bundle.subarray(0, 50), Buffer.alloc(20)]);
    dependencies.answers = [() => ({ body: Readable.from([damaged]), totalBytes: damaged.length }), () => ({})];
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)).toMatchObject({ body: bundle, versionId: 'v1' });
    expect(dependencies.bucket().keys).toEqual([MANIFEST, ARTIFACT]);
  });
});

test('a bundle that exceeds a limit of the reader fails after one download, and nothing is stored', async () => {
  serve(`{"Resources":{"Sales":${'['.repeat(1000)}`);
  expect(await dependencies.failure(TEMPLATE_CREATE)).toBe(
    `The bundle of job ${JOB} was not stored: Resources/Sales has more than 500 levels of objects and lists, which is the limit. ` +
      'Export it as QUICKSIGHT_JSON, which has no such limit.',
  );
  expect(dependencies.fetched).toHaveLength(1);
  expect(dependencies.bucket().keys).toEqual([MANIFEST]);
});

describe('the link', () => {
  test('is that of the Describe that found the job successful, and is used once', async () => {
    await dependencies.deliver(CREATE);
    expect(links()).toEqual([String(dependencies.quickSight.describes)]);
    dependencies = new InMemoryDependencies(bundle);
    dependencies.answers = [new Error('reset'), () => ({ status: 403 }), () => ({})];
    await dependencies.deliver(CREATE);
    expect(new Set(links()).size).toBe(3);
    expect(links().at(-1)).toBe(String(dependencies.quickSight.describes));
  });

  test.each([
    [4 * 60_000 - 1, 0],
    [4 * 60_000, 1],
  ])('of an age of %d ms is renewed %d times', async (age, times) => {
    const request = exportResourceRequest({
      ...CREATE,
      PhysicalResourceId: JOB,
      RequestedTime: dependencies.time,
    });
    await dependencies.quickSight.start(request, request.properties);
    dependencies.time += 10_000;
    const job = await dependencies.quickSight.describe(request);
    const describedTime = dependencies.time;
    dependencies.time += age;
    await copyBundle(request, job as ExportJob, describedTime, dependencies);
    expect(dependencies.quickSight.describes).toBe(1 + times);
    expect(links()).toEqual([String(1 + times)]);
  });

  test('may be missing for some seconds', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) =>
      job && { ...job, ...(dependencies.time < from + 10_000 && { DownloadUrl: undefined }) };
    await dependencies.deliver(CREATE);
    expect(waits()).toContain('the job is SUCCESSFUL, but has no DownloadUrl yet');
  });

  test('that remains missing fails the request, with the status of the job', async () => {
    dependencies.quickSight.change = (job) => job && { ...job, DownloadUrl: undefined };
    const from = dependencies.time;
    expect(await dependencies.failure(CREATE)).toBe(
      `Job ${JOB} has no DownloadUrl (status: SUCCESSFUL). Deploy again to run a new job.`,
    );
    expect(dependencies.time - from).toBeLessThan(30_000);
  });

  test.each<[string, (job: ExportJob) => ExportJob | undefined]>([
    ['Describe returns no link', (job) => ({ ...job, DownloadUrl: undefined })],
    ['Describe does not return the job', () => undefined],
  ])('may be missing in the middle of a copy: %s', async (_, change) => {
    let isCut = false;
    let missing = 3;
    dependencies.answers = [
      () => {
        isCut = true;
        return { body: Readable.from([bundle.subarray(0, 10)]) };
      },
      () => ({}),
    ];
    dependencies.quickSight.change = (job) => (job && isCut && missing-- > 0 ? change(job) : job);
    await dependencies.deliver(CREATE);
    expect(missing).toBeLessThan(1);
    expect(dependencies.quickSight.starts).toHaveLength(1);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is followed to the hosts of the partition and of the endpoint', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, ...(job.DownloadUrl && { DownloadUrl: `http://127.0.0.1:4570/${LINK_SECRET}` }) };
    expect(await dependencies.failure(CREATE)).toContain('points to http://127.0.0.1:4570');
    Object.assign(dependencies, { quickSightEndpoint: 'http://127.0.0.1:4570' });
    await expect(
      dependencies.deliver(cloudFormationEvent('Create', { RequestId: 'request-2' })),
    ).resolves.toBeDefined();
  });
});

describe('a busy S3', () => {
  const busyFor = (times: number) => {
    let left = times;
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${ARTIFACT}` && left-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
  };

  test('gets the same file up to three times', async () => {
    busyFor(2);
    await dependencies.deliver(CREATE);
    expect(dependencies.fetched).toHaveLength(1);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('leads to a new download after three attempts', async () => {
    busyFor(3);
    await dependencies.deliver(CREATE);
    expect(dependencies.fetched).toHaveLength(2);
    expect(waits()).toContain('SlowDown');
  });

  test('is not retried with the same file when access is denied', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${ARTIFACT}` && dependencies.fetched.length === 1) {
        throw new RetryableError('denied', 'AccessDenied');
      }
    };
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().calls.filter((call) => call === `writeOnce ${ARTIFACT}`)).toHaveLength(2);
  });
});

test('a delivery whose copy fails returns the answer of the delivery that succeeded', async () => {
  const first = await dependencies.deliver(CREATE);
  const manifest = dependencies.bucket().get(MANIFEST)?.body ?? '';
  dependencies.bucket().drop(MANIFEST);
  serve('no zip');
  dependencies.bucket().before = (call) => {
    if (call === `writeOnce ${MANIFEST}`) dependencies.bucket().put(MANIFEST, manifest, JOB);
  };
  expect(await dependencies.deliver(CREATE)).toEqual(first);
});

describe('an object under the key of the artifact', () => {
  test('is adopted when it is the same bundle of the same job', async () => {
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
      ArtifactSha256: sha256(bundle),
    });
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('discardCurrent'))).toEqual([]);
  });

  test.each([
    ['another size', (right: Buffer) => right.subarray(1)],
    ['other bytes', (right: Buffer) => Buffer.alloc(right.length)],
  ])('is replaced when the job wrote it, but it has %s', async (_, change) => {
    dependencies.bucket().put(ARTIFACT, change(bundle), JOB);
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({ ArtifactVersionId: 'v2' });
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is replaced only once in one attempt: then another delivery is writing', async () => {
    let replaced = 0;
    dependencies.bucket().put(ARTIFACT, 'damaged', JOB);
    dependencies.bucket().after = (call) => {
      if (call.startsWith('discard') && replaced++ === 0) dependencies.bucket().put(ARTIFACT, 'damaged again', JOB);
    };
    await dependencies.deliver(CREATE);
    expect(waits()).toContain(`another delivery of this request is writing s3://artifacts/${ARTIFACT}`);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is awaited when it disappears before it is read', async () => {
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    dependencies.bucket().before = (call) => {
      if (call === `find ${ARTIFACT}`) dependencies.bucket().drop(ARTIFACT);
    };
    await dependencies.deliver(CREATE);
    expect(waits()).toContain(`another delivery of this request is writing s3://artifacts/${ARTIFACT}`);
  });

  test('is not replaced while it cannot be read', async () => {
    let refusals = 3;
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    dependencies.bucket().before = (call) => {
      if (call === `find ${ARTIFACT}` && refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect((await dependencies.deliver(CREATE)).Data?.ArtifactVersionId).toBe('v1');
    expect(waits()).toContain('SlowDown');
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('discardCurrent'))).toEqual([]);
  });

  test('of somebody else fails the request, and is kept', async () => {
    dependencies.bucket().put(ARTIFACT, bundle, 'other-job');
    expect(await dependencies.failure(CREATE)).toBe(`${ARTIFACT} is of somebody else.`);
    expect(dependencies.bucket().get(ARTIFACT)).toMatchObject({ jobId: 'other-job', versionId: 'v1' });
  });
});
