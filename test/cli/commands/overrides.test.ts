import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';
import { checkedJson, runCommand } from '../../support/run-command';

const folder = new TemporaryFolder();

const DATA_SOURCE = {
  resourceType: 'datasource',
  dataSourceId: 'orders',
  dataSourceParameters: { mySqlParameters: { host: 'db.dev', port: 3306, database: 'orders' } },
  credentials: { credentialPair: { username: 'admin', password: 'hunter2' } },
};

const bundle = async () => folder.put('a.qs', await zipOf({ 'datasource/orders.json': JSON.stringify(DATA_SOURCE) }));

test('the JSON has the published form and the members of StartAssetBundleImportJob', async () => {
  const { exitCode, stdout, stderr } = await runCommand('overrides', '--json', await bundle());
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).not.toContain('hunter2');
  const secret = '<ARN of the secret with the credentials>';
  expect(checkedJson('overrides', stdout)).toMatchObject({
    OverrideParameters: {
      DataSources: [
        {
          DataSourceId: 'orders',
          DataSourceParameters: { MySqlParameters: { Host: '<Host, db.dev in the source account>', Port: 3306 } },
          Credentials: { SecretArn: secret },
        },
      ],
    },
    OverridePermissions: { DataSources: expect.any(Array) },
    toFillIn: expect.arrayContaining([
      { path: '/OverrideParameters/DataSources/0/Credentials/SecretArn', placeholder: secret },
    ]),
    warnings: [],
  });
});

test('the report has the JSON, the TypeScript and the values to fill in', async () => {
  const { stdout } = await runCommand('overrides', await bundle());
  expect(stdout).toContain('"DataSourceId": "orders"');
  expect(stdout).toContain("dataSourceId: 'orders'");
  expect(stdout).toMatch(/^<Host, db\.dev in the source account> +\/OverrideParameters\/.+\/Host$/m);
  expect(stdout).not.toContain('hunter2');
});

test('the files contain the request and the TypeScript', async () => {
  const [request, typescript] = [join(folder.path, 'request.json'), join(folder.path, 'import.ts')];
  await runCommand('overrides', await bundle(), '--request', request, '--typescript', typescript);
  expect(Object.keys(JSON.parse(readFileSync(request, 'utf8')) as object)).toEqual([
    'OverrideParameters',
    'OverridePermissions',
  ]);
  expect(readFileSync(typescript, 'utf8')).toContain("new AssetBundleImport(this, 'Import', {");
});

test('more overrides than the service accepts are a warning', async () => {
  const files = Array.from({ length: 51 }, (_, index) => [`datasource/${index}.json`, '{}'] as const);
  const { stdout } = await runCommand('overrides', await folder.put('a.qs', await zipOf(Object.fromEntries(files))));
  expect(stdout).toContain('warning: The bundle needs overrides for 51 data sources');
});
