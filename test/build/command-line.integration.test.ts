import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { buildCommandLine, MAX_COMMAND_LINE_BYTES } from '../../build/command-line';
import { PROJECT } from '../../build/handlers';
import { thirdPartyLicenses } from '../../build/licenses';
import { S3Server } from '../../testing/s3-server';
import { zipOf } from '../../testing/zip';

let folder: string;
let metafile: Metafile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  metafile = await buildCommandLine(join(folder, 'dist', 'cli'));
  mkdirSync(join(folder, 'in', 'theme'), { recursive: true });
  for (const id of ['a', 'b']) {
    writeFileSync(join(folder, 'in', 'theme', `${id}.json`), JSON.stringify({ resourceType: 'theme', themeId: id }));
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const main = (): string => join(folder, 'dist', 'cli', 'main.js');

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly code?: number;
}

const run = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Result> =>
  promisify(execFile)(process.execPath, [main(), ...args], { cwd: folder, env: { ...process.env, ...env } }).catch(
    (error: Result) => error,
  );

test('the program is not larger than its limit, and starts with a line for the shell', () => {
  expect(statSync(main()).size).toBeLessThanOrEqual(MAX_COMMAND_LINE_BYTES);
  expect(readFileSync(main(), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('the program contains everything but the modules of Node.js', () => {
  const imports = Object.values(metafile.outputs).flatMap(({ imports: list }) => list.map(({ path }) => path));
  expect(imports.filter((path) => !isBuiltin(path))).toEqual([]);
});

test('the licenses name the libraries of the program', () => {
  const licenses = thirdPartyLicenses(metafile);
  for (const name of ['@aws-sdk/client-s3', 'cli-table3', 'commander', 'picocolors', 'yauzl', 'yazl']) {
    expect(licenses).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
});

test('the command that package.json names is the built program', () => {
  const { bin, files } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    bin: object;
    files: string[];
  };
  expect(bin).toEqual({ 'cdk-quicksight-asset-bundle': 'dist/cli/main.js' });
  expect(files).toEqual(expect.arrayContaining(['dist/cli', 'docs/reference/cli-output.schema.json']));
});

test('exit codes, results and errors reach the shell', async () => {
  expect(await run(['inspect', '--json', 'in'])).toMatchObject({ stdout: expect.stringMatching(/^\{/), stderr: '' });
  expect(await run(['inspect', 'absent'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: absent: no such file or directory\n',
  });
});

test('the same folder is packed to the same bytes in every time zone', async () => {
  const zones = ['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati'];
  for (const [index, TZ] of zones.entries()) await run(['pack', 'in', `${index}.qs`], { TZ });
  const [first, ...others] = zones.map((_, index) => readFileSync(join(folder, `${index}.qs`)).toString('base64'));
  expect(others).toEqual([first, first]);
});

test('a reader that closes the pipe early ends the program without an error', async () => {
  const files = Array.from(
    { length: 3000 },
    (_, index) => [`theme/${index}.json`, '{"resourceType":"theme"}'] as const,
  );
  writeFileSync(join(folder, 'large.qs'), await zipOf(Object.fromEntries(files)));
  const child = spawn(process.execPath, [main(), 'inspect', '--json', 'large.qs'], { cwd: folder });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
}, 30_000);

test('a bundle in S3 is read with the environment of the AWS tools', async () => {
  const server = await new S3Server().start();
  try {
    server.put('a.qs', await zipOf({ 'theme/t.json': '{"resourceType":"theme","themeId":"t"}' }));
    const { stdout, stderr } = await run(['inspect', '--json', 's3://bucket/a.qs'], {
      AWS_ENDPOINT_URL_S3: server.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ assets: [{ type: 'theme', id: 't' }] });
  } finally {
    await server.stop();
  }
});
