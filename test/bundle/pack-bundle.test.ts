import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { packBundle } from '../../bundle/pack-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { memoryBundle } from '../support/memory-bundle';

const folder = new TemporaryFolder();

const packed = async (bundle: ReturnType<typeof memoryBundle>): Promise<Buffer> => {
  const file = join(folder.path, 'bundle.qs');
  await packBundle(bundle, file);
  return readFileSync(file);
};

test('the entries are sorted, deflated and readable, with the time and the mode of every other bundle', async () => {
  const text = 'x'.repeat(1000);
  const bundle = memoryBundle({ 'theme/b.json': { text }, 'dashboard/ü.json': {}, 'theme/a.json': {} });
  expect(await packBundle(bundle, join(folder.path, 'b.qs'))).toEqual([
    'dashboard/ü.json',
    'theme/a.json',
    'theme/b.json',
  ]);
  const zip = await fromBufferPromise(readFileSync(join(folder.path, 'b.qs')));
  const entries = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  expect(entries.map(({ fileName }) => fileName)).toEqual(['dashboard/ü.json', 'theme/a.json', 'theme/b.json']);
  for (const entry of entries) {
    expect([entry.lastModFileDate, entry.lastModFileTime]).toEqual([(1 << 5) | 1, 0]);
    expect(entry.extraFieldRaw).toHaveLength(0);
    expect(entry.compressionMethod).toBe(8);
  }
  expect(entries[2]?.uncompressedSize).toBe(JSON.stringify({ text }).length);
});

test('unzip reads the file without a complaint', async () => {
  await packed(memoryBundle({ 'theme/a.json': { name: 'é' }, 'dashboard/b.json': {} }));
  const output = execFileSync('unzip', ['-t', join(folder.path, 'bundle.qs')], { encoding: 'utf8' });
  expect(output).toContain('No errors detected');
  expect(execFileSync('unzip', ['-p', join(folder.path, 'bundle.qs'), 'theme/a.json'], { encoding: 'utf8' })).toBe(
    '{"name":"é"}',
  );
});

test('the same content gives the same bytes, whatever the order of the parts and of their members', async () => {
  const one = await packed(memoryBundle({ 'theme/a.json': { x: 1, y: 2 }, 'theme/b.json': {} }));
  const other = await packed(memoryBundle({ 'theme/b.json': {}, 'theme/a.json': { y: 2, x: 1 } }));
  expect(one.equals(other)).toBe(true);
  expect(one.equals(await packed(memoryBundle({ 'theme/a.json': { x: 1, y: 3 }, 'theme/b.json': {} })))).toBe(false);
});

test('a bundle that cannot be packed leaves the earlier file and no other', async () => {
  const file = await folder.put('bundle.qs', 'earlier');
  await expect(packBundle(memoryBundle({ 'theme/a.json': undefined }), file)).rejects.toThrow('not JSON');
  expect(readFileSync(file, 'utf8')).toBe('earlier');
  await expect(packBundle(memoryBundle({ 'theme/a.json': {} }), join(file, 'below'))).rejects.toThrow('ENOTDIR');
  expect(readdirSync(folder.path)).toEqual(['bundle.qs']);
});

test('a template is refused', async () => {
  const template = memoryBundle({ 'Resources/A': {} }, 'CLOUDFORMATION_JSON');
  await expect(packBundle(template, join(folder.path, 'a.qs'))).rejects.toThrow(
    'pack accepts the folder of a .qs bundle',
  );
});
