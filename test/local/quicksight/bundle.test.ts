import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportRequest } from '../../../local/quicksight';
import { AssetCatalog, loadBundle } from '../../../local/quicksight';
import { cloudFormationJson } from '../../../local/quicksight/bundle/cloudformation-json';
import { quickSightJson } from '../../../local/quicksight/bundle/quicksight-json';
import { ACCOUNT, arn, catalog } from './fixtures';

const REQUEST: ExportRequest = {
  AwsAccountId: ACCOUNT,
  AssetBundleExportJobId: 'job',
  ExportFormat: 'QUICKSIGHT_JSON',
  ResourceArns: [],
};
const MTIME = new Date('2026-01-02T03:04:06Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function reload(content: Buffer): Promise<AssetCatalog> {
  await writeFile(join(folder, 'bundle.qs'), content);
  return loadBundle(join(folder, 'bundle.qs'));
}

describe('QUICKSIGHT_JSON', () => {
  const everything = { ...REQUEST, IncludePermissions: true, IncludeTags: true, IncludeFolderMemberships: true };

  test('a bundle that is loaded and exported has the same entries, byte by byte and in the same order', async () => {
    const first = await reload(await quickSightJson(catalog().all(), everything, MTIME));
    const second = await reload(await quickSightJson(first.all(), everything, new Date(0)));
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

  test('the same assets at the same time make the same bytes', async () => {
    expect(await quickSightJson(catalog().all(), everything, MTIME)).toEqual(
      await quickSightJson(catalog().all(), everything, MTIME),
    );
  });

  test.each([
    [{}, []],
    [{ IncludePermissions: true }, ['permissions']],
    [{ IncludeTags: true }, ['tags']],
    [{ IncludeFolderMemberships: true }, ['folderMemberships']],
  ])('%p: of what is only there when asked for, the entry has %p', async (flags, expected) => {
    const { definition } =
      (await reload(await quickSightJson(catalog().all(), { ...REQUEST, ...flags }, MTIME))).get('dashboard/sales') ??
      {};
    expect(
      Object.keys(definition ?? {}).filter((key) => ['permissions', 'tags', 'folderMemberships'].includes(key)),
    ).toEqual(expected);
    expect(definition).toMatchObject({ name: 'Sales', linkEntities: expect.any(Array) });
  });

  test('the id of a topic may hold a backslash', async () => {
    const odd = new AssetCatalog().add('topic/a\\b+c', { name: 'Odd' });
    const loaded = await reload(await quickSightJson(odd.all(), REQUEST, MTIME));
    expect(loaded.get('topic/a\\b+c')?.definition).toEqual({ name: 'Odd' });
  });
});

describe('CLOUDFORMATION_JSON', () => {
  const template = (resources: string[], more: Partial<ExportRequest> = {}) => {
    const assets = catalog()
      .all()
      .filter(({ resource }) => resources.includes(resource));
    return JSON.parse(
      cloudFormationJson(assets, { ...REQUEST, ExportFormat: 'CLOUDFORMATION_JSON', ...more }).toString(),
    );
  };
  type Template = {
    Parameters: Record<string, unknown>;
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const only = ({ Resources }: Template) => {
    const [entry] = Object.entries(Resources);
    if (!entry) throw new Error('no resource');
    return { id: entry[0], ...entry[1] };
  };

  test('every asset is a resource of its type', () => {
    const { AWSTemplateFormatVersion, Resources } = template(
      catalog()
        .all()
        .map(({ resource }) => resource),
    );
    expect(AWSTemplateFormatVersion).toBe('2010-09-09');
    expect(
      Object.values(Resources as Template['Resources']).map(({ Type }) => Type.replace('AWS::QuickSight::', '')),
    ).toEqual([
      'VPCConnection',
      'DataSource',
      'DataSource',
      'DataSet',
      'DataSet',
      'RefreshSchedule',
      'Theme',
      'Analysis',
      'Dashboard',
      'Topic',
      'Folder',
      'Folder',
      'Folder',
    ]);
    expect(Object.keys(Resources).every((id) => /^[A-Za-z0-9]{1,255}$/.test(id))).toBe(true);
  });

  test('properties are spelled as CloudFormation does; what is in the template is referred to, the rest keeps its ARN', () => {
    const made = template(['dashboard/sales', 'theme/dark']) as Template;
    const [theme, dashboard] = Object.keys(made.Resources).sort((a, b) => b.localeCompare(a));
    expect(made.Resources[dashboard ?? '']?.Properties).toEqual({
      AwsAccountId: { Ref: 'AWS::AccountId' },
      DashboardId: 'sales',
      Name: 'Sales',
      Definition: {
        DataSetIdentifierDeclarations: [
          { Identifier: 'joined', DataSetArn: 'arn:aws:quicksight:us-east-2:999988887777:dataset/joined' },
        ],
      },
      ThemeArn: { 'Fn::GetAtt': [theme, 'Arn'] },
      LinkEntities: ['arn:aws:quicksight:us-east-2:999988887777:analysis/study'],
    });
  });

  test('overridden properties become parameters, with the value that they had', () => {
    const DataSources = [
      { Arn: arn('datasource/db'), Properties: ['Name', 'DisableSsl', 'Host'] },
      { Arn: arn('datasource/lone'), Properties: ['Name'] },
    ];
    const made = template(['datasource/db'], { CloudFormationOverridePropertyConfiguration: { DataSources } });
    const { id, Properties } = only(made);
    expect(made.Parameters).toEqual({
      [`${id}Name`]: { Type: 'String', Default: 'DB' },
      [`${id}DisableSsl`]: { Type: 'String', Default: false },
      [`${id}Host`]: { Type: 'String' },
    });
    expect(Properties).toMatchObject({
      Name: { Ref: `${id}Name` },
      SslProperties: { DisableSsl: { Ref: `${id}DisableSsl` } },
      Host: { Ref: `${id}Host` },
    });
  });

  test('all ids can have a prefix', () => {
    const configuration = { ResourceIdOverrideConfiguration: { PrefixForAllResources: true } };
    const made = template(['dashboard/sales'], { CloudFormationOverridePropertyConfiguration: configuration });
    expect(made.Parameters).toEqual({ PrefixForAllResources: { Type: 'String', Default: '' } });
    expect(only(made).Properties['DashboardId']).toEqual({
      'Fn::Join': ['', [{ Ref: 'PrefixForAllResources' }, 'sales']],
    });
  });

  test('without overrides there are no parameters', () => {
    expect(template(['dashboard/sales']).Parameters).toEqual({});
  });
});
