import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { inventoryOf } from '../../bundle/inventory';
import type { JsonValue } from '../../bundle/json-value';
import { openBundle } from '../../bundle/open-bundle';
import { realBundle } from '../../testing/real-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zipOf } from '../../testing/zip';

const FOLDER = new TemporaryFolder();

const ACCOUNT = 'arn:aws:quicksight:eu-west-1:123456789012';

const ofFile = async (bytes: Buffer) => inventoryOf(await openBundle(await FOLDER.put('bundle', bytes)));

const ofZip = async (files: Readonly<Record<string, JsonValue>>) =>
  ofFile(
    await zipOf(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, JSON.stringify(content)]))),
  );

const ofTemplate = async (template: JsonValue) => ofFile(Buffer.from(JSON.stringify(template)));

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('the real bundle', () => {
  /** A file of the bundle as `unzip` extracts it. */
  const unzipped = (bundle: string, path: string): string =>
    execFileSync('unzip', ['-p', bundle, path], { encoding: 'utf8' });

  test('has the assets that unzip shows', async () => {
    const bundle = realBundle();
    if (bundle === undefined) return;
    const source = 'arn:aws:quicksight:us-east-2:198737698272';
    const reference = (type: string, id: string) => ({ arn: `${source}:${type}/${id}`, type, id, where: 'bundle' });
    const asset = (type: string, id: string, more: object) => {
      const path = `${type}/${id}.json`;
      const bytes = unzipped(bundle, path);
      return {
        type,
        id,
        path,
        arn: `${source}:${type}/${id}`,
        sizeBytes: Buffer.byteLength(bytes),
        digest: expect.any(String),
        ...more,
      };
    };
    const [analysis, dashboard, dataset, datasource] = [
      '2f99f271-1f84-4a57-9843-31646734d5c9',
      'e0772d4e-bd69-444e-a421-cb3f165dbad8',
      '2b4bd673-99f3-4d18-a475-ac37d56af357',
      '8e5eb8e2-7430-4e3a-a4f7-940af71a93f6',
    ];
    expect(await inventoryOf(await openBundle(bundle))).toEqual({
      format: 'QUICKSIGHT_JSON',
      contentDigest: expect.any(String),
      sizeBytes: statSync(bundle).size,
      sha256: sha256(readFileSync(bundle)),
      sourceAccount: '198737698272',
      sourceRegion: 'us-east-2',
      assets: [
        asset('analysis', analysis, {
          name: 'Death By Countries',
          references: [reference('dataset', dataset)],
          facts: {},
        }),
        asset('dashboard', dashboard, {
          name: 'TotalDeathByCountry',
          references: [reference('analysis', analysis), reference('dataset', dataset)],
          facts: {},
        }),
        asset('dataset', dataset, {
          name: 'us_simplified',
          references: [reference('datasource', datasource)],
          facts: { importMode: 'SPICE', dataSetShape: 'new' },
        }),
        asset('datasource', datasource, {
          name: 'athena',
          references: [],
          facts: { dataSourceKind: 'ATHENA', hasSecret: false },
        }),
      ],
      unknown: [],
    });
  });

  test('has the digests that Python computes', async () => {
    const bundle = realBundle();
    if (bundle === undefined) return;
    const { assets, contentDigest } = await inventoryOf(await openBundle(bundle));
    // json.dumps(json.loads(text), sort_keys=True, separators=(',', ':'), ensure_ascii=False) of each entry, and sha256sum
    expect([...assets.map(({ digest }) => digest), contentDigest]).toEqual([
      'v2:9a976ebee78aeefb21bcc0b52f1d2d8901b1ababa12896038a14cf577be277c0',
      'v2:62c2d817a70b1ab7aea538cb70e3ea56a79a1fef31981b8a7b78ab8c2c3f41e9',
      'v2:85de18d1c41a1242166bef9681ed3aaa1ae800e65950e078fe5f0733b0e2e80e',
      'v2:7cba929ddcb1476de319ee75819f73d6fcd9d94d95ba67fa917f4f31826cbf4a',
      'v2:aa52e986fc252982e00c12f890259004c00029150b1251bf94907e86731c7ef6',
    ]);
  });
});

