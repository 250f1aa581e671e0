import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { LOCAL } from '../evaluate-module';

describe('npm run test:aws in a clone without dependencies', () => {
  let clone: string;
  beforeAll(async () => {
    clone = await mkdtemp(join(tmpdir(), 'clone-'));
    const filter = (path: string) => basename(path) !== 'node_modules';
    await cp(LOCAL, join(clone, 'local'), { recursive: true, filter });
  });
  afterAll(() => rm(clone, { recursive: true }));
  afterEach(async () => {
    // The set-up would create .local first.
    expect(await readdir(clone)).toEqual(['local']);
  });

  const start = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join('local', 'aws-check', 'start.mjs'), ...args], { cwd: clone });

  test('prints what it needs', async () => {
    const { stdout, stderr } = await start('--help');
    expect(stdout).toMatch(/^Usage: npm run test:aws -- --dashboard ID[^]*It needs:\n {2}- AWS credentials/);
    expect(stderr).toBe('');
  });

  test('ends with exit code 2 without a dashboard, before any set-up', async () => {
    const stderr = expect.stringMatching(/^--dashboard is missing\.\n\nUsage:[^]*cdk bootstrap/) as string;
    await expect(start()).rejects.toMatchObject({ code: 2, stdout: '', stderr });
  });
});
