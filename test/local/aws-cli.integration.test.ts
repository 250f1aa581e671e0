import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { awsCli } from '../../local/cloud';
import { AssetCatalog, QuickSightStandIn } from '../../local/quicksight';

jest.setTimeout(60_000);

const run = promisify(execFile);
const ACCOUNT = '123456789012';

let standIn: QuickSightStandIn;
let url: string;
let folder: string;
let time = Date.now();

beforeAll(async () => {
  const assets = new AssetCatalog().add('dashboard/sales', {
    resourceType: 'dashboard',
    dashboardId: 'sales',
    name: 'Sales',
  });
  standIn = new QuickSightStandIn({ assets, now: () => time, durations: { queuedMs: 1000, runningMs: 1000 } });
  ({ url } = await standIn.start());
  folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
});
afterAll(async () => {
  await standIn.stop();
  await rm(folder, { recursive: true });
});

/** Runs the AWS CLI. Environment variables are its only configuration. */
async function quicksight(...args: string[]): Promise<Record<string, never> & { [name: string]: unknown }> {
  const { stdout } = await run(awsCli(), ['quicksight', ...args, '--aws-account-id', ACCOUNT, '--output', 'json'], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ENDPOINT_URL_QUICKSIGHT: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
    },
  });
  return JSON.parse(stdout);
}

const start = (id: string, ...more: string[]) =>
  quicksight(
    'start-asset-bundle-export-job',
    '--asset-bundle-export-job-id',
    id,
    '--resource-arns',
    `arn:aws:quicksight:us-east-1:${ACCOUNT}:dashboard/sales`,
    '--export-format',
    'QUICKSIGHT_JSON',
    ...more,
  );
const describeJob = (id: string) => quicksight('describe-asset-bundle-export-job', '--asset-bundle-export-job-id', id);

test('the AWS CLI starts and describes a job, and curl downloads its bundle', async () => {
  expect(await start('job-1', '--include-tags')).toMatchObject({ AssetBundleExportJobId: 'job-1', Status: 200 });
  expect(await describeJob('job-1')).toMatchObject({
    JobStatus: 'QUEUED_FOR_IMMEDIATE_EXECUTION',
    IncludeTags: true,
    IncludePermissions: false,
  });
  time += 3000;
  const { JobStatus, DownloadUrl } = await describeJob('job-1');
  expect(JobStatus).toBe('SUCCESSFUL');
  const file = join(folder, 'bundle.qs');
  await run('curl', ['--silent', '--show-error', '--fail', '--output', file, String(DownloadUrl)]);
  expect((await readFile(file)).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  time += 6 * 60_000;
  const { stdout } = await run('curl', ['--silent', '--write-out', '%{http_code}', String(DownloadUrl)]);
  expect(stdout).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>[^]*403$/);
});

test('the AWS CLI lists the jobs in pages', async () => {
  for (const id of ['page-1', 'page-2', 'page-3']) {
    await start(id);
    time += 3000;
  }
  const ids = ({ AssetBundleExportJobSummaryList }: { AssetBundleExportJobSummaryList?: unknown }) =>
    (AssetBundleExportJobSummaryList as Array<{ AssetBundleExportJobId: string }>).map(
      ({ AssetBundleExportJobId }) => AssetBundleExportJobId,
    );
  const all = ids(await quicksight('list-asset-bundle-export-jobs', '--page-size', '1'));
  expect(all).toEqual(expect.arrayContaining(['page-1', 'page-2', 'page-3']));
  const first = await quicksight('list-asset-bundle-export-jobs', '--max-items', '2');
  const rest = await quicksight('list-asset-bundle-export-jobs', '--starting-token', String(first.NextToken));
  expect([...ids(first), ...ids(rest)]).toEqual(all);
});

test('the AWS CLI reports the errors of the service', async () => {
  await start('twice');
  await expect(start('twice')).rejects.toThrow(
    '(ConflictException) when calling the StartAssetBundleExportJob operation',
  );
  await expect(describeJob('nowhere')).rejects.toThrow(
    '(ResourceNotFoundException) when calling the DescribeAssetBundleExportJob operation',
  );
  await expect(start('no spaces')).rejects.toThrow(/\(ValidationException\)[^]*assetBundleExportJobId/);
});
