import { performance } from 'node:perf_hooks';
import type { BundleDiff } from '../../../bundle/diff/bundle-diff';
import { diffBundles, diffInventories } from '../../../bundle/diff/diff-bundles';
import { inventoryOf } from '../../../bundle/inventory';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import { openBundle } from '../../../bundle/open-bundle';
import { realBundle } from '../../../testing/real-bundle';
import { dashboard, sheet, visual } from '../../support/dashboard-content';
import { inMemoryBundle } from '../../support/in-memory-bundle';

type Files = Record<string, JsonValue | Buffer>;

const ARN = 'arn:aws:quicksight:eu-west-1:111122223333';

const diff = (before: Files, after: Files, format?: 'CLOUDFORMATION_JSON'): Promise<BundleDiff> =>
  diffBundles(inMemoryBundle(before, format), inMemoryBundle(after, format));

const dataSet = (columns: string[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'dataset',
  dataSetId: 'sales',
  name: 'Sales',
  physicalTableMap: {
    t1: {
      relationalTable: {
        dataSourceArn: `${ARN}:datasource/lake`,
        name: 'sales',
        inputColumns: columns.map((name) => ({ name, type: 'STRING' })),
      },
    },
  },
  ...more,
});

/** A dashboard with a chart of these columns of the data set `sales`. */
const chart = (id: string, columns: string[], more: JsonObject = {}): JsonObject =>
  dashboard(
    id,
    [
      sheet('s1', 'Overview', [
        visual('v1', 'Revenue', {
          values: columns.map((columnName) => ({
            categoricalDimensionField: {
              fieldId: `f-${columnName}`,
              column: { dataSetIdentifier: 'sales', columnName },
            },
          })),
        }),
      ]),
    ],
    more,
  );

test('a bundle is the same as itself, whatever the order of its parts and members', async () => {
  const { name, resourceType, ...rest } = chart('d', ['region']);
  expect(
    await diff(
      { 'dashboard/d.json': chart('d', ['region']), 'dataset/sales.json': dataSet(['region']) },
      {
        'dataset/sales.json': dataSet(['region']),
        'dashboard/d.json': { ...rest, name: name as string, resourceType: resourceType as string },
      },
    ),
  ).toEqual({ same: true, added: [], removed: [], changed: [], destructive: [], names: {} });
});

test('the difference has added, removed and changed assets as type and id, with their names', async () => {
  const before = {
    'dashboard/d.json': chart('d', ['region']),
    'dashboard/old.json': { ...chart('old', []), name: 'Old' },
  };
  const after = { 'dashboard/d.json': chart('d', []), 'theme/t.json': { themeId: 't', name: 'Blue' } };
  expect(await diff(before, after)).toEqual({
    same: false,
    added: ['theme/t'],
    removed: ['dashboard/old'],
    changed: [
      {
        asset: 'dashboard/d',
        changes: [
          {
            kind: 'removed',
            path: '/definition/sheets/0/visuals/0/barChartVisual/chartConfiguration/values/0',
            label: 'sheet "Overview" › visual "Revenue" › chartConfiguration › field "region"',
            before: {
              categoricalDimensionField: {
                fieldId: 'f-region',
                column: { dataSetIdentifier: 'sales', columnName: 'region' },
              },
            },
          },
        ],
      },
    ],
    destructive: [{ asset: 'dashboard/old', reason: 'The asset was removed.' }],
    names: { 'theme/t': 'Blue', 'dashboard/old': 'Old', 'dashboard/d': 'Sales' },
  });
});

test('an asset whose internal ids alone differ is not changed', async () => {
  const before = { 'dashboard/d.json': dashboard('d', [sheet('s1', 'Overview', [visual('v1')])]) };
  const after = { 'dashboard/d.json': dashboard('d', [sheet('d_s9', 'Overview', [visual('d_v9')])]) };
  expect(await diff(before, after)).toMatchObject({ same: true, changed: [] });
});

test('the order of permissions and actions is not a difference, and another action is one', async () => {
  const permitted = (...permissions: Array<[string, string[]]>): Files => ({
    'theme/t.json': { themeId: 't', permissions: permissions.map(([principal, actions]) => ({ principal, actions })) },
  });
  const before = permitted(['user/a', ['quicksight:A', 'quicksight:B']], ['user/b', ['quicksight:A']]);
  expect(
    await diff(before, permitted(['user/b', ['quicksight:A']], ['user/a', ['quicksight:B', 'quicksight:A']])),
  ).toMatchObject({ same: true });
  expect(await diff(before, permitted(['user/a', ['quicksight:A', 'quicksight:B']], ['user/b', []]))).toMatchObject({
    changed: [
      {
        asset: 'theme/t',
        changes: [{ kind: 'removed', label: 'permissions of "user/b" › actions[0]', before: 'quicksight:A' }],
      },
    ],
  });
});

test('files of an unknown folder are compared', async () => {
  expect(
    await diff(
      { 'new/a.json': { x: 1 }, 'new/b.bin': Buffer.from('one'), 'new/c.json': {} },
      { 'new/a.json': { x: 2 }, 'new/b.bin': Buffer.from('two') },
    ),
  ).toMatchObject({
    removed: ['new/c'],
    changed: [
      { asset: 'new/a', changes: [{ path: '/x', before: 1, after: 2 }] },
      { asset: 'new/b.bin', changes: [{ path: '', label: '', kind: 'changed' }] },
    ],
    destructive: [{ asset: 'new/c' }],
  });
});

