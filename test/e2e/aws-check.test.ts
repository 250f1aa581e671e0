import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { isReported, type Observation } from '../../local/aws-check/observation';
import type { Report } from '../../local/aws-check/report';
import { DEFAULT_ENVIRONMENT, PROJECT } from '../../local/cloud';
import { jobError, loadFolder } from '../../local/quicksight';
import { Deployed } from '../../testing/deployed-stack';

jest.setTimeout(600_000);

const DASHBOARD = 'sales-overview';
const DENIED =
  'User: arn:aws:sts::123456789012:assumed-role/Denied/test-aws is not authorized to perform: quicksight:DescribeDashboard';

let deployed: Deployed;
const folders: string[] = [];

beforeAll(async () => {
  const assets = await loadFolder(join(PROJECT, 'local', 'sample-account'));
  deployed = await Deployed.start({
    assets,
    durations: { queuedMs: 100, runningMs: 500 },
    jobErrors: ({ AssetBundleExportJobId, ResourceArns: [arn = ''] }) =>
      AssetBundleExportJobId.endsWith('-DeniedRole') ? [jobError(arn, 'AccessDeniedException', DENIED)] : [],
  });
});
afterAll(async () => {
  await deployed.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface CommandRun {
  readonly exitCode: number | null;
  readonly text: string;
}

/** Runs the command against the local cloud. `onText` receives the output so far whenever it grows. */
function run(
  args: readonly string[],
  onText: (text: string, kill: () => void) => void = () => {},
  env: NodeJS.ProcessEnv = deployed.cloud.environmentVariables(),
): Promise<CommandRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('local', 'aws-check', 'start.mjs'), ...args], {
      cwd: PROJECT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        onText(text, () => child.kill('SIGINT'));
      });
    }
    child.once('close', (exitCode) => resolve({ exitCode, text }));
  });
}

const stackOf = (text: string): string => /QuickSightAssetBundleTest-[0-9a-f]{8}/.exec(text)?.[0] ?? '';

/** The files of the report. */
async function reportOf(text: string): Promise<{ json: Report; files: string }> {
  const folder = join(PROJECT, '.local', 'test-aws', stackOf(text));
  folders.push(folder);
  const [markdown, json] = await Promise.all(
    ['report.md', 'report.json'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  return { json: JSON.parse(json ?? ''), files: `${markdown}${json}` };
}

/** The value of an observation. @throws the reason if it was not reported. */
function reported<T extends object>(observation: Observation<T> | undefined): T {
  if (observation && isReported(observation)) return observation;
  throw new Error(JSON.stringify(observation));
}

/** The stacks and buckets of the command that exist. */
async function existing(): Promise<string[]> {
  const found: string[] = [];
  const client = new CloudFormationClient(deployed.cloud.clientConfig());
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, {}))
    for (const { StackName = '', StackStatus } of StackSummaries)
      if (StackStatus !== 'DELETE_COMPLETE') found.push(StackName);
  const { Buckets = [] } = await deployed.s3.send(new ListBucketsCommand({}));
  return [...found, ...Buckets.map(({ Name = '' }) => Name)].filter((name) => /AssetBundleTest/i.test(name));
}

function expectNoSecretIn(files: string): void {
  deployed.expectNoLinkIn(files);
  expect(files).not.toContain(DEFAULT_ENVIRONMENT.account);
  expect(files).not.toContain(DASHBOARD);
  expect(files).not.toContain('assumed-role/Denied');
}

test('a run reports every observation, and leaves nothing in the account', async () => {
  // The first call is that of the command. The second is that of the role without rights.
  deployed.standIn.faults.add({
    kind: 'error',
    name: 'AccessDeniedException',
    operation: 'DescribeDashboardDefinition',
    after: 1,
    status: 403,
    message: DENIED,
  });
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes']);
  const { json, files } = await reportOf(text);
  expect({ exitCode, outcome: json.outcome }).toEqual({ exitCode: 0, outcome: 'passed' });
  expect(await existing()).toEqual([]);
  expectNoSecretIn(files);
  deployed.expectNoLinkIn(text);

  expect(json.exports.map(({ name, checks }) => [name, checks.filter(({ passed }) => !passed)])).toEqual([
    ['QUICKSIGHT_JSON, flags off', []],
    ['QUICKSIGHT_JSON, flags on', []],
    ['CLOUDFORMATION_JSON, flags off', []],
    ['CLOUDFORMATION_JSON, flags on', []],
  ]);
  for (const { echo, download } of json.exports) {
    expect(reported(echo).rows.filter(({ same }) => !same)).toEqual([]);
    expect(reported(echo).rows).toHaveLength(9);
    expect(download).toMatchObject({ scheme: 'http', sameBytes: true, rangesJoin: true });
    expect(reported(download).secondLink).toEqual({ sameHost: true, sameEtag: true });
    expect(reported(download).responses.map(({ status }) => status)).toEqual([200, 206, 206, 200, 206]);
  }
  expect(json.missingAsset).toMatchObject({
    status: 'FAILED',
    errors: [{ type: expect.stringContaining('ResourceNotFoundException') }],
  });
  expect(json.deniedRole).toMatchObject({
    call: { name: 'AccessDeniedException', httpStatus: 403 },
    job: { status: 'FAILED', errors: [{ type: expect.stringContaining('AccessDeniedException') }] },
  });
  // Four exports, and a Delete after each Update.
  const { invocations, reports } = reported(json.functions);
  expect(invocations).toBeGreaterThanOrEqual(7);
  expect(reports).toHaveLength(invocations);
  const statuses = reported(json.waiter).executions.map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 7 }, () => 'SUCCEEDED'));
  // The local cloud does not measure the memory of a function.
  expect(files).toContain('Highest Max Memory Used: not reported');
});

