import type { DestructiveChange } from '../../../bundle/diff/bundle-diff';
import { diffBundles } from '../../../bundle/diff/diff-bundles';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import { inMemoryBundle } from '../../support/in-memory-bundle';

type Files = Record<string, JsonValue>;

const ARN = 'arn:aws:quicksight:eu-west-1:111122223333';

const destructive = async (before: Files, after: Files): Promise<readonly DestructiveChange[]> =>
  (await diffBundles(inMemoryBundle(before), inMemoryBundle(after))).destructive;

const dataSet = (columns: string[], more: JsonObject = {}): JsonObject => ({
  physicalTableMap: { t1: { customSql: { columns: columns.map((name) => ({ name, type: 'STRING' })) } } },
  ...more,
});

/** An analysis of the data set `sales`. */
const analysis = (...parts: JsonValue[]): JsonObject => ({
  definition: {
    dataSetIdentifierDeclarations: [{ identifier: 'Sales data', dataSetArn: `${ARN}:dataset/sales` }],
    parts,
  },
});

const column = (columnName: string): JsonObject => ({ column: { dataSetIdentifier: 'Sales data', columnName } });

describe('a removed asset', () => {
  test('is destructive', async () => {
    expect(await destructive({ 'theme/t.json': {} }, {})).toEqual([
      { asset: 'theme/t', reason: 'The asset was removed.' },
    ]);
  });

  test('names the remaining assets that refer to it', async () => {
    const user = { source: `${ARN}:datasource/lake` };
    const users = (...ids: string[]): Files => Object.fromEntries(ids.map((id) => [`dataset/${id}.json`, user]));
    const reasonWith = async (...ids: string[]): Promise<string | undefined> =>
      (await destructive({ ...users(...ids), 'datasource/lake.json': {} }, users(...ids)))[0]?.reason;
    expect(await reasonWith('a')).toBe('The asset was removed, and dataset/a refers to it.');
    expect(await reasonWith('a', 'b')).toBe('The asset was removed, and dataset/a, dataset/b refer to it.');
    expect(await reasonWith('a', 'b', 'c', 'd', 'e')).toBe(
      'The asset was removed, and dataset/a, dataset/b, dataset/c and 2 more refer to it.',
    );
  });

  test('does not name an asset that was removed too', async () => {
    const before = { 'dataset/a.json': { source: `${ARN}:datasource/lake` }, 'datasource/lake.json': {} };
    expect((await destructive(before, {})).map(({ reason }) => reason)).toEqual([
      'The asset was removed.',
      'The asset was removed.',
    ]);
  });
});

describe('a removed column', () => {
  const removal = (user: JsonValue, path = 'analysis/a.json'): Promise<readonly DestructiveChange[]> =>
    destructive(
      { 'dataset/sales.json': dataSet(['region', 'amount']), [path]: user },
      { 'dataset/sales.json': dataSet(['region']), [path]: user },
    );

  test.each<[string, JsonValue]>([
    ['a field', column('amount')],
    ['a calculated field', { dataSetIdentifier: 'Sales data', name: 'Total', expression: 'sum({amount})' }],
  ])('is destructive if %s of another asset uses it', async (_, part) => {
    expect(await removal(analysis(part))).toEqual([
      { asset: 'dataset/sales', reason: 'The column "amount" was removed, and analysis/a uses it.' },
    ]);
  });

  test.each<[string, string, JsonValue]>([
    [
      'a composite data set',
      'dataset/joined.json',
      {
        dataPrepConfiguration: {
          sourceTableMap: {
            s: { dataSet: { dataSetArn: `${ARN}:dataset/sales`, inputColumns: [{ name: 'amount' }] } },
          },
        },
      },
    ],
    [
      'a topic',
      'topic/t.json',
      { dataSets: [{ datasetArn: `${ARN}:dataset/sales`, columns: [{ columnName: 'amount' }] }] },
    ],
  ])('is destructive if %s uses it', async (_, path, user) => {
    expect(await removal(user, path)).toMatchObject([{ asset: 'dataset/sales' }]);
  });

  test('is not destructive if no other asset uses it', async () => {
    expect(await removal(analysis(column('region')))).toEqual([]);
    expect(await removal({ definition: column('amount') })).toEqual([]);
    expect(await removal({ text: 'amount' }, 'topic/t.json')).toEqual([]);
  });

  test('is not destructive if its user does not use it any more', async () => {
    expect(
      await destructive(
        { 'dataset/sales.json': dataSet(['region', 'amount']), 'analysis/a.json': analysis(column('amount')) },
        { 'dataset/sales.json': dataSet(['region']), 'analysis/a.json': analysis(column('region')) },
      ),
    ).toEqual([]);
  });

  test('is not destructive if the data set gets another column', async () => {
    const user = analysis(column('amount'));
    expect(
      await destructive(
        { 'dataset/sales.json': dataSet(['amount']), 'analysis/a.json': user },
        { 'dataset/sales.json': dataSet(['amount', 'region']), 'analysis/a.json': user },
      ),
    ).toEqual([]);
  });
});

