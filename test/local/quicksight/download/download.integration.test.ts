import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StartAssetBundleExportJobCommandInput } from '@aws-sdk/client-quicksight';
import { DescribeAssetBundleExportJobCommand, StartAssetBundleExportJobCommand } from '@aws-sdk/client-quicksight';
import type { Artifact, StandInOptions } from '../../../../local/quicksight';
import { ACCOUNT, arn, REGION } from '../fixtures';
import { Harness, START } from '../harness';

afterEach(() => Harness.stopAll());

const INSTANT = { queuedMs: 0, runningMs: 0 };

async function exported(options: StandInOptions = {}, more: Partial<StartAssetBundleExportJobCommandInput> = {}) {
  const harness = await Harness.start({ durations: INSTANT, ...options });
  const client = harness.client();
  await client.send(
    new StartAssetBundleExportJobCommand({ ...START, ResourceArns: [arn('dashboard/sales')], ...more }),
  );
  const link = async () =>
    (
      await client.send(
        new DescribeAssetBundleExportJobCommand({ AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'job' }),
      )
    ).DownloadUrl ?? '';
  return { harness, link, url: await link() };
}

test('each Describe returns a new link to the same bytes', async () => {
  const { harness, link, url } = await exported();
  harness.pass(100);
  const second = await link();
  expect(second).not.toBe(url);
  expect(await link()).not.toBe(second);
  expect(new URL(second).pathname).toBe(new URL(url).pathname);
  const [first, again] = [await harness.get(url), await harness.get(second)];
  expect(first.content.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  expect(again.content).toEqual(first.content);
  expect(first.headers).toMatchObject({
    'content-length': String(first.content.length),
    'accept-ranges': 'bytes',
    etag: again.headers['etag'],
  });
});

test('the file of a job is made once for any number of downloads', async () => {
  let made = 0;
  const { harness, link, url } = await exported({
    artifactOverride: (artifact) => {
      made += 1;
      return artifact;
    },
  });
  for (const each of [url, url, await link()]) await harness.get(each);
  expect(made).toBe(1);
});

test.each([
  ['QUICKSIGHT_JSON', 'qs'],
  ['CLOUDFORMATION_JSON', 'json'],
] as const)(
  'the link to a bundle in the format %s has the form of a link of the service',
  async (ExportFormat, extension) => {
    const { harness, url } = await exported({}, { ExportFormat });
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin).toBe(harness.url);
    expect(pathname).toMatch(
      new RegExp(`^/quicksight-asset-bundle-export-job-${REGION}/${ACCOUNT}/job/[^/]+/assetbundle-job\\.${extension}$`),
    );
    expect(Object.fromEntries(searchParams)).toMatchObject({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Expires': '300',
      'X-Amz-Date': '20260102T030405Z',
    });
  },
);

test('a template is a JSON file, not a zip file', async () => {
  const { harness, url } = await exported({}, { ExportFormat: 'CLOUDFORMATION_JSON' });
  expect(JSON.parse((await harness.get(url)).text)).toMatchObject({ AWSTemplateFormatVersion: '2010-09-09' });
});

test('a link has the host of the request for it', async () => {
  const { harness } = await exported();
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=A/20260102/${REGION}/quicksight/aws4_request`,
    host: 'localhost:1234',
  };
  const { text } = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs/job`, undefined, headers);
  expect(new URL(JSON.parse(text).DownloadUrl).origin).toBe('http://localhost:1234');
});

test('a link expires after five minutes with the error of S3, and a new link works', async () => {
  const { harness, link, url } = await exported();
  harness.pass(299.999);
  expect((await harness.get(url)).status).toBe(200);
  harness.pass(0.001);
  const { status, headers, text } = await harness.get(url);
  expect([status, headers['content-type']]).toEqual([403, 'application/xml']);
  expect(text).toMatch(
    new RegExp(
      '^<\\?xml version="1.0" encoding="UTF-8"\\?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message>' +
        '<X-Amz-Expires>300</X-Amz-Expires><Expires>2026-01-02T03:09:05Z</Expires><ServerTime>2026-01-02T03:09:05Z</ServerTime>' +
        '<RequestId>[0-9A-F]{16}</RequestId><HostId>[^<]+</HostId></Error>$',
    ),
  );
  expect((await harness.get(await link())).status).toBe(200);
});

test.each<[string, (url: string) => string, number, string]>([
  [
    'another signature',
    (url) => url.replace(/X-Amz-Signature=.{4}/, 'X-Amz-Signature=0000'),
    403,
    'SignatureDoesNotMatch',
  ],
  ['a longer validity', (url) => url.replace('Expires=300', 'Expires=3000'), 403, 'SignatureDoesNotMatch'],
  ['no query', (url) => url.split('?')[0] ?? '', 403, 'AccessDenied'],
  ['another key', (url) => url.replace('assetbundle-job', 'assetbundle-jab'), 404, 'NoSuchKey'],
])('a link with %s is rejected', async (_, change, status, code) => {
  const { harness, url } = await exported();
  const answer = await harness.get(change(url));
  expect([answer.status, /<Code>(\w+)<\/Code>/.exec(answer.text)?.[1]]).toEqual([status, code]);
});

