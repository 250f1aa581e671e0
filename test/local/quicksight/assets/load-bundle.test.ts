import { join } from 'node:path';
import type { ExportRequest } from '../../../../local/quicksight';
import { loadBundle } from '../../../../local/quicksight';
import { quickSightJson } from '../../../../local/quicksight/bundle/quicksight-json';
import { realBundle } from '../../../../testing/real-bundle';
import { TemporaryFolder } from '../../../../testing/temporary-folder';
import { zipOf } from '../../../../testing/zip';

const folder = new TemporaryFolder();
const REQUEST: ExportRequest = {
  AwsAccountId: '1',
  AssetBundleExportJobId: 'j',
  ResourceArns: [],
  ExportFormat: 'QUICKSIGHT_JSON',
};

describe('loadBundle', () => {
  test('accepts another case of a folder, and ignores entries that are not assets', async () => {
    const path = await folder.put(
      'a.qs',
      await zipOf({ 'vpcconnection/v.json': '{"name":1}', 'README.txt': 'x', 'unknown/u.json': '{}', 'theme/': '' }),
    );
    expect((await loadBundle(path)).all()).toMatchObject([
      { type: 'vpcConnection', resource: 'vpcConnection/v', entryName: 'vpcconnection/v.json' },
    ]);
  });

  test('keeps the bytes of the entries', async () => {
    const path = await folder.put('a.qs', await zipOf({ 'theme/t.json': '{ "big": 12345678901234567890 }' }));
    const loaded = await loadBundle(path);
    const again = await folder.put('b.qs', await quickSightJson(loaded.all(), REQUEST, new Date()));
    expect((await loadBundle(again)).get('theme/t')?.content.toString()).toBe('{ "big": 12345678901234567890 }');
  });

  test.each([
    [
      'an empty file',
      async () => Buffer.alloc(0),
      /^The bundle file .*bundle\.qs is empty\. Copy or export it again\.$/,
    ],
    [
      'an HTML file',
      async () => Buffer.from('<html>'),
      /^The bundle file .*bundle\.qs is not a zip file\. Choose a \.qs file, which QuickSight exports in the format QUICKSIGHT_JSON\.$/,
    ],
    ['a template', async () => Buffer.from(JSON.stringify({ Resources: {} }).padEnd(100)), /is not a zip file/],
    ['a truncated zip file', async () => (await zipOf({ 'theme/t.json': '{}' })).subarray(0, 40), /is not a zip file/],
    [
      'a zip file without assets',
      async () => zipOf({ 'a.txt': 'x' }),
      /contains no assets\. A bundle has entries such as dashboard\/\{id\}\.json\.$/,
    ],
    ['a zip file without entries', async () => zipOf({}), /contains no assets/],
    [
      'a zip file with an entry that is not JSON',
      async () => zipOf({ 'theme/t.json': 'x' }),
      /is damaged \(entry theme\/t\.json: not a JSON object\)\. Copy or export it again\.$/,
    ],
    [
      'a zip file with an entry that is not a JSON object',
      async () => zipOf({ 'theme/t.json': '[]' }),
      /is damaged \(entry theme\/t\.json: not a JSON object\)\. Copy or export it again\.$/,
    ],
    [
      'a zip file with changed bytes',
      async () => corrupted(await zipOf({ 'theme/t.json': '{"name":"aaaa"}' }, false)),
      /is damaged \(entry theme\/t\.json: wrong checksum\)\. Copy or export it again\.$/,
    ],
  ])('rejects %s', async (_, make, message) => {
    await expect(loadBundle(await folder.put('bundle.qs', await make()))).rejects.toThrow(message);
  });

  test('rejects a path that is not a file', async () => {
    const missing = join(folder.path, 'no.qs');
    await expect(loadBundle(missing)).rejects.toThrow(`The bundle file ${missing} does not exist. Check the path.`);
    await expect(loadBundle(folder.path)).rejects.toThrow(`${folder.path} is a folder. Choose a bundle file (.qs).`);
  });

  test('loads the four assets of a real bundle', async () => {
    const real = realBundle();
    if (real === undefined) return;
    const loaded = await loadBundle(real);
    expect(loaded.all().map(({ type }) => type)).toEqual(['datasource', 'analysis', 'dataset', 'dashboard']);
    const again = await folder.put('again.qs', await quickSightJson(loaded.all(), REQUEST, new Date()));
    expect((await loadBundle(again)).all()).toEqual(loaded.all());
  });
});

function corrupted(zip: Buffer): Buffer {
  const at = zip.indexOf('aaaa');
  return Buffer.concat([zip.subarray(0, at), Buffer.from('aaab'), zip.subarray(at + 4)]);
}
