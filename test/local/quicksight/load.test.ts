import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { loadBundle, loadFolder } from '../../../local/quicksight';
import { quickSightJson } from '../../../local/quicksight/bundle/quicksight-json';
import { zipOf } from '../../../testing/zip';
import { catalog } from './fixtures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assets-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(file: string, content: string | Buffer): Promise<string> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe('a folder', () => {
  test('gives its assets, minified, and what the stand-in is told about them apart', async () => {
    await put(
      'dashboard/sales.json',
      JSON.stringify(
        { name: 'Sales', $standIn: { warnings: ['w'], definitionErrors: [{ Type: 'T', Message: 'M' }] } },
        null,
        2,
      ),
    );
    await put('refreshSchedule/base--refresh-schedule--daily.json', '{}');
    await put('datasource/db.json', '{ "name": "DB" }');
    await put('datasource/notes.txt', 'no asset');
    await put('README.md', 'no asset');
    const loaded = await loadFolder(folder);
    expect(loaded.all().map(({ resource, content }) => [resource, content.toString()])).toEqual([
      ['datasource/db', '{"name":"DB"}'],
      ['dashboard/sales', '{"name":"Sales"}'],
      ['dataset/base/refresh-schedule/daily', '{}'],
    ]);
    expect(loaded.get('dashboard/sales')).toMatchObject({
      warnings: ['w'],
      definitionErrors: [{ Type: 'T', Message: 'M' }],
    });
  });

  test('errors name the place', async () => {
    await expect(loadFolder(join(folder, 'no'))).rejects.toThrow(
      `The folder ${join(folder, 'no')} does not exist. Check the path.`,
    );
    await expect(loadFolder(folder)).rejects.toThrow(/contains no assets\. Add files such as dashboard\/\{id\}\.json/);
    const file = await put('file', 'x');
    await expect(loadFolder(file)).rejects.toThrow('is a file. Choose a folder of assets.');
    const bad = await put('dashboard/sales.json', '[]');
    await expect(loadFolder(folder)).rejects.toThrow(
      `The file ${bad} is not a JSON object. Write the definition of one asset.`,
    );
    await writeFile(bad, '{');
    await expect(loadFolder(folder)).rejects.toThrow(
      `The file ${bad} is not a JSON object. Write the definition of one asset.`,
    );
    await writeFile(bad, '{}');
    const odd = await put('refreshSchedule/daily.json', '{}');
    await expect(loadFolder(folder)).rejects.toThrow(
      `The file ${odd} has an invalid name. Name it {dataSetId}--refresh-schedule--{id}.json.`,
    );
  });
});

describe('a bundle', () => {
  test('whose folders are spelled otherwise, or hold what is no asset, is read all the same', async () => {
    const path = await put(
      'a.qs',
      await zipOf({ 'vpcconnection/v.json': '{"name":1}', 'README.txt': 'x', 'unknown/u.json': '{}', 'theme/': '' }),
    );
    expect((await loadBundle(path)).all()).toMatchObject([
      { type: 'vpcConnection', resource: 'vpcConnection/v', entryName: 'vpcconnection/v.json' },
    ]);
  });

  test('keeps the bytes of its entries', async () => {
    const path = await put('a.qs', await zipOf({ 'theme/t.json': '{ "big": 12345678901234567890 }' }));
    const loaded = await loadBundle(path);
    const request = {
      AwsAccountId: '1',
      AssetBundleExportJobId: 'j',
      ResourceArns: [],
      ExportFormat: 'QUICKSIGHT_JSON',
    } as const;
    const again = await put('b.qs', await quickSightJson(loaded.all(), request, new Date()));
    expect((await loadBundle(again)).get('theme/t')?.content.toString()).toBe('{ "big": 12345678901234567890 }');
  });

  test.each([
    ['empty', async () => Buffer.alloc(0), /^The bundle file .*bundle\.qs is empty\. Copy or export it again\.$/],
    [
      'no zip',
      async () => Buffer.from('<html>'),
      /^The bundle file .*bundle\.qs is not a zip file\. Choose a \.qs file, which QuickSight exports in the format QUICKSIGHT_JSON\.$/,
    ],
    ['a template', async () => Buffer.from(JSON.stringify({ Resources: {} }).padEnd(100)), /is not a zip file/],
    ['cut short', async () => (await zipOf({ 'theme/t.json': '{}' })).subarray(0, 40), /is not a zip file/],
    [
      'a zip without assets',
      async () => zipOf({ 'a.txt': 'x' }),
      /contains no assets\. A bundle has entries such as dashboard\/\{id\}\.json\.$/,
    ],
    ['a zip without entries', async () => zipOf({}), /contains no assets/],
    [
      'with an entry that is no JSON',
      async () => zipOf({ 'theme/t.json': 'x' }),
      /is damaged \(entry theme\/t\.json: not a JSON object\)\. Copy or export it again\.$/,
    ],
    [
      'with an entry that is no object',
      async () => zipOf({ 'theme/t.json': '[]' }),
      /is damaged \(entry theme\/t\.json: not a JSON object\)\. Copy or export it again\.$/,
    ],
    [
      'with changed bytes',
      async () => corrupted(await zipOf({ 'theme/t.json': '{"name":"aaaa"}' }, false)),
      /is damaged \(entry theme\/t\.json: wrong checksum\)\. Copy or export it again\.$/,
    ],
  ])('that is %s is refused with the reason', async (_what, make, message) => {
    await expect(loadBundle(await put('bundle.qs', await make()))).rejects.toThrow(message);
  });

  test('that is missing, or a folder, is refused with the reason', async () => {
    await expect(loadBundle(join(folder, 'no.qs'))).rejects.toThrow(
      `The bundle file ${join(folder, 'no.qs')} does not exist. Check the path.`,
    );
    await expect(loadBundle(folder)).rejects.toThrow('is a folder. Choose a bundle file (.qs).');
  });

  test('from the service is read: four assets', async () => {
    const real = resolve(__dirname, '../../../../shared/data/TotalDeathByCountry.qs');
    if (!existsSync(real)) return console.warn('../shared/data is not there: no real bundle is read in this run.');
    const request = {
      AwsAccountId: '1',
      AssetBundleExportJobId: 'j',
      ResourceArns: [],
      ExportFormat: 'QUICKSIGHT_JSON',
    } as const;
    const loaded = await loadBundle(real);
    expect(loaded.all().map(({ type }) => type)).toEqual(['datasource', 'analysis', 'dataset', 'dashboard']);
    const again = await put('again.qs', await quickSightJson(loaded.all(), request, new Date()));
    expect((await loadBundle(again)).all()).toEqual(loaded.all());
  });
});

test('an asset needs the end of an ARN', () => {
  expect(() => catalog().add('dashboards/x', {})).toThrow(
    "'dashboards/x' is not the resource part of an asset's ARN. Use a value such as 'dashboard/sales-overview'.",
  );
  expect(() => catalog().set('dashboard/no', {})).toThrow('The asset dashboard/no does not exist.');
});

function corrupted(zip: Buffer): Buffer {
  const at = zip.indexOf('aaaa');
  return Buffer.concat([zip.subarray(0, at), Buffer.from('aaab'), zip.subarray(at + 4)]);
}
