import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from '../../bundle/unpack';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { inMemoryBundle } from '../support/in-memory-bundle';

const folder = new TemporaryFolder();

const theme = (id: string) => ({ name: 'Colours', themeId: id, resourceType: 'theme' });

const files = (): string[] =>
  (
    readdirSync(folder.path, { recursive: true, withFileTypes: true }) as Array<{
      name: string;
      parentPath: string;
      isFile(): boolean;
    }>
  )
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.path.length + 1))
    .sort();

test('each asset becomes a file with indented JSON and a newline at its end', async () => {
  const target = join(folder.path, 'new', 'folder');
  const result = await unpack(inMemoryBundle({ 'theme/a.json': theme('a') }), target);
  expect(result).toEqual({ written: ['theme/a.json'], removed: [] });
  expect(readFileSync(join(target, 'theme/a.json'), 'utf8')).toBe(
    '{\n  "resourceType": "theme",\n  "themeId": "a",\n  "name": "Colours"\n}\n',
  );
});

test('a folder that is not empty is refused and remains as it was', async () => {
  await folder.put('notes.txt', 'mine');
  await expect(unpack(inMemoryBundle({ 'theme/a.json': theme('a') }), folder.path)).rejects.toThrow(
    `folder ${folder.path} is not empty: choose another folder, or add --force`,
  );
  expect(files()).toEqual(['notes.txt']);
});

test('with force, the files of assets that the bundle does not contain are removed, and no other file', async () => {
  const kept = {
    'notes.txt': '',
    'README.json': '{}',
    '.git/theme.json': JSON.stringify({ resourceType: '.git' }),
    'theme/mine.json': '[null]',
    'theme/null.json': 'null',
    'theme/damaged.json': '{',
    'theme/notes.txt': JSON.stringify(theme('notes')),
    'dashboard/other.json': JSON.stringify(theme('other')),
  };
  for (const [path, content] of Object.entries(kept)) await folder.put(path, content);
  await folder.put('theme/a.json', 'old');
  await folder.put('theme/b.json', JSON.stringify(theme('b')));
  const result = await unpack(inMemoryBundle({ 'theme/a.json': theme('a') }), folder.path, { force: true });
  expect(result).toEqual({ written: ['theme/a.json'], removed: ['theme/b.json'] });
  expect(files()).toEqual([...Object.keys(kept), 'theme/a.json'].sort());
  expect(readFileSync(join(folder.path, 'theme/a.json'), 'utf8')).toContain('"themeId": "a"');
});

test('nothing is written or removed when one part of the bundle is not JSON', async () => {
  await folder.put('theme/b.json', JSON.stringify(theme('b')));
  const bundle = inMemoryBundle({ 'theme/a.json': theme('a'), 'theme/c.json': Buffer.from('no JSON') });
  await expect(unpack(bundle, folder.path, { force: true })).rejects.toThrow('entry theme/c.json: not JSON');
  expect(files()).toEqual(['theme/b.json']);
});

test('a link in the folder is never followed', async () => {
  const outside = await folder.put('outside/secret.json', 'mine');
  const target = join(folder.path, 'target');
  await folder.put('target/theme/b.json', 'x');
  symlinkSync(outside, join(target, 'theme', 'a.json'));
  await unpack(inMemoryBundle({ 'theme/a.json': theme('a') }), target, { force: true });
  expect(readFileSync(outside, 'utf8')).toBe('mine');
  symlinkSync(join(folder.path, 'outside'), join(target, 'dashboard'));
  const bundle = inMemoryBundle({ 'dashboard/d.json': {} });
  await expect(unpack(bundle, target, { force: true })).rejects.toThrow(/dashboard is a link: remove it/);
  expect(existsSync(join(folder.path, 'outside', 'd.json'))).toBe(false);
});

test('a template is refused', async () => {
  const template = inMemoryBundle({ 'Resources/A': {} }, 'CLOUDFORMATION_JSON');
  await expect(unpack(template, folder.path)).rejects.toThrow('unpack accepts a .qs bundle');
});
