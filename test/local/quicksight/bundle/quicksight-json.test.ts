import type { ExportRequest } from '../../../../local/quicksight';
import { AssetCatalog, loadBundle } from '../../../../local/quicksight';
import { quickSightJson } from '../../../../local/quicksight/bundle/quicksight-json';
import { TemporaryFolder } from '../../../../testing/temporary-folder';
import { ACCOUNT, catalog } from '../fixtures';

const REQUEST: ExportRequest = {
  AwsAccountId: ACCOUNT,
  AssetBundleExportJobId: 'job',
  ExportFormat: 'QUICKSIGHT_JSON',
  ResourceArns: [],
};
const EVERYTHING = { ...REQUEST, IncludePermissions: true, IncludeTags: true, IncludeFolderMemberships: true };
const MTIME = new Date('2026-01-02T03:04:06Z');

const folder = new TemporaryFolder();
const reload = async (content: Buffer) => loadBundle(await folder.put('bundle.qs', content));

describe('a bundle in the format QUICKSIGHT_JSON', () => {
  test('has the same entries after it was loaded and exported, byte by byte and in the same order', async () => {
    const first = await reload(await quickSightJson(catalog().all(), EVERYTHING, MTIME));
    const second = await reload(await quickSightJson(first.all(), EVERYTHING, new Date(0)));
    expect(second.all()).toEqual(first.all());
    expect(second.all().map(({ content }) => content)).toEqual(
      catalog()
        .all()
        .map(({ content }) => content),
    );
    expect(first.all().map(({ entryName }) => entryName)).toEqual([
      'vpcConnection/vpc.json',
      'datasource/db.json',
      'datasource/lone.json',
      'dataset/base.json',
      'dataset/joined.json',
      'refreshSchedule/base--refresh-schedule--daily.json',
      'theme/dark.json',
      'analysis/study.json',
      'dashboard/sales.json',
      'topic/ask.v2.json',
      'folder/top.json',
      'folder/below.json',
      'folder/child.json',
    ]);
  });

  test('has the same bytes for the same assets and the same time', async () => {
    expect(await quickSightJson(catalog().all(), EVERYTHING, MTIME)).toEqual(
      await quickSightJson(catalog().all(), EVERYTHING, MTIME),
    );
  });

  test.each([
    [{}, []],
    [{ IncludePermissions: true }, ['permissions']],
    [{ IncludeTags: true }, ['tags']],
    [{ IncludeFolderMemberships: true }, ['folderMemberships']],
  ])('contains for the request %p the optional members %p', async (flags, expected) => {
    const loaded = await reload(await quickSightJson(catalog().all(), { ...REQUEST, ...flags }, MTIME));
    const { definition } = loaded.get('dashboard/sales') ?? {};
    expect(
      Object.keys(definition ?? {}).filter((key) => ['permissions', 'tags', 'folderMemberships'].includes(key)),
    ).toEqual(expected);
    expect(definition).toMatchObject({ name: 'Sales', linkEntities: expect.any(Array) });
  });

  test('can contain a topic with a backslash in its id', async () => {
    const odd = new AssetCatalog().add('topic/a\\b+c', { name: 'Odd' });
    const loaded = await reload(await quickSightJson(odd.all(), REQUEST, MTIME));
    expect(loaded.get('topic/a\\b+c')?.definition).toEqual({ name: 'Odd' });
  });
});