test('a run whose first export fails ends its exports, and leaves nothing in the account', async () => {
  deployed.standIn.faults.add({
    kind: 'error',
    name: 'UnsupportedUserEditionException',
    operation: 'StartAssetBundleExportJob',
  });
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes']);
  const { json } = await reportOf(text);
  expect({ exitCode, exports: json.exports.length }).toEqual({ exitCode: 1, exports: 1 });
  expect(json.cleanUp.deletedBuckets).toHaveLength(1);
  expect(await existing()).toEqual([]);
});

test('a run leaves nothing in the account after a Ctrl-C', async () => {
  let isSent = false;
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes'], (soFar, kill) => {
    if (isSent || !soFar.includes('Custom::QuickSightAssetBundleExport')) return;
    isSent = true;
    kill();
  });
  const { json } = await reportOf(text);
  expect({ exitCode, outcome: json.outcome }).toEqual({ exitCode: 130, outcome: 'interrupted' });
  expect(text).toContain('SIGINT: stopping after the current step');
  expect(json.cleanUp).toMatchObject({ destroyedStacks: [stackOf(text)], left: [] });
  expect(await existing()).toEqual([]);
});

test('a second Ctrl-C leaves what exists, and --destroy destroys it later', async () => {
  let isSent = false;
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes'], (soFar, kill) => {
    if (isSent || !soFar.includes('Custom::QuickSightAssetBundleExport')) return;
    isSent = true;
    kill();
    // The terminal and npm both send a Ctrl-C, so one within a second is the same.
    kill();
    void sleep(1_200).then(kill);
  });
  const stack = stackOf(text);
  expect(exitCode).toBe(130);
  expect(text).toContain(`npm run test:aws -- --destroy ${stack} --region us-east-1`);
  expect(await existing()).toContain(stack);

  const destroyed = await run(['--destroy', stack]);
  expect(destroyed.exitCode).toBe(0);
  expect(await existing()).toEqual([]);
  const again = await run(['--destroy', stack]);
  expect(again.text).toContain('nothing was left');
  expect(again.exitCode).toBe(0);
});

test.each([
  [[], '--dashboard is missing.'],
  [['--dashboard', 'missing', '--yes'], 'The dashboard missing cannot be read in the account 123456789012'],
  [['--dashboard', DASHBOARD], 'Use --yes to create these resources without a question.'],
  [['--dashboard', DASHBOARD, '--yes', '--region', 'eu-west-1'], 'npx cdk bootstrap aws://123456789012/eu-west-1'],
])('%j ends with exit code 2 and a reason, and creates nothing', async (args, reason) => {
  const { exitCode, text } = await run(args);
  expect({ exitCode, text }).toEqual({ exitCode: 2, text: expect.stringContaining(reason) });
  expect(await existing()).toEqual([]);
});

test('a run without credentials ends with exit code 2, and names them', async () => {
  const env = deployed.cloud.environmentVariables();
  delete env.AWS_ACCESS_KEY_ID;
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes'], undefined, env);
  expect(exitCode).toBe(2);
  expect(text).toContain('AWS credentials are missing or were rejected');
  expect(text).toContain('`aws sts get-caller-identity` must succeed.');
});

test('a run without a region ends with exit code 2, and names the option', async () => {
  const env = deployed.cloud.environmentVariables();
  delete env.AWS_REGION;
  delete env.AWS_DEFAULT_REGION;
  const { exitCode, text } = await run(['--dashboard', DASHBOARD, '--yes'], undefined, env);
  expect({ exitCode, text }).toEqual({
    exitCode: 2,
    text: expect.stringContaining('Use --region, or set AWS_REGION.'),
  });
});
