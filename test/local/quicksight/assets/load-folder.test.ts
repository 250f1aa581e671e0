import { join } from 'node:path';
import { loadFolder } from '../../../../local/quicksight';
import { TemporaryFolder } from '../../../../testing/temporary-folder';

const folder = new TemporaryFolder();

describe('loadFolder', () => {
  test('loads minified definitions, and the conditions of assets apart from them', async () => {
    await folder.put(
      'dashboard/sales.json',
      JSON.stringify(
        { name: 'Sales', $standIn: { warnings: ['w'], definitionErrors: [{ Type: 'T', Message: 'M' }] } },
        null,
        2,
      ),
    );
    await folder.put('refreshSchedule/base--refresh-schedule--daily.json', '{}');
    await folder.put('datasource/db.json', '{ "name": "DB" }');
    await folder.put('datasource/notes.txt', 'not an asset');
    await folder.put('README.md', 'not an asset');
    const loaded = await loadFolder(folder.path);
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

  test('rejects a path that is not a folder', async () => {
    const missing = join(folder.path, 'no');
    await expect(loadFolder(missing)).rejects.toThrow(`The folder ${missing} does not exist. Check the path.`);
    const file = await folder.put('file', 'x');
    await expect(loadFolder(file)).rejects.toThrow(`${file} is a file. Choose a folder of assets.`);
  });

  test('rejects a folder without assets', async () => {
    await expect(loadFolder(folder.path)).rejects.toThrow(
      /contains no assets\. Add files such as dashboard\/\{id\}\.json \(types: datasource, dataset, .*\)\.$/,
    );
  });

  test.each(['[]', '{'])('rejects the file content %s', async (content) => {
    const file = await folder.put('dashboard/sales.json', content);
    await expect(loadFolder(folder.path)).rejects.toThrow(
      `The file ${file} is not a JSON object. Write the definition of one asset.`,
    );
  });

  test('rejects the file of a refresh schedule without the id of its data set', async () => {
    const file = await folder.put('refreshSchedule/daily.json', '{}');
    await expect(loadFolder(folder.path)).rejects.toThrow(
      `The file ${file} has an invalid name. Name it {dataSetId}--refresh-schedule--{id}.json.`,
    );
  });
});
