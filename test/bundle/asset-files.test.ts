import { assetFiles } from '../../bundle/asset-files';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { inMemoryBundle } from '../support/in-memory-bundle';

const pathsOf = async (...paths: string[]): Promise<string[]> => {
  const found: string[] = [];
  for await (const { path } of assetFiles(inMemoryBundle(Object.fromEntries(paths.map((path) => [path, {}]))))) {
    found.push(path);
  }
  return found;
};

test('the files are the parts of the bundle, also of a type that is unknown today', async () => {
  expect(await pathsOf('dashboard/a.json', 'agent/b.json')).toEqual(['dashboard/a.json', 'agent/b.json']);
});

test.each([
  '../a.json',
  'dashboard/../a.json',
  '/dashboard/a.json',
  'a.json',
  'dashboard/sub/a.json',
  'dashboard\\a.json',
  'dashboard/a.txt',
  '.git/config.json',
  'dashboard/.json',
  'dashboard/a\u0000.json',
])('the path %j is refused', async (path) => {
  await expect(pathsOf(path)).rejects.toThrow(
    new InvalidBundleError(`entry ${JSON.stringify(path)}: the path is not {type}/{id}.json`),
  );
});

test('the type of an asset is its folder', async () => {
  const { value } = await assetFiles(inMemoryBundle({ 'theme/a.json': { name: 'A' } })).next();
  expect(value).toEqual({ type: 'theme', path: 'theme/a.json', content: { name: 'A' } });
});

test('two names that differ only in case are refused, because some file systems hold only one of them', async () => {
  await expect(pathsOf('theme/a.json', 'theme/A.json')).rejects.toThrow(
    'entries theme/a.json and theme/A.json: the names differ only in case',
  );
});

test('a part that is not JSON is refused', async () => {
  const files = assetFiles(inMemoryBundle({ 'theme/a.json': Buffer.from('no JSON') }));
  await expect(files.next()).rejects.toThrow(
    'entry theme/a.json: not JSON, or JSON that cannot be rewritten without a loss',
  );
});