test('the users of a column are listed in order, and the changes are ordered by asset', async () => {
  const users = { 'dashboard/b.json': analysis(column('amount')), 'analysis/a.json': analysis(column('amount')) };
  expect(
    await destructive(
      { ...users, 'dataset/sales.json': dataSet(['amount', 'tax']), 'theme/t.json': {}, 'analysis/old.json': {} },
      { ...users, 'dataset/sales.json': dataSet(['tax']) },
    ),
  ).toEqual([
    { asset: 'analysis/old', reason: 'The asset was removed.' },
    { asset: 'dataset/sales', reason: 'The column "amount" was removed, and analysis/a, dashboard/b use it.' },
    { asset: 'theme/t', reason: 'The asset was removed.' },
  ]);
});

describe('a removed parameter', () => {
  test('of a data set is destructive if an analysis maps it', async () => {
    const parameters = (...names: string[]): JsonObject => ({
      datasetParameters: names.map((name) => ({ stringDatasetParameter: { id: name, name } })),
    });
    const user = analysis({
      stringParameterDeclaration: {
        name: 'Region',
        mappedDataSetParameters: [{ dataSetIdentifier: 'Sales data', dataSetParameterName: 'region' }],
      },
    });
    expect(
      await destructive(
        { 'dataset/sales.json': dataSet([], parameters('region', 'year')), 'analysis/a.json': user },
        { 'dataset/sales.json': dataSet([]), 'analysis/a.json': user },
      ),
    ).toEqual([{ asset: 'dataset/sales', reason: 'The parameter "region" was removed, and analysis/a uses it.' }]);
  });

  test('of a dashboard is destructive if a link of another dashboard sets it', async () => {
    const target = (...names: string[]): JsonObject => ({
      definition: { parameterDeclarations: names.map((name) => ({ stringParameterDeclaration: { name } })) },
    });
    const link = (url: string): JsonObject => ({ definition: { actions: [{ urlTemplate: url }] } });
    const change = (url: string): Promise<readonly DestructiveChange[]> =>
      destructive(
        { 'dashboard/d.json': target('Sales Region', 'Year'), 'dashboard/other.json': link(url) },
        { 'dashboard/d.json': target('Year'), 'dashboard/other.json': link(url) },
      );
    const base = 'https://eu-west-1.quicksight.aws.amazon.com/sn/dashboards';
    expect(await change(`${base}/d#p.Sales%20Region=North`)).toEqual([
      { asset: 'dashboard/d', reason: 'The parameter "Sales Region" was removed, and dashboard/other uses it.' },
    ]);
    expect(await change(`${base}/d#p.Year=2026`)).toEqual([]);
    expect(await change(`${base}/e#p.Sales%20Region=North`)).toEqual([]);
  });
});

test('a legacy data set in the new shape is destructive', async () => {
  const [before, after] = [dataSet(['a'], { logicalTableMap: {} }), dataSet(['a'], { dataPrepConfiguration: {} })];
  expect(await destructive({ 'dataset/sales.json': before }, { 'dataset/sales.json': after })).toEqual([
    {
      asset: 'dataset/sales',
      reason:
        'The data set changes from the legacy shape to the new data preparation. QuickSight cannot update it in place.',
    },
  ]);
});
