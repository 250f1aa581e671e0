import { createHash } from 'node:crypto';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import type { OpenBundle } from '../../bundle/inventory-types';
import { openBundle } from '../../bundle/open-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zipOf } from '../../testing/zip';
import { rawZip } from '../support/raw-zip';

const FOLDER = new TemporaryFolder();

const open = async (bytes: Buffer, file = 'bundle') => openBundle(await FOLDER.put(file, bytes));

const partsOf = async (bundle: OpenBundle) => {
  const parts = [];
  for await (const part of bundle.parts()) parts.push(part);
  return parts;
};

test('opens a zip by its content, whatever its name is', async () => {
  const bytes = await zipOf({ 'dashboard/sales.json': '{"name":"Sales"}', 'x.bin': '\u0000' });
  const bundle = await open(bytes, 'template.json');
  expect(bundle).toMatchObject({
    format: 'QUICKSIGHT_JSON',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(await partsOf(bundle)).toEqual([
    expect.objectContaining({ path: 'dashboard/sales.json', content: { name: 'Sales' } }),
    expect.objectContaining({ path: 'x.bin', sizeBytes: 1 }),
  ]);
});

test('opens a template by its content, whatever its name is', async () => {
  const bundle = await open(Buffer.from('{"Resources":{"A":{"Type":"B"}}}'), 'bundle.qs');
  expect(bundle).toMatchObject({ format: 'CLOUDFORMATION_JSON', sizeBytes: 32 });
  expect((await partsOf(bundle)).map(({ path }) => path)).toEqual(['Resources/A']);
});

test('opens a folder', async () => {
  await FOLDER.put('dashboard/sales.json', '{}');
  expect((await partsOf(await openBundle(FOLDER.path))).map(({ path }) => path)).toEqual(['dashboard/sales.json']);
});

test('reads the parts again for each call', async () => {
  const bundle = await open(await zipOf({ 'theme/a.json': '{}', 'theme/b.json': '{}' }));
  for await (const { path } of bundle.parts()) {
    expect(path).toBe('theme/a.json');
    break;
  }
  expect(await partsOf(bundle)).toHaveLength(2);
  expect(await partsOf(bundle)).toHaveLength(2);
});

test.each([
  ['an empty file', Buffer.alloc(0), 'the file is empty'],
  ['another file', Buffer.from('no bundle'), 'the file is neither a zip nor JSON: it starts with "no bundle"'],
])('refuses %s', async (_, bytes, message) => {
  await expect(open(bytes)).rejects.toThrow(new InvalidBundleError(message));
});

test.each([
  [
    'an encrypted entry',
    { path: 'theme/a.json', content: '{}', flags: 1 },
    'entry theme/a.json: encryption is not supported',
  ],
  ['a wrong length', { path: 'theme/a.json', uncompressedSize: 3 }, 'entry theme/a.json: expected 3 bytes, found 2'],
  [
    'JSON with a repeated key',
    { path: 'theme/a.json', content: '{"a":1,"a":2}' },
    'entry theme/a.json: an object has the key "a" twice',
  ],
])('refuses a zip with %s', async (_, entry, message) => {
  const bundle = await open(rawZip([{ path: 'theme/first.json' }, entry]));
  await expect(partsOf(bundle)).rejects.toThrow(new InvalidBundleError(message));
});

test('refuses a zip with two entries of one path', async () => {
  const bundle = await open(rawZip([{ path: 'theme/a.json' }, { path: 'theme/a.json' }]));
  await expect(partsOf(bundle)).rejects.toThrow(
    new InvalidBundleError('entry theme/a.json: the bundle has another entry of this path'),
  );
});

test('refuses damaged compressed data as an invalid bundle', async () => {
  const bytes = await zipOf({ 'theme/a.json': JSON.stringify({ text: 'abc'.repeat(100) }) });
  bytes.fill(0xff, 45, 50);
  await expect(partsOf(await open(bytes))).rejects.toBeInstanceOf(InvalidBundleError);
});

test('keeps the class of a limit', async () => {
  const bundle = await open(Buffer.from(`{"Resources":{"A":9007199254740993}}`));
  await expect(partsOf(bundle)).rejects.toBeInstanceOf(BundleLimitError);
});

test('throws the error of the file system for a path that does not exist', async () => {
  await expect(openBundle('/does/not/exist')).rejects.toMatchObject({ code: 'ENOENT' });
});
