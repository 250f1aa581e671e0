import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { RetryableError } from '../../../lambda/core/errors';
import { copyBundle } from '../../../lambda/export/copy-bundle';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
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

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

const serve = (content: string | Buffer): void => {
  dependencies.bundle = Buffer.from(content);
};
const links = (): string[] =>
  dependencies.fetched.map(({ link }) => (link.scheme === 's3' ? 's3' : String(link.url.searchParams.get('n'))));

describe('what is copied', () => {
  test('is the file byte for byte, under its name and with what it is', async () => {
    const types: string[] = [];
    const { store } = dependencies.bucket();
    Object.assign(dependencies, {
      storeOf: () => ({
        ...store,
        writeOnce: (...args: Parameters<typeof store.writeOnce>) => {
          types.push(`${args[0]} ${args[3]}`);
          return store.writeOnce(...args);
        },
      }),
    });
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)).toMatchObject({ body: bundle, jobId: JOB });
    expect(types).toEqual([`${ARTIFACT} application/zip`, `${MANIFEST} application/json`]);
    serve(TEMPLATE);
    await dependencies.deliver({ ...TEMPLATE_CREATE, RequestId: 'request-2' });
    expect(types.slice(2).map((type) => type.replace(/\S+\./, ''))).toEqual([
      'json application/json',
      'json application/json',
    ]);
  });

  test.each([
    ['at once', TEMPLATE],
    ['after white space', ` \r\n\t${TEMPLATE}\n`],
    ['after more white space than is looked at first', `{${' '.repeat(100)}${TEMPLATE.slice(1)}`],
  ])('is a template that begins %s', async (_, text) => {
    serve(text);
    const { Data } = await dependencies.deliver(TEMPLATE_CREATE);
    expect(Data).toMatchObject({
      ArtifactKey: TEMPLATE_ARTIFACT,
      AssetCount: '1',
      ArtifactSha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(String(dependencies.bucket().get(TEMPLATE_ARTIFACT)?.body)).toBe(text);
  });

  test('may come byte by byte', async () => {
    dependencies.answers = [() => ({ body: Readable.from([...bundle].map((byte) => Buffer.from([byte]))) })];
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('may come without its length: it is read through first', async () => {
    dependencies.answers = [() => ({ totalBytes: undefined })];
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
    expect(dependencies.fetched).toHaveLength(2);
  });

  test('is not what has another length the second time, and no length told', async () => {
    const other = Buffer.concat([bundle, Buffer.alloc(1)]);
    dependencies.answers = [
      () => ({ totalBytes: undefined }),
      () => ({ totalBytes: undefined, body: Readable.from([other]) }),
      () => ({}),
    ];
    await dependencies.deliver(CREATE);
    expect(dependencies.logged.map(({ reason }) => reason)).toContain(
      `the bundle has not the ${bundle.length} bytes that were announced`,
    );
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is given up as soon as it is longer than it was the first time', async () => {
    let served = 0;
    const endless = (function* () {
      yield bundle;
      for (;;) {
        served += 1;
        yield Buffer.alloc(1000);
      }
    })();
    dependencies.answers = [
      () => ({ totalBytes: undefined }),
      () => ({ totalBytes: undefined, body: Readable.from(endless, { highWaterMark: 1 }) }),
      () => ({}),
    ];
    await dependencies.deliver(CREATE);
    expect(served).toBeLessThan(10);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is not what S3 took before all of it was sent', async () => {
    const { store } = dependencies.bucket();
    let early = true;
    Object.assign(dependencies, {
      storeOf: () => ({
        ...store,
        writeOnce: async (...args: Parameters<typeof store.writeOnce>) => {
          if (!early || args[3] !== 'application/zip') return store.writeOnce(...args);
          early = false;
          return { versionId: 'none' };
        },
      }),
    });
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
    });
    expect(dependencies.logged.map(({ reason }) => reason)).toContain(
      `the bundle has not the ${bundle.length} bytes that were announced`,
    );
  });

  test('may be a zip where a template was asked for: the bytes decide', async () => {
    expect((await dependencies.deliver(TEMPLATE_CREATE)).Data).toMatchObject({
      ArtifactKey: ARTIFACT,
      ExportFormat: 'CLOUDFORMATION_JSON',
    });
  });
});

