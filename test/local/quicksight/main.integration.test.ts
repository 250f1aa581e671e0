import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ListAssetBundleExportJobsCommand, QuickSightClient } from '@aws-sdk/client-quicksight';

const ROOT = resolve(__dirname, '../../..');
let folder: string;
let started: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
  await mkdir(join(folder, 'dashboard'));
  await writeFile(join(folder, 'dashboard', 'sales.json'), '{"name":"Sales"}');
});

afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  started = [];
  await rm(folder, { recursive: true });
});

function run(...flags: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'local/quicksight/main.ts'), ...flags], {
    cwd: ROOT,
  });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  const closed = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  const printed = async (pattern: RegExp) => {
    for (
      let match;
      ;
      await Promise.race([
        once(child.stdout, 'data'),
        closed.then((end) => {
          throw new Error(JSON.stringify(end));
        }),
      ])
    ) {
      match = pattern.exec(output.stdout);
      if (match) return match[1] ?? '';
    }
  };
  return { child, closed, printed };
}

test.each(['SIGINT', 'SIGTERM'] as const)('prints instructions and requests, and stops on %s', async (signal) => {
  const { child, closed, printed } = run('--assets', folder);
  const url = await printed(/QuickSight stand-in: (http:\/\/127\.0\.0\.1:\d+)\n[^]*Ctrl-C/);
  const client = new QuickSightClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const list = await client.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: '123456789012' }));
  expect(list.AssetBundleExportJobSummaryList).toEqual([]);
  await printed(/(ListAssetBundleExportJobs 123456789012 us-east-1 200)/);
  child.kill(signal);
  const { code, stdout, stderr } = await closed;
  client.destroy();
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`export AWS_ENDPOINT_URL_QUICKSIGHT=${url}`);
  expect(stdout).toContain('arn:aws:quicksight:us-east-1:123456789012:dashboard/sales');
});

test('reports each mistake of its options', async () => {
  await writeFile(join(folder, 'no-bundle.qs'), 'text');
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const mistakes: Array<[string[], RegExp]> = [
    [[], /^Use either --assets FOLDER or --bundle FILE\.qs\.\n$/],
    [['--assets', join(folder, 'no')], /^The folder .* does not exist\. Check the path\.\n$/],
    [['--bundle', join(folder, 'no-bundle.qs')], /^The bundle file .* is not a zip file\. Choose a \.qs file, .*\n$/],
    [['--assets', folder, '--bundle', 'x'], /^Use either --assets FOLDER or --bundle FILE\.qs\.\n$/],
    [
      ['--assets', folder, '--port', `${port}`],
      /^Port \d+ on 127\.0\.0\.1 is already in use\. Stop the process that listens on it, or choose another port \(0 selects a free one\)\.\n$/,
    ],
    [['--assets', folder, '--port', '65536'], /^--port 65536: use a port from 0 to 65535\.\n$/],
    [['--assets', folder, '--running-seconds', 'long'], /^--running-seconds long: use a number of seconds\.\n$/],
    [['--assets', folder, '--account', '12'], /^--account 12: use an account id of 12 digits\.\n$/],
  ];
  const ends = await Promise.all(mistakes.map(([flags]) => run(...flags).closed));
  await new Promise((done) => listener.close(done));
  for (const [index, { code, stdout, stderr }] of ends.entries()) {
    expect(stderr).toMatch(mistakes[index]?.[1] ?? '');
    expect([code, stdout]).toEqual([1, '']);
  }
}, 60_000);
