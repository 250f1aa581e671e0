import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const LOCAL = resolve(__dirname, '../../../local');
let folder: string;

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'set-up-'))));
afterEach(() => rm(folder, { recursive: true }));

/** What a module of the set-up answers. They are ES modules that run without any dependency, so Node.js itself runs them. */
async function evaluate(module: string, expression: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const url = pathToFileURL(join(LOCAL, 'set-up', module)).href;
  const code = `const m = await import(${JSON.stringify(url)}); try { console.log(JSON.stringify((await (${expression})) ?? null)); } catch (e) { console.log(JSON.stringify(e.message)); }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { env });
  return JSON.parse(stdout);
}

async function fakeCommand(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

describe('the search for Python', () => {
  const find = (more: NodeJS.ProcessEnv = {}) => evaluate('python.mjs', 'm.findPython()', { PATH: folder, ...more });

  test('takes python3 first', async () => {
    await fakeCommand('python3', 'echo python 3.10');
    await fakeCommand('python', 'echo python 3.13');
    expect(await find()).toBe('python3');
  });

  test('goes on to one that is new enough', async () => {
    await fakeCommand('python3', 'echo python 3.9');
    await fakeCommand('python', 'echo python 3.12');
    expect(await find()).toBe('python');
  });

  test('takes the one that PYTHON names, and no other', async () => {
    await fakeCommand('python3', 'echo python 3.12');
    await fakeCommand('other', 'echo python 3.11');
    expect(await find({ PYTHON: join(folder, 'other') })).toBe(join(folder, 'other'));
    expect(await find({ PYTHON: join(folder, 'none') })).toContain(`no ${join(folder, 'none')} was found`);
  });

  test.each([
    ['there is none', undefined, 'no python3, python, py was found'],
    ['it is too old', 'echo python 3.8', 'python3 is Python 3.8'],
    [
      'it has no venv module',
      'echo "ModuleNotFoundError: No module named \'ensurepip\'" >&2; exit 1',
      'python3 has no venv module',
    ],
  ])('says in one sentence what to do when %s', async (_, script, seen) => {
    if (script !== undefined) await fakeCommand('python3', script);
    expect(await find()).toMatch(
      new RegExp(`^The local cloud needs Python 3.10 or later, and ${seen}: install Python[^\\n]*PYTHON\\.$`),
    );
  });
});

describe('the set-up as a program', () => {
  test('refuses an option that it does not have', async () => {
    const run = promisify(execFile)(process.execPath, [join(LOCAL, 'setup.mjs'), '--fast']);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: '--fast is no option: there are --with-aws-cli and --with-library.\n',
    });
  });
});

describe('whether packages are there', () => {
  const installs = () => evaluate('npm.mjs', `typeof m.npmCi('Installing', ${JSON.stringify(folder)})`);
  const lock = (file: string, packages: object) =>
    writeFile(join(folder, file), JSON.stringify({ packages: { '': {}, ...packages } }));

  beforeEach(async () => {
    await mkdir(join(folder, 'node_modules'));
    await lock('package-lock.json', {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', optional: true },
    });
  });

  test('nothing is done when just what the lock file says is there', async () => {
    await writeFile(
      join(folder, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    );
    expect(await installs()).toBe('undefined');
  });

  test.each([
    ['nothing is there', undefined],
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'there is one that does not belong',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } },
    ],
  ])('they are installed when %s', async (_, packages) => {
    if (packages) await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
    expect(await installs()).toBe('function');
  });
});