describe('what is no bundle', () => {
  test.each([
    ['text', 'plain text that is quite long', 'it is neither a zip nor JSON, but begins with "plain text that "'],
    ['nothing', '', 'it is empty'],
    ['JSON', '{"Message":"no"}', 'it is JSON and not a zip'],
    ['a list', '[{}]', 'it is neither a zip nor JSON, but begins with "[{}]"'],
    ['a zip after something', 'xPK\x03\x04', 'it is neither a zip nor JSON, but begins with "xPK\\u0003\\u0004"'],
    ['half a zip', 'PK\x03\x04 and nothing that follows', 'as a zip file it cannot be read: '],
  ])('fails when it is %s three times, and nothing of it stays', async (_, content, words) => {
    serve(content);
    const failure = await dependencies.failure(CREATE);
    expect(failure).toContain(`What QuickSight gave for the job ${JOB} is no QUICKSIGHT_JSON bundle: ${words}`);
    expect(failure).toMatch(
      / \(downloaded 3 times\)\. Nothing of it was kept\. Deploy again; if it stays so, export the assets in smaller groups to find the one that QuickSight cannot write\.$/,
    );
    expect(dependencies.fetched).toHaveLength(3);
    expect(dependencies.slept.slice(-2)).toEqual([2000, 4000]);
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('is a zip without assets', async () => {
    serve(await zip([{ path: 'dashboard/', content: '' }]));
    expect(await dependencies.failure(CREATE)).toContain('as a zip file it cannot be read: it holds no assets');
  });

  test('is JSON that is no template', async () => {
    serve('{"Message":"https://example.com/secret?secret"}');
    expect(await dependencies.failure(TEMPLATE_CREATE)).toContain(
      'is no CLOUDFORMATION_JSON bundle: as a json file it cannot be read: the JSON is no CloudFormation template',
    );
  });

  test.each([
    ['JSON', CREATE, `{"Message":"${'no'.repeat(1000)}"}`],
    ['text', CREATE, 'no'.repeat(1000)],
  ])('is not downloaded any further: %s', async (_, event, text) => {
    const bodies: Readable[] = [];
    dependencies.answers = [
      () => {
        const body = Readable.from(
          (function* () {
            yield Buffer.from(text);
            for (;;) yield Buffer.alloc(1000);
          })(),
        );
        bodies.push(body);
        return { body, totalBytes: 10 ** 9 };
      },
    ];
    await dependencies.failure(event);
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });

  test('is told without a link', async () => {
    serve('https://example.com/secret?secret');
    expect(await dependencies.failure(CREATE)).not.toContain('/secret');
  });

  test('may pass: the next download counts', async () => {
    dependencies.answers = [() => ({ body: Readable.from([Buffer.from('oops')]), totalBytes: 4 }), () => ({})];
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('does not stay, when the next download is one', async () => {
    const half = Buffer.concat([bundle.subarray(0, 50), Buffer.alloc(20)]);
    dependencies.answers = [() => ({ body: Readable.from([half]), totalBytes: half.length }), () => ({})];
    const { Data } = await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)).toMatchObject({ body: bundle, versionId: Data?.ArtifactVersionId });
    expect(dependencies.bucket().keys).toEqual([ARTIFACT, Data?.ManifestKey].sort());
  });
});

describe('the link', () => {
  test('is that of the Describe which found the job successful, used once', async () => {
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
  ])('that is %d ms old is asked for anew %d times', async (age, times) => {
    const request = exportResourceRequest({
      ...CREATE,
      PhysicalResourceId: JOB,
      RequestedTime: dependencies.time,
    });
    await dependencies.quickSight.start(request);
    dependencies.time += 10_000;
    const job = await dependencies.quickSight.describe(request);
    const describedAt = dependencies.time;
    dependencies.time += age;
    await copyBundle(request, job as ExportJob, describedAt, { ...dependencies, store: dependencies.bucket().store });
    expect(dependencies.quickSight.describes).toBe(1 + times);
    expect(links()).toEqual([String(1 + times)]);
  });

  test('that is missing for a while is waited for', async () => {
    const from = dependencies.time;
    dependencies.quickSight.change = (job) =>
      job && { ...job, ...(dependencies.time < from + 10_000 && { DownloadUrl: undefined }) };
    await dependencies.deliver(CREATE);
    expect(dependencies.logged.map(({ reason }) => reason)).toContain(
      'the job is SUCCESSFUL, but has no DownloadUrl yet',
    );
  });

  test('that is missing for good fails, with what the job is said to be', async () => {
    dependencies.quickSight.change = (job) => job && { ...job, DownloadUrl: undefined };
    const from = dependencies.time;
    expect(await dependencies.failure(CREATE)).toContain(
      'is SUCCESSFUL, but gives no DownloadUrl for it. Deploy again to run a new job.',
    );
    expect(dependencies.time - from).toBeLessThan(30_000);
    dependencies.quickSight.change = (job) => (dependencies.fetched.length > 0 ? undefined : job);
    dependencies.answers = [new Error('reset')];
    expect(await dependencies.failure(cloudFormationEvent('Create', { RequestId: 'request-2' }))).toBe(
      `QuickSight says that the job ${jobIdOf({ ...CREATE, RequestId: 'request-2' })} is not there, but gives no DownloadUrl for it. Deploy again to run a new job.`,
    );
  });

  test('is followed by what the partition and the endpoint allow', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, ...(job.DownloadUrl && { DownloadUrl: `http://127.0.0.1:4570/${LINK_SECRET}` }) };
    expect(await dependencies.failure(CREATE)).toContain('points to http://127.0.0.1:4570;');
    Object.assign(dependencies, { quickSightEndpoint: 'http://127.0.0.1:4570' });
    await expect(
      dependencies.deliver(cloudFormationEvent('Create', { RequestId: 'request-2' })),
    ).resolves.toBeDefined();
  });
});