describe('a zip', () => {
  test('lists unknown files, and their content is part of the digest', async () => {
    const files = { 'theme/b.json': {}, 'agent/a.json': { name: 'A' }, 'README.md': 'text' };
    const inventory = await ofZip(files);
    expect(inventory.unknown).toEqual(['README.md', 'agent/a.json']);
    expect(inventory.assets.map(({ path }) => path)).toEqual(['theme/b.json']);
    expect((await ofZip({ ...files, 'agent/a.json': { name: 'B' } })).contentDigest).not.toBe(inventory.contentDigest);
    expect((await ofZip({ ...files, 'README.md': 'other' })).contentDigest).not.toBe(inventory.contentDigest);
  });

  test('locates references in the bundle, in AWS and outside', async () => {
    const { assets } = await ofZip({
      'dashboard/a.json': {
        themeArn: 'arn:aws:quicksight::aws:theme/CLASSIC',
        dataSets: [`${ACCOUNT}:dataset/b`, `${ACCOUNT}:dataset/c`],
        self: `${ACCOUNT}:dashboard/a`,
      },
      'dataset/b.json': {},
      'theme/CLASSIC.json': {},
    });
    expect(assets[0]?.references).toEqual([
      { arn: `${ACCOUNT}:dataset/b`, type: 'dataset', id: 'b', where: 'bundle' },
      { arn: `${ACCOUNT}:dataset/c`, type: 'dataset', id: 'c', where: 'outside' },
      { arn: 'arn:aws:quicksight::aws:theme/CLASSIC', type: 'theme', id: 'CLASSIC', where: 'managed' },
    ]);
  });

  test('orders assets by type, then by id', async () => {
    const { assets } = await ofZip({
      'theme/b.json': {},
      'theme/a.json': {},
      'dataset/a-b.json': {},
      'dataset/a.json': {},
    });
    expect(assets.map(({ path }) => path)).toEqual([
      'dataset/a.json',
      'dataset/a-b.json',
      'theme/a.json',
      'theme/b.json',
    ]);
  });

  test('has the ARN of a schedule', async () => {
    const { assets } = await ofZip({
      'refreshSchedule/orders--refresh-schedule--daily.json': {
        dataSetId: 'orders',
        schedule: { scheduleId: 'daily' },
      },
      'dataset/orders.json': { arn: `${ACCOUNT}:datasource/lake` },
    });
    expect(assets.map(({ arn }) => arn)).toEqual([
      `${ACCOUNT}:dataset/orders`,
      `${ACCOUNT}:dataset/orders/refresh-schedule/daily`,
    ]);
    expect(assets[1]?.references).toEqual([{ arn: 'orders', type: 'dataset', id: 'orders', where: 'bundle' }]);
  });

  test.each([
    ['no account', ['arn:aws:quicksight::aws:theme/CLASSIC'], {}],
    [
      'two accounts',
      [`${ACCOUNT}:theme/a`, 'arn:aws:quicksight:eu-west-1:210987654321:theme/b'],
      { sourceRegion: 'eu-west-1' },
    ],
    [
      'two regions',
      [`${ACCOUNT}:theme/a`, 'arn:aws:quicksight:us-east-1:123456789012:theme/b'],
      { sourceAccount: '123456789012' },
    ],
  ])('with %s has no ARNs', async (_, arns, source) => {
    const inventory = await ofZip({ 'dashboard/a.json': arns });
    expect(inventory.assets[0]).not.toHaveProperty('arn');
    expect({ sourceAccount: inventory.sourceAccount, sourceRegion: inventory.sourceRegion }).toEqual({
      sourceAccount: undefined,
      sourceRegion: undefined,
      ...source,
    });
  });

  test('has the digest of the folder with its files, and no SHA-256 there', async () => {
    const files = { 'dashboard/a.json': { b: 1, a: [`${ACCOUNT}:theme/a`] }, 'x/y.json': 5 };
    const zipped = await ofZip(files);
    await FOLDER.put('folder/dashboard/a.json', `{\n  "a": ["${ACCOUNT}:theme/a"],\n  "b": 1.0\n}\n`);
    await FOLDER.put('folder/x/y.json', '5\n');
    const unpacked = await inventoryOf(await openBundle(`${FOLDER.path}/folder`));
    expect(unpacked.contentDigest).toBe(zipped.contentDigest);
    expect(unpacked.assets[0]?.digest).toBe(zipped.assets[0]?.digest);
    expect(unpacked).not.toHaveProperty('sha256');
  });
});

