import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from '../evaluate-module';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'npm-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('npmCi', () => {
  const installs = async () =>
    (await evaluate('set-up/npm.mjs', `m.npmCi('Installing', ${JSON.stringify(folder)})`)) !== null;
  const writeLock = (file: string, packages: object) =>
    writeFile(join(folder, file), JSON.stringify({ packages: { '': {}, ...packages } }));

  beforeEach(async () => {
    await mkdir(join(folder, 'node_modules'));
    await writeLock('package-lock.json', {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', optional: true },
    });
  });

  test('does nothing when the installed packages match the lock file', async () => {
    await writeFile(
      join(folder, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    );
    expect(await installs()).toBe(false);
  });

  test.each([
    ['no package is installed', undefined],
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'an additional package is installed',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } },
    ],
  ])('installs the packages when %s', async (_, packages) => {
    if (packages) await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
    expect(await installs()).toBe(true);
  });
});
