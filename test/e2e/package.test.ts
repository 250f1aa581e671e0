import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../../local/cloud';
import { AssetCatalog } from '../../local/quicksight';
import { Deployed } from '../../testing/deployed-stack';

jest.setTimeout(300_000);

const run = promisify(execFile);

/** An app of a user in JavaScript: a bucket and two exports, one of which depends on the other. */
const APP = `
const { App, Stack, CfnOutput, RemovalPolicy } = require('aws-cdk-lib');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const { AssetBundleExport, ExportTrigger, QuickSightAsset } = require('cdk-quicksight-asset-bundle');

const stack = new Stack(new App(), 'Consumer', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const bucket = new Bucket(stack, 'Bundles', { versioned: true });
const sales = new AssetBundleExport(stack, 'Sales', { assets: [QuickSightAsset.dashboard('sales')], bucket, prefix: 'sales/', removalPolicy: RemovalPolicy.DESTROY });
const orders = new AssetBundleExport(stack, 'Orders', { assets: [QuickSightAsset.dataSet('orders')], bucket, trigger: ExportTrigger.when(sales.artifact.contentDigest), removalPolicy: RemovalPolicy.DESTROY });
new CfnOutput(stack, 'SalesUri', { value: sales.artifact.s3Uri });
new CfnOutput(stack, 'OrdersUri', { value: orders.artifact.s3Uri });
`;

let folder: string;
let packedFiles: string[];
let deployed: Deployed;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consumer-'));
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  const version = (name: string): string => `${name}@${{ ...dependencies, ...devDependencies }[name]}`;
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: PROJECT,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: Array<{ path: string }> }];
  packedFiles = files.map(({ path }) => path);
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await run(
    'npm',
    [
      'install',
      '--no-fund',
      '--no-audit',
      '--prefer-offline',
      join(folder, filename),
      version('aws-cdk-lib'),
      version('constructs'),
    ],
    { cwd: folder },
  );
  await writeFile(join(folder, 'app.js'), APP);
  const assets = new AssetCatalog()
    .add('dashboard/sales', { resourceType: 'dashboard', dashboardId: 'sales', name: 'Sales' })
    .add('dataset/orders', { resourceType: 'dataset', dataSetId: 'orders', name: 'Orders' });
  deployed = await Deployed.start({ assets, durations: { queuedMs: 100, runningMs: 400 } });
});
afterAll(async () => {
  await deployed.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the packed tarball contains the licenses of the bundled code', () => {
  expect(packedFiles).toEqual(expect.arrayContaining(['LICENSE', 'THIRD-PARTY-LICENSES']));
});

test('the packed tarball contains a command without dependencies, and the schema of its output', async () => {
  expect(packedFiles).toEqual(expect.arrayContaining(['dist/cli/main.js', 'docs/reference/cli-output.schema.json']));
  await mkdir(join(folder, 'bundle', 'theme'), { recursive: true });
  await writeFile(join(folder, 'bundle', 'theme', 'light.json'), '{"resourceType":"theme","themeId":"light"}');
  const { stdout } = await run('npx', ['--no-install', 'cdk-quicksight-asset-bundle', 'inspect', '--json', 'bundle'], {
    cwd: folder,
  });
  expect(JSON.parse(stdout)).toMatchObject({ assets: [{ type: 'theme', id: 'light' }] });
});

test('the packed tarball, installed in an empty project, deploys without a bundler and is destroyed without leaving an artifact', async () => {
  const app = { app: 'node app.js', cwd: folder };
  const { outputs, text } = await deployed.cloud.deploy(app);
  const { SalesUri = '', OrdersUri = '' } = outputs.Consumer ?? {};
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(sales\/assetbundle-.+\.qs)$/.exec(SalesUri) ?? [];
  expect((await deployed.object(bucket, key)).subarray(0, 2).toString()).toBe('PK');
  expect(OrdersUri).toMatch(new RegExp(`^s3://${bucket}/assetbundle-.+\\.qs$`));
  expect(text).not.toMatch(/bundling|esbuild|docker/i);
  await deployed.cloud.destroy(app);
  await expect(deployed.object(bucket, key)).rejects.toThrow();
});
