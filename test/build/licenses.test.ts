import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { thirdPartyLicenses } from '../../build/licenses';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'licenses-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Installs a package with these files in `node_modules`. */
function install(name: string, description: object, files: Record<string, string> = {}): void {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', license: 'MIT', ...description }),
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

/** The metafile of a bundle with one module of each package. */
function bundleOf(...names: string[]): Metafile {
  const inputs = Object.fromEntries(names.map((name) => [`node_modules/${name}/lib/index.js`, { bytesInOutput: 1 }]));
  const output = {
    bytes: 1,
    imports: [],
    exports: [],
    inputs: { 'lambda/on-event.ts': { bytesInOutput: 1 }, ...inputs },
  };
  return { inputs: {}, outputs: { 'dist/lambda/on-event/index.js': output } };
}

const licensesOf = (...names: string[]): string => thirdPartyLicenses(bundleOf(...names), root);

test('each package is listed with its version, license, license text and notice', () => {
  install(
    '@scope/one',
    { version: '1.2.3', license: 'Apache-2.0' },
    { LICENSE: 'Terms of one\n', 'NOTICE.txt': 'Notice of one\n' },
  );
  install('two', {}, { 'license.md': 'Terms of two\n', 'README.md': 'Not a license' });
  expect(licensesOf('two', '@scope/one').split(/\n-+\n\n/)).toEqual([
    'The programs in dist/lambda and dist/cli contain code of the following packages.\n',
    '@scope/one 1.2.3 (Apache-2.0)\n\nTerms of one\n\nNotice of one\n',
    'two 1.0.0 (MIT)\n\nTerms of two\n',
  ]);
});

test('a text that several packages share is written once', () => {
  for (const name of ['one', 'two']) install(name, {}, { LICENSE: 'Shared terms' });
  expect(licensesOf('one', 'two')).toContain('one 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n\nShared terms\n');
});

test('a package inside another package is listed', () => {
  install('one', {}, { LICENSE: 'Terms of one' });
  install('one/node_modules/two', { name: 'two' }, { LICENSE: 'Terms of two' });
  const metafile = bundleOf('one/node_modules/two');
  expect(thirdPartyLicenses(metafile, root)).toContain('two 1.0.0 (MIT)\n\nTerms of two\n');
  expect(thirdPartyLicenses(metafile, root)).not.toContain('Terms of one');
});

test('a package whose code was removed from the bundle is not listed', () => {
  install('one', {}, { LICENSE: 'Terms of one' });
  const metafile = bundleOf('one');
  for (const { inputs } of Object.values(metafile.outputs)) inputs['node_modules/two/index.js'] = { bytesInOutput: 0 };
  expect(thirdPartyLicenses(metafile, root)).not.toContain('two');
});

describe('a package without a license file', () => {
  const repository = { url: 'https://github.com/owner/packages.git' };

  test('has the license of another package of its repository', () => {
    install('one', { repository, license: 'Apache-2.0' });
    install('two', { repository, license: 'Apache-2.0' }, { LICENSE: 'Terms of the repository' });
    expect(licensesOf('one', 'two')).toContain(
      'one 1.0.0 (Apache-2.0)\ntwo 1.0.0 (Apache-2.0)\n\nTerms of the repository',
    );
  });

  test('is listed without a text if its license is MIT-0', () => {
    install('one', { license: 'MIT-0' });
    expect(licensesOf('one')).toContain('one 1.0.0 (MIT-0)\n\nThe package contains no license file.');
  });

  test.each([
    ['no other package of its repository is bundled', {}],
    ['the other package of its repository has another license', { repository, license: 'Apache-2.0' }],
  ])('is an error if %s', (_, other) => {
    install('one', { repository });
    install('two', other, { LICENSE: 'Other terms' });
    expect(() => licensesOf('one', 'two')).toThrow('one 1.0.0 (MIT) contains no license file.');
  });

  test('is an error if neither package names its repository', () => {
    install('one', {});
    install('two', {}, { LICENSE: 'Other terms' });
    expect(() => licensesOf('one', 'two')).toThrow('one 1.0.0 (MIT) contains no license file.');
  });
});

test('a license that is not permitted is an error', () => {
  install('one', { license: 'GPL-3.0-only' }, { LICENSE: 'Terms of one' });
  expect(() => licensesOf('one')).toThrow('one 1.0.0 has the license GPL-3.0-only.');
});
