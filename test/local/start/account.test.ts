import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect } from '../../../local/quicksight/bundle/collect';
import { accountOf } from '../../../local/start/account';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';

const account = (options: { bundle?: string; assets?: string[] } = {}) =>
  accountOf({ format: 'QUICKSIGHT_JSON', keep: false, ...options });

describe('the account', () => {
  test('is the sample account by default, and exports its dashboard and folder', async () => {
    const { catalog, assets } = await account();
    expect(assets).toEqual(['dashboard/sales-overview', 'folder/sales']);
    expect(new Set(catalog.all().map(({ type }) => type))).toEqual(
      new Set(['datasource', 'dataset', 'analysis', 'dashboard', 'theme', 'folder']),
    );
  });

  test('contains a dashboard with a starter theme, which an export with all dependencies does not contain', async () => {
    const { catalog } = await account();
    const dashboard = catalog.get('dashboard/sales-by-region');
    // https://docs.aws.amazon.com/quicksight/latest/user/customizing-quicksight-default-theme.html
    expect(dashboard?.definition['themeArn']).toBe('arn:aws:quicksight::aws:theme/CLASSIC');
    const environment = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
    const { assets, errors } = collect(
      catalog,
      {
        AwsAccountId: environment.account,
        AssetBundleExportJobId: 'job',
        ExportFormat: 'QUICKSIGHT_JSON',
        ResourceArns: catalog.arns(environment.account, environment.region),
        IncludeAllDependencies: true,
      },
      environment,
    );
    expect(errors).toEqual([]);
    expect(assets).toEqual(catalog.all());
  });

  test('exports the chosen assets', async () => {
    const assets = ['theme/sales-colours', 'dataset/sales-orders'];
    expect((await account({ assets })).assets).toEqual(assets);
  });

  test('rejects an unknown asset and lists the existing ones', async () => {
    await expect(account({ assets: ['dashboard/none'] })).rejects.toThrow(
      /^The asset dashboard\/none does not exist\. Choose from datasource\/sales-lake, .*\.$/,
    );
  });

  describe('of a bundle', () => {
    const folder = new TemporaryFolder();
    let bundle: string;
    beforeEach(() => {
      bundle = join(folder.path, 'a.qs');
    });

    test.each([
      ['missing', undefined, 'does not exist'],
      ['empty', '', 'is empty'],
      ['not a zip file', 'text', 'is not a zip file'],
    ])('rejects a file that is %s', async (_, content, message) => {
      if (content !== undefined) await writeFile(bundle, content);
      await expect(account({ bundle })).rejects.toThrow(message);
    });

    test('rejects more assets than an export job accepts, unless some are chosen', async () => {
      const names = Array.from({ length: 101 }, (_, index) => `theme/t${index}`);
      await writeFile(bundle, await zipOf(Object.fromEntries(names.map((name) => [`${name}.json`, '{}']))));
      await expect(account({ bundle })).rejects.toThrow(
        `${bundle} contains 101 assets, but an export job accepts at most 100. Choose some, for example --assets theme/t0.`,
      );
      expect((await account({ bundle, assets: ['theme/t100'] })).assets).toEqual(['theme/t100']);
    });

    test.each([
      ['dashboard/a b', 'the id of a dashboard must match [\\w\\-]{1,2048}'],
      ['theme/ü', 'the id of a theme must match [\\w\\-]{1,2048}'],
      ['vpcConnection/a,b', 'the id of a vpcConnection must match [\\w\\-]{1,1000}'],
      ['topic/a~b', 'the id of a topic must match [A-Za-z0-9\\-_.\\\\+]{1,256}'],
      ['refreshSchedule/a--refresh-schedule--b c', 'the id of a refreshSchedule must match [\\w\\-]{1,2048}'],
    ])('rejects the invalid id of %s, unless other assets are chosen', async (entry, rule) => {
      await writeFile(bundle, await zipOf({ [`${entry}.json`]: '{}', 'topic/a.b.json': '{}' }));
      await expect(account({ bundle })).rejects.toThrow(
        `${bundle} contains the entry ${entry}.json, but ${rule}. Choose other assets with --assets.`,
      );
      expect((await account({ bundle, assets: ['topic/a.b'] })).assets).toEqual(['topic/a.b']);
    });
  });
});
