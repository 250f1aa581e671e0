import type { JsonObject, JsonValue } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { SERVICE_LIMITS } from '../../../../bundle/lint/service-limits';
import { findingsOf, qsFile } from '../../../support/lint-input';

const check = (type: string, content: JsonObject): Promise<Finding[]> =>
  findingsOf('service-limit', qsFile([{ type, id: 'a', content }]));

const members = (count: number): JsonObject => Object.fromEntries(items(count).entries());

const items = (count: number): JsonValue[] => Array.from({ length: count }, () => ({}));

/** Limits of the pages SheetDefinition, DashboardVersionDefinition, CreateDataSet, CustomSql and CreateDataSource. */
const PUBLISHED: Array<[string, string, number, (size: number) => JsonObject]> = [
  ['dashboard', '/definition/sheets', 20, (size) => ({ definition: { sheets: items(size) } })],
  ['analysis', '/definition/sheets/0/visuals', 75, (size) => ({ definition: { sheets: [{ visuals: items(size) }] } })],
  ['analysis', '/definition/calculatedFields', 2000, (size) => ({ definition: { calculatedFields: items(size) } })],
  ['dashboard', '/definition/filterGroups', 2000, (size) => ({ definition: { filterGroups: items(size) } })],
  ['dataset', '/physicalTableMap', 32, (size) => ({ physicalTableMap: members(size) })],
  ['dataset', '/logicalTableMap', 64, (size) => ({ logicalTableMap: members(size) })],
  [
    'dataset',
    '/physicalTableMap/t/customSql/sqlQuery',
    168_000,
    (size) => ({ physicalTableMap: { t: { customSql: { sqlQuery: 'x'.repeat(size) } } } }),
  ],
  ['dataset', '/name', 128, (size) => ({ name: 'x'.repeat(size) })],
  ['datasource', '/name', 128, (size) => ({ name: 'é'.repeat(size) })],
  ['folder', '/name', 200, (size) => ({ name: '😀'.repeat(size) })],
  ['theme', '/permissions', 64, (size) => ({ permissions: items(size) })],
  ['vpcConnection', '/subnetIds', 15, (size) => ({ subnetIds: items(size) })],
];

test.each(PUBLISHED)('reports a %s with more than the limit of %s', async (type, path, limit, content) => {
  expect(await check(type, content(limit + 1))).toMatchObject([
    { severity: 'error', asset: `${type}/a`, path, message: expect.stringContaining(`The limit is ${limit}.`) },
  ]);
});

test.each(PUBLISHED)('accepts a %s with the limit of %s', async (type, _, limit, content) => {
  expect(await check(type, content(limit))).toEqual([]);
});

test('names the member and its size', async () => {
  const [finding] = await check('dashboard', { definition: { sheets: [{ textBoxes: items(101) }] } });
  expect(finding?.message).toBe('definition.sheets.textBoxes has 101 items. The limit is 100.');
});

test('a limit concerns its asset types', async () => {
  expect(await check('dashboard', { name: 'x'.repeat(129) })).toEqual([]);
});

test('each limit is positive and has a path', () => {
  expect(SERVICE_LIMITS.filter(({ max, path }) => max < 1 || path.includes(''))).toEqual([]);
});