test('bundles of different formats are refused', async () => {
  await expect(diffBundles(inMemoryBundle({}), inMemoryBundle({}, 'CLOUDFORMATION_JSON'))).rejects.toThrow(
    'The bundles have the formats QUICKSIGHT_JSON and CLOUDFORMATION_JSON. Compare two bundles of the same format.',
  );
});

test('two inventories have the same added, removed, changed and destructive assets as their bundles', async () => {
  const user = { source: `${ARN}:datasource/lake` };
  const [before, after] = [
    inMemoryBundle({
      'datasource/lake.json': {},
      'dataset/a.json': user,
      'theme/t.json': { name: 'A' },
      'new/x.json': {},
    }),
    inMemoryBundle({ 'topic/b.json': {}, 'dataset/a.json': user, 'theme/t.json': { name: 'B' } }),
  ];
  const expected = await diffBundles(before, after);
  const found = await diffInventories(await inventoryOf(before), await inventoryOf(after));
  expect(expected).toMatchObject({ added: ['topic/b'], removed: ['datasource/lake', 'new/x'] });
  expect(found).toEqual({
    ...expected,
    changed: [{ asset: 'theme/t', changes: [{ path: '', label: '', kind: 'changed' }] }],
  });
  await expect(
    diffInventories(await inventoryOf(before), await inventoryOf(inMemoryBundle({}, 'CLOUDFORMATION_JSON'))),
  ).rejects.toThrow('Compare two bundles of the same format.');
});

describe('a template', () => {
  const resource = (type: string, properties: JsonObject): JsonObject => ({
    Type: `AWS::QuickSight::${type}`,
    Properties: properties,
  });
  const dashboardOf = (columns: string[]): JsonObject =>
    resource('Dashboard', {
      DashboardId: 'd',
      Name: 'Sales',
      Definition: {
        DataSetIdentifierDeclarations: [{ Identifier: 'sales', DataSetArn: { 'Fn::GetAtt': ['DataSetA', 'Arn'] } }],
        CalculatedFields: columns.map((column) => ({
          DataSetIdentifier: 'sales',
          Name: `Total ${column}`,
          Expression: `sum({${column}})`,
        })),
      },
    });
  const dataSetOf = (columns: string[]): JsonObject =>
    resource('DataSet', {
      DataSetId: 'sales',
      Name: 'Sales',
      PhysicalTableMap: { t1: { CustomSql: { Columns: columns.map((Name) => ({ Name, Type: 'STRING' })) } } },
    });

  test('a removed column that a dashboard refers to with Fn::GetAtt is destructive', async () => {
    const before = { 'Resources/DataSetA': dataSetOf(['region', 'amount']), 'Resources/D': dashboardOf(['amount']) };
    const after = { 'Resources/DataSetA': dataSetOf(['region']), 'Resources/D': dashboardOf(['amount']) };
    expect(await diff(before, after, 'CLOUDFORMATION_JSON')).toMatchObject({
      changed: [{ asset: 'dataset/sales' }],
      destructive: [{ asset: 'dataset/sales', reason: 'The column "amount" was removed, and dashboard/d uses it.' }],
    });
  });

  test('the job in the description is not a difference, and a parameter is compared', async () => {
    const before = {
      Description: 'Generated by AWS QuickSight for job-1 started at 2026-01-01T00:00:00Z UTC',
      'Parameters/Host': { Type: 'String' },
      'Parameters/Old': { Type: 'String' },
    };
    const after = {
      Description: 'Generated by AWS QuickSight for job-2 started at 2026-01-02T00:00:00Z UTC',
      'Parameters/Host': { Type: 'Number' },
    };
    expect(await diff(before, after, 'CLOUDFORMATION_JSON')).toMatchObject({
      removed: ['Parameters/Old'],
      changed: [{ asset: 'Parameters/Host', changes: [{ path: '/Type', kind: 'changed' }] }],
      destructive: [],
    });
  });
});

test('the real bundle is the same as itself', async () => {
  const path = realBundle();
  if (path === undefined) return;
  expect(await diffBundles(await openBundle(path), await openBundle(path))).toMatchObject({ same: true });
});

test('a bundle of 100 assets with 5 changed visuals is compared in less than a second', async () => {
  const sheets = (changed: number): JsonObject[] =>
    [0, 1, 2, 3].map((s) =>
      sheet(
        `s${s}`,
        `Sheet ${s}`,
        [0, 1, 2, 3, 4].map((v) => visual(`v${s}${v}`, `Visual ${s} ${v}`, { legend: s === 0 && v < changed })),
      ),
    );
  const files = (changed: number): Files =>
    Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [
        `dashboard/d${n}.json`,
        dashboard(`d${n}`, sheets(n === 0 ? changed : 0)),
      ]),
    );
  const [before, after] = [inMemoryBundle(files(0)), inMemoryBundle(files(5))];
  const start = performance.now();
  const { changed } = await diffBundles(before, after);
  const elapsedMs = performance.now() - start;
  expect(changed.map(({ changes }) => changes.length)).toEqual([5]);
  expect(elapsedMs).toBeLessThan(1_000);
});
