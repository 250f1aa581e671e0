import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { LOCAL } from './evaluate-module';

describe('npm start in a clone without dependencies', () => {
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
    promisify(execFile)(process.execPath, [join('local', 'npm-start.mjs'), ...args], { cwd: clone });

  test('prints its options', async () => {
    const { stdout, stderr } = await start('--help');
    expect(stdout).toMatch(/^Usage: npm start -- \[options\]\n[^]*--bundle FILE/);
    expect(stderr).toBe('');
  });

  test.each([
    [['--bundle', 'missing.qs'], 'The bundle file missing.qs does not exist. Check the path.'],
    [['--fast'], "Unknown option '--fast'. Run `npm start -- --help` for the list of options."],
    [['--port', '65536'], '--port 65536: use a port from 1 to 65535.'],
  ])('reports the mistake in %j before any set-up', async (args, message) => {
    await expect(start(...args)).rejects.toMatchObject({ code: 1, stdout: '', stderr: `${message}\n` });
  });
});
