import { createHash } from 'node:crypto';
import { realBundle } from '../../../testing/real-bundle';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';
import { checkedJson, runCommand } from '../../support/run-command';
import { sampleBundle } from '../../support/sample-bundle';

const folder = new TemporaryFolder();

const ARN = 'arn:aws:quicksight:us-east-1:111122223333';

test('the JSON of a bundle has the published form', async () => {
  const bytes = await sampleBundle();
  const { exitCode, stdout } = await runCommand('inspect', '--json', await folder.put('a.qs', bytes));
  expect(exitCode).toBe(0);
  expect(checkedJson('inspect', stdout)).toMatchObject({
    format: 'QUICKSIGHT_JSON',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    assets: expect.arrayContaining([
      expect.objectContaining({
        type: 'datasource',
        id: 'sales-lake',
        name: 'Sales lake',
        path: 'datasource/sales-lake.json',
      }),
    ]),
    unknown: [],
  });
});

test('a folder and a template have the same form', async () => {
  await folder.put('folder/theme/t.json', '{"resourceType":"theme","themeId":"t"}');
  const template = { Resources: { T: { Type: 'AWS::QuickSight::Theme', Properties: { ThemeId: 't' } } } };
  for (const path of [`${folder.path}/folder`, await folder.put('t.json', JSON.stringify(template))]) {
    const { stdout } = await runCommand('inspect', '--json', path);
    expect(checkedJson('inspect', stdout)).toMatchObject({ assets: [{ type: 'theme' }] });
  }
});

test('the report has a line for each asset, each reference outside the bundle and each unknown file', async () => {
  const dataSet = {
    resourceType: 'dataset',
    dataSetId: 's',
    name: 'Orders \u001b[31m',
    importMode: 'SPICE',
    physicalTableMap: { t: { relationalTable: { dataSourceArn: `${ARN}:datasource/absent` } } },
  };
  const files = { 'dataset/s.json': JSON.stringify(dataSet), 'agent/x.json': '{}' };
  const { stdout } = await runCommand('inspect', await folder.put('a.qs', await zipOf(files)));
  expect(stdout).toMatch(/^Format +QUICKSIGHT_JSON\nSize +[\d,]+ bytes\nSHA-256 +[0-9a-f]{64}\nContent digest +v2:/);
  expect(stdout).toMatch(/^dataset +s +Orders \\u001b\[31m +[\d,]+ +SPICE.*1 outside$/m);
  expect(stdout).toContain(`dataset/s  ${ARN}:datasource/absent\n`);
  expect(stdout).toMatch(/OF AN UNKNOWN TYPE\nagent\/x\.json\n$/);
});

test('the real bundle has four assets of account 198737698272', async () => {
  const real = realBundle();
  if (real === undefined) return;
  const { stdout } = await runCommand('inspect', '--json', real);
  expect(checkedJson('inspect', stdout)).toMatchObject({
    sourceAccount: '198737698272',
    sourceRegion: 'us-east-2',
    assets: [{ type: 'analysis' }, { type: 'dashboard' }, { type: 'dataset' }, { type: 'datasource' }],
  });
});