describe('what is there already', () => {
  test('is taken over when an earlier delivery of the request wrote it', async () => {
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    const { Data } = await dependencies.deliver(CREATE);
    expect(Data).toMatchObject({
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
  });

  test('is measured alone, though the download still gives something', async () => {
    let late: (value: Buffer) => void = () => undefined;
    const { store } = dependencies.bucket();
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    // Refused while the second part of the download is waited for, which comes when the stored object has been read.
    Object.assign(dependencies, {
      storeOf: () => ({
        ...store,
        writeOnce: async (...args: Parameters<typeof store.writeOnce>) => {
          if (args[0] !== ARTIFACT) return store.writeOnce(...args);
          const bytes = args[2].bytes[Symbol.asyncIterator]();
          await bytes.next();
          void bytes.next();
          return undefined;
        },
        read: async (...args: Parameters<typeof store.read>) => {
          if (args[1]) late(bundle.subarray(100));
          return store.read(...args);
        },
      }),
    });
    dependencies.answers = [
      () => ({
        body: Readable.from(
          (async function* () {
            yield bundle.subarray(0, 100);
            yield await new Promise<Buffer>((resolve) => {
              late = resolve;
            });
          })(),
        ),
      }),
    ];
    expect((await dependencies.deliver(CREATE)).Data).toMatchObject({
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
  });

  test('is measured as it lies there, and not as it was served', async () => {
    const other = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}', compress: false }]);
    dependencies.bucket().put(ARTIFACT, other, JOB);
    const { Data } = await dependencies.deliver(CREATE);
    expect(Data).toMatchObject({
      ArtifactSize: String(other.length),
      ArtifactSha256: createHash('sha256').update(other).digest('hex'),
    });
  });

  test('but gone when it is looked for is waited for', async () => {
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    dependencies.bucket().before = (call) => {
      if (call === `find ${ARTIFACT}`) dependencies.bucket().drop(ARTIFACT);
    };
    await dependencies.deliver(CREATE);
    expect(dependencies.logged.map(({ reason }) => reason)).toContain(
      `another delivery of this request is writing ${ARTIFACT}`,
    );
  });

  test('is not taken for damaged when it cannot be read for a while', async () => {
    let refusals = 3;
    dependencies.bucket().put(ARTIFACT, bundle, JOB);
    dependencies.bucket().before = (call) => {
      if (call === `read ${ARTIFACT}` && refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    const { Data } = await dependencies.deliver(CREATE);
    expect(Data?.ArtifactVersionId).toBe('v1');
    expect(dependencies.logged.map(({ reason }) => reason)).toContain('SlowDown');
    expect(dependencies.bucket().calls.filter((call) => call.startsWith('remove'))).toEqual([]);
  });

  test.each([
    ['template', 'a broken connection'],
    ['zip', 'a broken connection'],
    ['template', 'a refusal'],
    ['zip', 'a refusal'],
  ])('is not removed when reading it meets trouble: %s, %s', async (kind, trouble) => {
    if (kind === 'template') serve(TEMPLATE);
    const [event, key] = kind === 'template' ? [TEMPLATE_CREATE, TEMPLATE_ARTIFACT] : [CREATE, ARTIFACT];
    dependencies.bucket().put(key, dependencies.bundle, JOB);
    dependencies.bucket().before = (call) => {
      if (call === `read ${key}` && trouble === 'a refusal') throw new RetryableError('denied', 'AccessDenied');
    };
    dependencies.bucket().reading = (body) =>
      Readable.from(
        (function* () {
          yield body.subarray(0, 60);
          if (trouble !== 'a refusal') throw new RetryableError('busy', 's3:GetObject answered Error: aborted');
        })(),
      );
    expect(await dependencies.failure(event)).toMatch(
      trouble === 'a refusal'
        ? /^AccessDenied$/
        : /did not finish within 30 minutes\. Last observation: s3:GetObject answered Error: aborted/,
    );
    dependencies.bucket().reading = undefined;
    dependencies.bucket().before = () => undefined;
  });

  test('is read like a download, and replaced when it is damaged', async () => {
    dependencies.bucket().put(ARTIFACT, Buffer.concat([bundle.subarray(0, 50), Buffer.alloc(20)]), JOB);
    await dependencies.deliver(CREATE);
    expect(dependencies.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });
});
