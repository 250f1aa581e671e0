import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { inventoryOf } from '../../bundle/inventory';
import { openBundle } from '../../bundle/open-bundle';
import { pack } from '../../bundle/pack';
import { unpack } from '../../bundle/unpack';
import { realBundle } from '../../testing/real-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zipOf } from '../../testing/zip';

const folder = new TemporaryFolder();

async function folderOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) await folder.put(`${name}/${path}`, content);
  return join(folder.path, name);
}

async function packed(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const file = join(folder.path, 'bundle.qs');
  await pack(await folderOf(`folder-${readdirSync(folder.path).length}`, files), file);
  return readFileSync(file);
}

test('the entries are sorted and deflated, with one time and compact JSON', async () => {
  const text = 'x'.repeat(1000);
  const bytes = await packed({
    'theme/b.json': JSON.stringify({ text }, null, 4),
    'dashboard/ü.json': '{}',
    'theme/a.json': '{}',
  });
  const zip = await fromBufferPromise(bytes);
  const entries = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  expect(entries.map(({ fileName }) => fileName)).toEqual(['dashboard/ü.json', 'theme/a.json', 'theme/b.json']);
  for (const entry of entries) {
    // 1980-01-01 00:00 (APPNOTE.TXT, 4.4.6), and no extra field with another time.
    expect([entry.lastModFileDate, entry.lastModFileTime]).toEqual([(1 << 5) | 1, 0]);
    expect(entry.extraFieldRaw).toHaveLength(0);
    expect(entry.compressionMethod).toBe(8);
  }
  expect(entries[2]?.uncompressedSize).toBe(JSON.stringify({ text }).length);
});

test('unzip reads the file without an error', async () => {
  await packed({ 'theme/a.json': '{ "name": "é" }', 'dashboard/b.json': '{}' });
  const unzip = (...options: string[]) => execFileSync('unzip', options, { cwd: folder.path, encoding: 'utf8' });
  expect(unzip('-t', 'bundle.qs')).toContain('No errors detected');
  expect(unzip('-p', 'bundle.qs', 'theme/a.json')).toBe('{"name":"é"}');
});

test('the same content gives the same bytes, whatever its formatting and the order of members and permissions', async () => {
  const permissions = (...actions: string[]) => [{ principal: 'p', actions }];
  const one = await packed({ 'theme/a.json': JSON.stringify({ x: 1, permissions: permissions('a', 'b') }) });
  const other = await packed({ 'theme/a.json': JSON.stringify({ permissions: permissions('b', 'a'), x: 1 }, null, 2) });
  expect(one.equals(other)).toBe(true);
  expect(
    one.equals(await packed({ 'theme/a.json': JSON.stringify({ x: 2, permissions: permissions('a', 'b') }) })),
  ).toBe(false);
});

test('files beside the folders of the assets and hidden files are not part of the bundle', async () => {
  const files = {
    'README.md': '#',
    'package.json': '{}',
    '.git/config': '',
    'theme/a.json': '{}',
    'theme/.DS_Store': 'x',
  };
  expect(await pack(await folderOf('work', files), join(folder.path, 'a.qs'))).toEqual(['theme/a.json']);
});

test('a folder that cannot be packed leaves the earlier file and no other', async () => {
  const file = await folder.put('bundle.qs', 'earlier');
  const source = await folderOf('source', { 'theme/a.json': '{}', 'theme/b.json': '{' });
  await expect(pack(source, file)).rejects.toThrow(/theme\/b\.json/);
  expect(readFileSync(file, 'utf8')).toBe('earlier');
  const whole = await folderOf('whole', { 'theme/a.json': '{}' });
  await expect(pack(whole, join(file, 'below'))).rejects.toThrow('ENOTDIR');
  expect(readdirSync(folder.path).sort()).toEqual(['bundle.qs', 'source', 'whole']);
});

test('a template is refused', async () => {
  const template = await folder.put('template.json', '{"Resources":{"A":{"Type":"AWS::QuickSight::Theme"}}}');
  await expect(pack(template, join(folder.path, 'a.qs'))).rejects.toThrow(
    'pack accepts the folder of an unpacked bundle',
  );
});

const ASSETS = {
  'dashboard/d.json': JSON.stringify({
    resourceType: 'dashboard',
    dashboardId: 'd',
    definition: { sheets: [{ sheetId: 's2' }, { sheetId: 's1' }] },
    permissions: [
      { principal: 'b', actions: ['y', 'x'] },
      { principal: 'a', actions: ['x'] },
    ],
  }),
  'theme/t.json': '{"themeId":"t","resourceType":"theme","name":"é"}',
  'agent/new.json': '{"resourceType":"agent"}',
};

async function roundTrip(file: string): Promise<void> {
  const bundle = await openBundle(file);
  await unpack(bundle, join(folder.path, 'unpacked'));
  await pack(join(folder.path, 'unpacked'), join(folder.path, 'again.qs'));
  const before = await inventoryOf(bundle);
  const after = await inventoryOf(await openBundle(join(folder.path, 'again.qs')));
  expect(after.contentDigest).toBe(before.contentDigest);
  expect(after.assets.map(({ path, digest }) => ({ path, digest }))).toEqual(
    before.assets.map(({ path, digest }) => ({ path, digest })),
  );
  expect(after.unknown).toEqual(before.unknown);
}

test('the digest of an unpacked and packed bundle is the digest of the bundle', async () => {
  await roundTrip(await folder.put('bundle.qs', await zipOf(ASSETS)));
});

test('the digest of the real bundle survives unpack and pack', async () => {
  const real = realBundle();
  if (real !== undefined) await roundTrip(real);
});
