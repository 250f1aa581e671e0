import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { awsCli, LocalCloud } from '../../local/cloud';
import { zipOf } from '../../testing/zip';

jest.setTimeout(60_000);

const GUIDE = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'troubleshooting.md'), 'utf8');
const COMMANDS = [...GUIDE.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, command = '']) => command);

/** The only command of the guide that contains all these texts. */
function commandWith(...texts: string[]): string {
  const matching = COMMANDS.filter((command) => texts.every((text) => command.includes(text)));
  expect(matching).toHaveLength(1);
  return matching[0] ?? '';
}

let cloud: LocalCloud;
let s3: S3Client;

beforeAll(async () => {
  cloud = await LocalCloud.start();
  s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
});
afterAll(() => cloud.stop());

/** Runs a command of the guide with the AWS CLI. Returns its lines. */
async function run(command: string, variables: Record<string, string>): Promise<string[]> {
  const env = cloud.environmentVariables();
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], {
    env: { ...env, PATH: `${dirname(awsCli())}:${env.PATH}`, ...variables },
  });
  return stdout.split('\n').filter((line) => line !== '');
}

async function versionedBucket(Bucket: string): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
}
const put = (Bucket: string, Key: string, content: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(content, undefined, 2) }));

const id = (name: string) => `assetbundle-Reports-Sales9F52D3C1-0a1b2c3d-${name.padEnd(20, '0')}`;
const VARIABLES = { PREFIX: 'exports/', STACK: 'Reports', EXPORT: 'Sales9F52D3C1' };

test('the command for artifacts without a manifest lists those that never had one', async () => {
  const BUCKET = await versionedBucket('without-manifest');
  await put(BUCKET, `exports/${id('a')}.qs`);
  await put(BUCKET, `exports/${id('b')}.json`);
  await put(BUCKET, `exports/${id('c')}.qs`);
  await put(BUCKET, `exports/${id('c')}.manifest.json`);
  // A lifecycle rule expires the manifest of a retained artifact.
  await put(BUCKET, `exports/${id('d')}.qs`);
  await put(BUCKET, `exports/${id('d')}.manifest.json`);
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: `exports/${id('d')}.manifest.json` }));
  await put(BUCKET, `exports/${id('e')}.manifest.json`);
  await put(BUCKET, 'exports/assetbundle-Reports-Other-0a1b2c3d-f0000000000000000000.qs');
  const command = commandWith('list-object-versions', 'complete[id]');
  expect((await run(command, { ...VARIABLES, BUCKET })).sort()).toEqual([
    `exports/${id('a')}.qs`,
    `exports/${id('b')}.json`,
  ]);
  expect(await run(command, { ...VARIABLES, BUCKET, EXPORT: 'Unknown' })).toEqual([]);
});

test('the command for complete artifacts lists the manifests that are not released', async () => {
  const BUCKET = await versionedBucket('not-released');
  const Artifact = { Bucket: BUCKET, Key: 'any' };
  await put(BUCKET, `exports/${id('a')}.manifest.json`, { Artifact, Attributes: { Released: 'no' } });
  await put(BUCKET, `exports/${id('b')}.manifest.json`, { Artifact, Released: { Time: 'now' } });
  await put(BUCKET, `exports/${id('c')}.manifest.json`, { Job: { Artifact: 'no' }, Failure: 'The job FAILED' });
  expect(await run(commandWith('list-objects-v2', 'Released'), { ...VARIABLES, BUCKET })).toEqual([
    `exports/${id('a')}.manifest.json`,
  ]);
});

test('the command for all versions deletes only the keys that start with $KEYS', async () => {
  const BUCKET = await versionedBucket('some-keys');
  await put(BUCKET, `exports/${id('a')}.qs`);
  await put(BUCKET, `exports/${id('a')}.qs`);
  await put(BUCKET, `exports/${id('b')}.qs`);
  await run(commandWith('delete-object '), { BUCKET, KEYS: `exports/${id('a')}.` });
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
  expect(Versions.map(({ Key }) => Key)).toEqual([`exports/${id('b')}.qs`]);
});

test('the commands find the bucket of a failed first deployment and delete it', async () => {
  const BUCKET = await versionedBucket('reports-assetbundleexportbucket2f529f54-a1b2c3d4e5f6');
  await put(BUCKET, `${id('a')}.manifest.json`);
  await put(BUCKET, 'with a blank.json');
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'with a blank.json' }));
  const found = await run(commandWith('list-buckets'), {});
  expect(found).toEqual([expect.stringMatching(new RegExp(`^\\S+\\t${BUCKET}$`))]);
  const removeVersions = commandWith('delete-object ');
  await run(removeVersions, { BUCKET, KEYS: '' });
  // The bucket of a deployment that stored nothing is empty.
  await run(removeVersions, { BUCKET, KEYS: '' });
  await run(commandWith('delete-bucket'), { BUCKET });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).not.toContain(BUCKET);
});

test('the command for the events of a stack names the bucket that its rollback retained', async () => {
  const cloudFormation = new CloudFormationClient(cloud.clientConfig());
  const StackName = 'FailedFirstDeployment';
  const ServiceToken = `arn:aws:lambda:us-east-1:${cloud.environment.account}:function:missing`;
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties: { BucketName: 'retained-bucket' } },
    Export: { Type: 'Custom::Export', DependsOn: 'Bucket', Properties: { ServiceToken } },
  };
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  const created = waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 30, minDelay: 1 }, { StackName });
  await expect(created).rejects.toThrow('ROLLBACK_COMPLETE');
  expect(await run(commandWith('DELETE_SKIPPED'), { STACK: StackName })).toEqual(['retained-bucket']);
});

test('the command for a resource of a stack prints its physical id', async () => {
  const cloudFormation = new CloudFormationClient(cloud.clientConfig());
  const StackName = 'Present';
  const Resources = { Sales9F52D3C1: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'present-resource' } } };
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 30, minDelay: 1 }, { StackName });
  const printed = await run(commandWith('describe-stack-resource '), { STACK: StackName, EXPORT: 'Sales9F52D3C1' });
  expect(printed).toEqual(['present-resource']);
});

test('the commands for a log group name it and print its lines', async () => {
  await new LambdaClient(cloud.clientConfig()).send(
    new CreateFunctionCommand({
      FunctionName: 'is-complete',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${cloud.environment.account}:role/any`,
      Code: { ZipFile: await zipOf({ 'index.js': 'exports.handler = async () => {};' }) },
      LoggingConfig: { LogGroup: 'Reports-IsCompleteLogs-a1b2c3' },
    }),
  );
  const [LOG_GROUP = ''] = await run(commandWith('get-function-configuration'), { FUNCTION: 'is-complete' });
  expect(LOG_GROUP).toBe('Reports-IsCompleteLogs-a1b2c3');
  const logs = new CloudWatchLogsClient(cloud.clientConfig());
  const names = { logGroupName: LOG_GROUP, logStreamName: 'one' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
  await logs.send(new CreateLogStreamCommand(names));
  const message = 'REPORT Max Memory Used: 192 MB';
  const HOUR_MS = 3_600_000;
  const logEvents = [
    { timestamp: Date.now() - 3 * HOUR_MS, message: 'too old' },
    { timestamp: Date.now() - HOUR_MS, message },
  ];
  await logs.send(new PutLogEventsCommand({ ...names, logEvents }));
  expect(await run(commandWith('filter-log-events'), { LOG_GROUP })).toEqual([message]);
});
