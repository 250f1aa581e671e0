import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { evaluate } from '../evaluate-module';

const folder = new TemporaryFolder();

describe('npmCi', () => {
  const installs = async () =>
    (await evaluate('set-up/npm.mjs', `m.npmCi('Installing', ${JSON.stringify(folder.path)})`)) !== null;
  const writeLock = (file: string, packages: object) =>
    folder.put(file, JSON.stringify({ packages: { '': {}, ...packages } }));

  const writeInstalled = (packages: object) =>
    folder.put('node_modules/.package-lock.json', JSON.stringify({ packages }));

  beforeEach(async () => {
    await mkdir(join(folder.path, 'node_modules'));
    await writeLock('package-lock.json', {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', optional: true },
    });
  });

  test('does nothing when the installed packages match the lock file', async () => {
    await writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
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
    if (packages) await writeInstalled(packages);
    expect(await installs()).toBe(true);
  });
});