test('the signature of one link is not valid for the file of another job', async () => {
  const { harness, url } = await exported();
  await harness.client().send(
    new StartAssetBundleExportJobCommand({
      ...START,
      AssetBundleExportJobId: 'other',
      ResourceArns: [arn('theme/dark')],
    }),
  );
  const other =
    (
      await harness
        .client()
        .send(new DescribeAssetBundleExportJobCommand({ AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'other' }))
    ).DownloadUrl ?? '';
  const mixed = `${other.split('?')[0]}?${url.split('?')[1]}`;
  expect((await harness.get(mixed)).text).toContain('<Code>SignatureDoesNotMatch</Code>');
});

test('the file of a job is deleted after 14 days', async () => {
  const { harness, link } = await exported();
  harness.pass(14 * 24 * 3600 - 1);
  const last = await link();
  harness.pass(1);
  expect((await harness.get(last)).text).toContain('<Code>NoSuchKey</Code>');
});

test('a link to the file of a finished job remains valid when its id is used again', async () => {
  const { harness, url } = await exported();
  const before = await harness.get(url);
  await harness.client().send(new StartAssetBundleExportJobCommand({ ...START, ResourceArns: [arn('theme/dark')] }));
  expect((await harness.get(url)).content).toEqual(before.content);
});

test('HEAD returns the headers of GET without a body', async () => {
  const { harness, url } = await exported();
  const [get, head] = [await harness.get(url), await harness.get(url, {}, 'HEAD')];
  expect([head.status, head.content.length, head.headers['content-length'], head.headers['etag']]).toEqual([
    200,
    0,
    String(get.content.length),
    get.headers['etag'],
  ]);
  expect((await harness.get(url, {}, 'PUT')).status).toBe(405);
});

test('a range of the file can be downloaded', async () => {
  const { harness, url } = await exported();
  const {
    content,
    headers: { etag = '' },
  } = await harness.get(url);
  const part = await harness.get(url, { range: 'bytes=10-19', 'if-range': etag, 'if-match': etag });
  expect([part.status, part.headers['content-range'], part.headers['content-length']]).toEqual([
    206,
    `bytes 10-19/${content.length}`,
    '10',
  ]);
  expect(part.content).toEqual(content.subarray(10, 20));
  const rest = await harness.get(url, { range: 'bytes=20-' });
  expect(Buffer.concat([content.subarray(0, 20), rest.content])).toEqual(content);
  const beyond = await harness.get(url, { range: `bytes=${content.length}-` });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${content.length}`]);
  expect(beyond.text).toContain('<Code>InvalidRange</Code>');
  expect((await harness.get(url, { range: 'bytes=10-19', 'if-range': '"other"' })).content).toEqual(content);
  expect((await harness.get(url, { 'if-match': '"other"' })).text).toContain('<Code>PreconditionFailed</Code>');
  expect((await harness.get(url, { 'if-none-match': etag })).status).toBe(304);
});

test('a file of any size is streamed from any offset', async () => {
  const size = 300 * 1024 * 1024;
  let made = 0;
  const large: Artifact = {
    size,
    etag: '"large"',
    read: (start, end) =>
      Readable.from(
        (function* () {
          for (let at = start; at < end; at += 65536) {
            const chunk = Buffer.alloc(Math.min(65536, end - at), 7);
            made += chunk.length;
            yield chunk;
          }
        })(),
        { objectMode: false },
      ),
  };
  const { harness, url } = await exported({ artifactOverride: () => large });
  const part = await harness.get(url, { range: `bytes=${size - 5}-` });
  expect([part.content, made]).toEqual([Buffer.alloc(5, 7), 5]);
  const response = await fetch(url);
  const reader = response.body?.getReader();
  await reader?.read();
  // Without further reads, the rest of the file is not made.
  expect(made).toBeLessThan(size / 2);
  await reader?.cancel();
});

test('an s3:// link names an object, which is put once', async () => {
  const put: Array<[string, string, string]> = [];
  const { link, url } = await exported({
    linkScheme: 's3',
    bucket: 'bucket-{region}',
    putObject: async (bucket, key, content) =>
      void put.push([bucket, key, createHash('md5').update(content).digest('hex')]),
  });
  expect(await link()).toBe(url);
  expect(put).toHaveLength(1);
  const [[bucket, key] = []] = put;
  expect([bucket, `s3://${bucket}/${key}`]).toEqual([`bucket-${REGION}`, url]);
  expect(key).toMatch(new RegExp(`^${ACCOUNT}/job/[^/]+/assetbundle-job\\.qs$`));
});

test('s3:// links require putObject', async () => {
  await expect(Harness.start({ linkScheme: 's3' })).rejects.toThrow("linkScheme 's3' requires putObject");
});
