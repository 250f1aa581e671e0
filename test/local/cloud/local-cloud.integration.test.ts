import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { awsCli, LocalCloud, PROJECT } from '../../../local/cloud';
import { freePort } from '../../../local/cloud/free-port';
import { zipOf } from '../../../testing/zip';
import { leftovers, processesOf } from './processes';

jest.setTimeout(60_000);

const QUICKSIGHT_URL = 'http://127.0.0.1:9';

async function makeFunction(cloud: LocalCloud, name: string): Promise<LambdaClient> {
  const client = new LambdaClient(cloud.clientConfig());
  const code = `exports.handler = async (event) => {
    console.log('the function got', event.word);
    return { node: process.version, quickSight: process.env.AWS_ENDPOINT_URL_QUICKSIGHT, profile: process.env.AWS_PROFILE ?? null };
  };`;
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${cloud.environment.account}:role/any`,
      Code: { ZipFile: await zipOf({ 'index.js': code }) },
    }),
  );
  return client;
}

async function call(client: LambdaClient, name: string, word: string): Promise<unknown> {
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify({ word })) }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

describe('a local cloud', () => {
  let cloud: LocalCloud;
  beforeAll(async () => (cloud = await LocalCloud.start({ quickSightUrl: QUICKSIGHT_URL })));
  afterAll(() => cloud.stop());

  test('stores versions of objects, over HTTP on the loopback interface', async () => {
    expect(cloud.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const s3 = new S3Client(cloud.clientConfig());
    const where = { Bucket: 'versions', Key: 'a/b.txt' };
    await s3.send(new CreateBucketCommand({ Bucket: where.Bucket }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: where.Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const first = await s3.send(new PutObjectCommand({ ...where, Body: 'first' }));
    await s3.send(new PutObjectCommand({ ...where, Body: 'second' }));
    const { Body } = await s3.send(new GetObjectCommand({ ...where, VersionId: first.VersionId }));
    expect(await Body?.transformToString()).toBe('first');
    expect((await s3.send(new ListObjectVersionsCommand({ Bucket: where.Bucket }))).Versions).toHaveLength(2);
  });

  test('runs functions on the Node.js of the Lambda runtime with the URL of the stand-in, and returns their logs', async () => {
    const client = await makeFunction(cloud, 'probe');
    const answer = await call(client, 'probe', 'a-word-of-its-own');
    expect(answer).toEqual({
      node: expect.stringMatching(/^v24\./) as string,
      quickSight: QUICKSIGHT_URL,
      profile: null,
    });
    const lines = await cloud.lambdaLogs();
    expect(lines).toContainEqual({
      logGroup: '/aws/lambda/probe',
      message: expect.stringContaining('the function got a-word-of-its-own') as string,
      timestamp: expect.any(Number) as number,
    });
  });

  test('returns no events of an unknown stack, and no state machines before a deployment', async () => {
    expect(await cloud.stackEvents('None')).toEqual([]);
    expect(await cloud.stateMachineHistories()).toEqual([]);
  });

  test('includes the output of a failed CDK CLI in the error', async () => {
    await expect(
      cloud.cdk(['deploy', '--app', 'node -e "console.error(`no such app`); process.exit(1)"']),
    ).rejects.toThrow(/^cdk deploy failed \(exit code 1\):[^]*no such app/);
  });

  test('is isolated from another local cloud', async () => {
    const other = await LocalCloud.start();
    try {
      await new S3Client(other.clientConfig()).send(new CreateBucketCommand({ Bucket: 'only-there' }));
      const names = (await new S3Client(cloud.clientConfig()).send(new ListBucketsCommand({}))).Buckets?.map(
        ({ Name }) => Name,
      );
      expect(names).not.toContain('only-there');
      expect(other.folder).not.toBe(cloud.folder);
    } finally {
      await other.stop();
    }
    await new S3Client(cloud.clientConfig()).send(new ListBucketsCommand({}));
  });
});

test('a local cloud that enforces policies denies a user without a policy', async () => {
  const cloud = await LocalCloud.start({ enforceIam: true });
  try {
    const aws = async (...args: string[]) =>
      (await promisify(execFile)(awsCli(), [...args, '--output', 'json'], { env: cloud.environmentVariables() }))
        .stdout;
    await aws('iam', 'create-user', '--user-name', 'nobody');
    const { AccessKey } = JSON.parse(await aws('iam', 'create-access-key', '--user-name', 'nobody')) as {
      AccessKey: Record<string, string>;
    };
    const credentials = { accessKeyId: AccessKey.AccessKeyId ?? '', secretAccessKey: AccessKey.SecretAccessKey ?? '' };
    const buckets = new ListBucketsCommand({});
    await expect(new S3Client({ ...cloud.clientConfig(), credentials }).send(buckets)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await new S3Client(cloud.clientConfig()).send(buckets);
  } finally {
    await cloud.stop();
  }
});

describe('a local cloud leaves no processes, files and ports', () => {
  test('when it is stopped, also with a running function', async () => {
    const cloud = await LocalCloud.start();
    const { folder, endpoint } = cloud;
    await call(await makeFunction(cloud, 'probe'), 'probe', 'word');
    const pids = await processesOf(folder);
    expect(pids.length).toBeGreaterThanOrEqual(3);
    await cloud.stop();
    expect(await leftovers({ pids, folder, endpoint })).toEqual([]);
    await cloud.stop();
  });

  test('when its parent process is killed', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'crash-child.ts')], {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { endpoint, folder } = JSON.parse(line.toString()) as { endpoint: string; folder: string };
    const pids = await processesOf(folder);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await leftovers({ pids, folder, endpoint })).toEqual([]);
  });

  test('when its guardian is killed', async () => {
    const cloud = await LocalCloud.start();
    const { folder, endpoint } = cloud;
    const pids = await processesOf(folder);
    process.kill(Math.min(...pids), 'SIGKILL');
    await cloud.stop();
    expect(await leftovers({ pids, folder, endpoint })).toEqual([]);
  });
});

test('LocalCloud.start() rejects a port that is in use', async () => {
  const port = await freePort();
  const cloud = await LocalCloud.start({ port });
  try {
    await expect(LocalCloud.start({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is already in use. Stop the process that listens on it, or choose another port.`,
    );
  } finally {
    await cloud.stop();
  }
});
