import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { Transient } from '../../../lambda/core/errors';
import { copyBundle } from '../../../lambda/export/copy-bundle';
import { exportResourceRequest, jobIdOf } from '../../../lambda/export/export-request';
import { cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { zip } from '../../../testing/zip';
import { MemoryWorld } from '../../support/in-memory-dependencies';
import { LINK_SECRET } from '../../support/memory-quicksight';

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
let world: MemoryWorld;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  world = new MemoryWorld(bundle);
});

const serve = (content: string | Buffer): void => {
  world.bundle = Buffer.from(content);
};
const links = (): string[] =>
  world.fetched.map(({ link }) => (link.scheme === 's3' ? 's3' : String(link.url.searchParams.get('n'))));

describe('what is copied', () => {
  test('is the file byte for byte, under its name and with what it is', async () => {
    const types: string[] = [];
    const { store } = world.bucket();
    Object.assign(world, {
      storeOf: () => ({
        ...store,
        writeOnce: (...args: Parameters<typeof store.writeOnce>) => {
          types.push(`${args[0]} ${args[3]}`);
          return store.writeOnce(...args);
        },
      }),
    });
    await world.deliver(CREATE);
    expect(world.bucket().get(ARTIFACT)).toMatchObject({ body: bundle, jobId: JOB });
    expect(types).toEqual([`${ARTIFACT} application/zip`, `${MANIFEST} application/json`]);
    serve(TEMPLATE);
    await world.deliver({ ...TEMPLATE_CREATE, RequestId: 'request-2' });
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
    const { Data } = await world.deliver(TEMPLATE_CREATE);
    expect(Data).toMatchObject({
      ArtifactKey: TEMPLATE_ARTIFACT,
      AssetCount: '1',
      ArtifactSha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(String(world.bucket().get(TEMPLATE_ARTIFACT)?.body)).toBe(text);
  });

  test('may come byte by byte', async () => {
    world.answers = [() => ({ body: Readable.from([...bundle].map((byte) => Buffer.from([byte]))) })];
    await world.deliver(CREATE);
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('may come without its length: it is read through first', async () => {
    world.answers = [() => ({ totalBytes: undefined })];
    expect((await world.deliver(CREATE)).Data).toMatchObject({
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
    expect(world.fetched).toHaveLength(2);
  });

  test('is not what has another length the second time, and no length told', async () => {
    const other = Buffer.concat([bundle, Buffer.alloc(1)]);
    world.answers = [
      () => ({ totalBytes: undefined }),
      () => ({ totalBytes: undefined, body: Readable.from([other]) }),
      () => ({}),
    ];
    await world.deliver(CREATE);
    expect(world.logged.map(({ waitingFor }) => waitingFor)).toContain(
      `the bundle has not the ${bundle.length} bytes that were announced`,
    );
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
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
    world.answers = [
      () => ({ totalBytes: undefined }),
      () => ({ totalBytes: undefined, body: Readable.from(endless, { highWaterMark: 1 }) }),
      () => ({}),
    ];
    await world.deliver(CREATE);
    expect(served).toBeLessThan(10);
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('is not what S3 took before all of it was sent', async () => {
    const { store } = world.bucket();
    let early = true;
    Object.assign(world, {
      storeOf: () => ({
        ...store,
        writeOnce: async (...args: Parameters<typeof store.writeOnce>) => {
          if (!early || args[3] !== 'application/zip') return store.writeOnce(...args);
          early = false;
          return { versionId: 'none' };
        },
      }),
    });
    expect((await world.deliver(CREATE)).Data).toMatchObject({
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
    });
    expect(world.logged.map(({ waitingFor }) => waitingFor)).toContain(
      `the bundle has not the ${bundle.length} bytes that were announced`,
    );
  });

  test('may be a zip where a template was asked for: the bytes decide', async () => {
    expect((await world.deliver(TEMPLATE_CREATE)).Data).toMatchObject({
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
    const failure = await world.failure(CREATE);
    expect(failure).toContain(`What QuickSight gave for the job ${JOB} is no QUICKSIGHT_JSON bundle: ${words}`);
    expect(failure).toMatch(
      / \(downloaded 3 times\)\. Nothing of it was kept\. Deploy again; if it stays so, export the assets in smaller groups to find the one that QuickSight cannot write\.$/,
    );
    expect(world.fetched).toHaveLength(3);
    expect(world.slept.slice(-2)).toEqual([2000, 4000]);
    expect(world.bucket().keys).toEqual([]);
  });

  test('is a zip without assets', async () => {
    serve(await zip([{ path: 'dashboard/', content: '' }]));
    expect(await world.failure(CREATE)).toContain('as a zip file it cannot be read: it holds no assets');
  });

  test('is JSON that is no template', async () => {
    serve('{"Message":"https://example.com/secret?secret"}');
    expect(await world.failure(TEMPLATE_CREATE)).toContain(
      'is no CLOUDFORMATION_JSON bundle: as a json file it cannot be read: the JSON is no CloudFormation template',
    );
  });

  test.each([
    ['JSON', CREATE, `{"Message":"${'no'.repeat(1000)}"}`],
    ['text', CREATE, 'no'.repeat(1000)],
  ])('is not downloaded any further: %s', async (_, event, text) => {
    const bodies: Readable[] = [];
    world.answers = [
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
    await world.failure(event);
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });

  test('is told without a link', async () => {
    serve('https://example.com/secret?secret');
    expect(await world.failure(CREATE)).not.toContain('/secret');
  });

  test('may pass: the next download counts', async () => {
    world.answers = [() => ({ body: Readable.from([Buffer.from('oops')]), totalBytes: 4 }), () => ({})];
    await world.deliver(CREATE);
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });

  test('does not stay, when the next download is one', async () => {
    const half = Buffer.concat([bundle.subarray(0, 50), Buffer.alloc(20)]);
    world.answers = [() => ({ body: Readable.from([half]), totalBytes: half.length }), () => ({})];
    const { Data } = await world.deliver(CREATE);
    expect(world.bucket().get(ARTIFACT)).toMatchObject({ body: bundle, versionId: Data?.ArtifactVersionId });
    expect(world.bucket().keys).toEqual([ARTIFACT, Data?.ManifestKey].sort());
  });
});

describe('the link', () => {
  test('is that of the Describe which found the job successful, used once', async () => {
    await world.deliver(CREATE);
    expect(links()).toEqual([String(world.quickSight.describes)]);
    world = new MemoryWorld(bundle);
    world.answers = [new Error('reset'), () => ({ status: 403 }), () => ({})];
    await world.deliver(CREATE);
    expect(new Set(links()).size).toBe(3);
    expect(links().at(-1)).toBe(String(world.quickSight.describes));
  });

  test.each([
    [4 * 60_000 - 1, 0],
    [4 * 60_000, 1],
  ])('that is %d ms old is asked for anew %d times', async (age, times) => {
    const request = exportResourceRequest({
      ...CREATE,
      PhysicalResourceId: JOB,
      RequestedTime: world.time,
    });
    await world.quickSight.start(request);
    world.time += 10_000;
    const job = await world.quickSight.describe(request);
    const describedAt = world.time;
    world.time += age;
    await copyBundle(request, job as ExportJob, describedAt, { ...world, store: world.bucket().store });
    expect(world.quickSight.describes).toBe(1 + times);
    expect(links()).toEqual([String(1 + times)]);
  });

  test('that is missing for a while is waited for', async () => {
    const from = world.time;
    world.quickSight.change = (job) => job && { ...job, ...(world.time < from + 10_000 && { DownloadUrl: undefined }) };
    await world.deliver(CREATE);
    expect(world.logged.map(({ waitingFor }) => waitingFor)).toContain('it is SUCCESSFUL, but has no DownloadUrl yet');
  });

  test('that is missing for good fails, with what the job is said to be', async () => {
    world.quickSight.change = (job) => job && { ...job, DownloadUrl: undefined };
    const from = world.time;
    expect(await world.failure(CREATE)).toContain(
      'is SUCCESSFUL, but gives no DownloadUrl for it. Deploy again to run a new job.',
    );
    expect(world.time - from).toBeLessThan(30_000);
    world.quickSight.change = (job) => (world.fetched.length > 0 ? undefined : job);
    world.answers = [new Error('reset')];
    expect(await world.failure(cloudFormationEvent('Create', { RequestId: 'request-2' }))).toBe(
      `QuickSight says that the job ${jobIdOf({ ...CREATE, RequestId: 'request-2' })} is not there, but gives no DownloadUrl for it. Deploy again to run a new job.`,
    );
  });

  test('is followed by what the partition and the endpoint allow', async () => {
    world.quickSight.change = (job) =>
      job && { ...job, ...(job.DownloadUrl && { DownloadUrl: `http://127.0.0.1:4570/${LINK_SECRET}` }) };
    expect(await world.failure(CREATE)).toContain('points to http://127.0.0.1:4570;');
    Object.assign(world, { quickSightEndpoint: 'http://127.0.0.1:4570' });
    await expect(world.deliver(cloudFormationEvent('Create', { RequestId: 'request-2' }))).resolves.toBeDefined();
  });
});

describe('what is there already', () => {
  test('is taken over when an earlier delivery of the request wrote it', async () => {
    world.bucket().put(ARTIFACT, bundle, JOB);
    const { Data } = await world.deliver(CREATE);
    expect(Data).toMatchObject({
      ArtifactVersionId: 'v1',
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
  });

  test('is measured alone, though the download still gives something', async () => {
    let late: (value: Buffer) => void = () => undefined;
    const { store } = world.bucket();
    world.bucket().put(ARTIFACT, bundle, JOB);
    // Refused while the second part of the download is waited for, which comes when the stored object has been read.
    Object.assign(world, {
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
    world.answers = [
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
    expect((await world.deliver(CREATE)).Data).toMatchObject({
      ArtifactSize: String(bundle.length),
      ArtifactSha256: createHash('sha256').update(bundle).digest('hex'),
    });
  });

  test('is measured as it lies there, and not as it was served', async () => {
    const other = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}', compress: false }]);
    world.bucket().put(ARTIFACT, other, JOB);
    const { Data } = await world.deliver(CREATE);
    expect(Data).toMatchObject({
      ArtifactSize: String(other.length),
      ArtifactSha256: createHash('sha256').update(other).digest('hex'),
    });
  });

  test('but gone when it is looked for is waited for', async () => {
    world.bucket().put(ARTIFACT, bundle, JOB);
    world.bucket().before = (call) => {
      if (call === `find ${ARTIFACT}`) world.bucket().drop(ARTIFACT);
    };
    await world.deliver(CREATE);
    expect(world.logged.map(({ waitingFor }) => waitingFor)).toContain(
      `another delivery of this request is writing ${ARTIFACT}`,
    );
  });

  test('is not taken for damaged when it cannot be read for a while', async () => {
    let refusals = 3;
    world.bucket().put(ARTIFACT, bundle, JOB);
    world.bucket().before = (call) => {
      if (call === `read ${ARTIFACT}` && refusals-- > 0) throw new Transient('busy', 'SlowDown');
    };
    const { Data } = await world.deliver(CREATE);
    expect(Data?.ArtifactVersionId).toBe('v1');
    expect(world.logged.map(({ waitingFor }) => waitingFor)).toContain('SlowDown');
    expect(world.bucket().calls.filter((call) => call.startsWith('remove'))).toEqual([]);
  });

  test.each([
    ['template', 'a broken connection'],
    ['zip', 'a broken connection'],
    ['template', 'a refusal'],
    ['zip', 'a refusal'],
  ])('is not removed when reading it meets trouble: %s, %s', async (kind, trouble) => {
    if (kind === 'template') serve(TEMPLATE);
    const [event, key] = kind === 'template' ? [TEMPLATE_CREATE, TEMPLATE_ARTIFACT] : [CREATE, ARTIFACT];
    world.bucket().put(key, world.bundle, JOB);
    world.bucket().before = (call) => {
      if (call === `read ${key}` && trouble === 'a refusal') throw new Transient('denied', 'AccessDenied');
    };
    world.bucket().reading = (body) =>
      Readable.from(
        (function* () {
          yield body.subarray(0, 60);
          if (trouble !== 'a refusal') throw new Transient('busy', 's3:GetObject answered Error: aborted');
        })(),
      );
    expect(await world.failure(event)).toMatch(
      trouble === 'a refusal'
        ? /^AccessDenied$/
        : /did not end within 30 minutes; last: s3:GetObject answered Error: aborted/,
    );
    world.bucket().reading = undefined;
    world.bucket().before = () => undefined;
  });

  test('is read like a download, and replaced when it is damaged', async () => {
    world.bucket().put(ARTIFACT, Buffer.concat([bundle.subarray(0, 50), Buffer.alloc(20)]), JOB);
    await world.deliver(CREATE);
    expect(world.bucket().get(ARTIFACT)?.body).toEqual(bundle);
  });
});
