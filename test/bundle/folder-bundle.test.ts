import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder } from '../../bundle/folder-bundle';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { TemporaryFolder } from '../../testing/temporary-folder';

const FOLDER = new TemporaryFolder();

const partsOf = async () => {
  const parts = [];
  for await (const part of (await openFolder(FOLDER.path)).parts()) parts.push(part);
  return parts;
};

test('has the files in the order of their paths, with the sum of their sizes', async () => {
  await FOLDER.put('dataset/orders.json', '{"name":"Orders"}');
  await FOLDER.put('dashboard/sales.json', '{"name":"Sales"}');
  await FOLDER.put('README.md', 'text');
  const bundle = await openFolder(FOLDER.path);
  expect(bundle).toMatchObject({ format: 'QUICKSIGHT_JSON', sizeBytes: 17 + 16 + 4 });
  expect(bundle).not.toHaveProperty('sha256');
  expect((await partsOf()).map(({ path, content }) => [path, content])).toEqual([
    ['README.md', undefined],
    ['dashboard/sales.json', { name: 'Sales' }],
    ['dataset/orders.json', { name: 'Orders' }],
  ]);
});

test('leaves out names that start with a dot', async () => {
  await FOLDER.put('dashboard/sales.json', '{}');
  await FOLDER.put('.git/objects/a.json', 'binary');
  await FOLDER.put('dashboard/.DS_Store', 'binary');
  expect((await partsOf()).map(({ path }) => path)).toEqual(['dashboard/sales.json']);
});

test('refuses a link', async () => {
  await FOLDER.put('dashboard/sales.json', '{}');
  await symlink('/etc', join(FOLDER.path, 'dashboard', 'secrets'));
  await expect(openFolder(FOLDER.path)).rejects.toThrow(
    new InvalidBundleError('entry dashboard/secrets: neither a file nor a folder. Replace the link by its target.'),
  );
});

test('refuses a folder without files of a bundle', async () => {
  const error = new InvalidBundleError('the folder contains no files of a bundle, such as dashboard/{id}.json');
  await expect(openFolder(FOLDER.path)).rejects.toThrow(error);
  await FOLDER.put('package.json', '{}');
  await mkdir(join(FOLDER.path, 'dashboard'));
  await FOLDER.put('src/inner/a.json', '{}');
  await expect(openFolder(FOLDER.path)).rejects.toThrow(error);
});

test('names the file that is not JSON', async () => {
  await FOLDER.put('dashboard/sales.json', '{"name":');
  await expect(partsOf()).rejects.toThrow(new InvalidBundleError('entry dashboard/sales.json: not JSON'));
});