describe('a template', () => {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Generated by AWS QuickSight for job-1 started at 2026-01-02 03:04:05 UTC',
    Parameters: { Prefix: { Type: 'String' } },
    Resources: {
      salesab12cd: {
        Type: 'AWS::QuickSight::Dashboard',
        Properties: {
          DashboardId: { 'Fn::Sub': '${Prefix}sales' },
          Name: 'Sales',
          ThemeArn: { 'Fn::Sub': 'arn:${AWS::Partition}:quicksight::aws:theme/NITRO' },
          DataSets: [{ 'Fn::GetAtt': ['ordersab12cd', 'Arn'] }, { 'Fn::GetAtt': ['Role', 'Arn'] }],
          Other: { 'Fn::Sub': 'arn:${AWS::Partition}:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/orders' },
        },
      },
      ordersab12cd: {
        Type: 'AWS::QuickSight::DataSet',
        Properties: { DataSetId: 'orders', ImportMode: 'SPICE' },
      },
      Role: { Type: 'AWS::IAM::Role' },
    },
  };

  test('has the assets of its resources', async () => {
    const bytes = Buffer.from(JSON.stringify(template));
    expect(await ofTemplate(template)).toEqual({
      format: 'CLOUDFORMATION_JSON',
      contentDigest: expect.stringMatching(/^v2:[0-9a-f]{64}$/),
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      assets: [
        {
          type: 'dashboard',
          id: 'sales',
          name: 'Sales',
          path: 'Resources/salesab12cd',
          sizeBytes: JSON.stringify(template.Resources.salesab12cd).length,
          digest: expect.stringMatching(/^v2:[0-9a-f]{64}$/),
          facts: {},
          references: [
            { arn: '${ordersab12cd.Arn}', type: 'dataset', id: 'orders', where: 'bundle' },
            {
              arn: 'arn:${AWS::Partition}:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/orders',
              type: 'dataset',
              id: 'orders',
              where: 'bundle',
            },
            { arn: 'arn:${AWS::Partition}:quicksight::aws:theme/NITRO', type: 'theme', id: 'NITRO', where: 'managed' },
          ],
        },
        {
          type: 'dataset',
          id: 'orders',
          path: 'Resources/ordersab12cd',
          sizeBytes: JSON.stringify(template.Resources.ordersab12cd).length,
          digest: expect.stringMatching(/^v2:[0-9a-f]{64}$/),
          facts: { importMode: 'SPICE', dataSetShape: 'legacy' },
          references: [],
        },
      ],
      unknown: ['Resources/Role'],
    });
  });

  test('has the same digest for another job, and another one for another parameter', async () => {
    const { contentDigest } = await ofTemplate(template);
    const again = { ...template, Description: 'Generated by AWS QuickSight for job-2 started at 2026-02-02 UTC' };
    expect((await ofTemplate(again)).contentDigest).toBe(contentDigest);
    expect((await ofTemplate({ ...template, Parameters: { Prefix: { Type: 'Number' } } })).contentDigest).not.toBe(
      contentDigest,
    );
    expect((await ofTemplate({ ...template, Description: 'Sales' })).contentDigest).not.toBe(contentDigest);
  });
});
