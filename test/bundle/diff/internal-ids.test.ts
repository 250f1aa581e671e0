import type { Change } from '../../../bundle/diff/bundle-diff';
import { diffContents } from '../../../bundle/diff/diff-contents';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import { dashboard, sheet, visual } from '../../support/dashboard-content';

const diff = (before: JsonValue, after: JsonValue, id = 'd'): Change[] => diffContents(before, after, id);

/** Differences between two versions of a dashboard with these sheets. */
const diffSheets = (before: JsonObject[], after: JsonObject[]): Change[] =>
  diff(dashboard('d', before), dashboard('d', after));

describe('internal ids', () => {
  const scope = (sheetId: string, visualIds: string[]): JsonObject => ({
    filterGroups: [
      {
        filterGroupId: 'f1',
        filters: [],
        scopeConfiguration: {
          selectedSheets: {
            sheetVisualScopingConfigurations: [{ sheetId, scope: 'SELECTED_VISUALS', visualIds }],
          },
        },
      },
    ],
  });

  test('the prefix of the dashboard is not a difference', () => {
    const before = dashboard('d', [sheet('s1', 'Overview', [visual('v1')])], scope('s1', ['v1']));
    const after = dashboard('d', [sheet('d_s1', 'Overview', [visual('d_v1')])], scope('d_s1', ['d_v1']));
    expect(diff(before, after)).toEqual([]);
  });

  test.each([
    ['a title', 'Revenue'],
    ['no title', undefined],
  ])('other ids of the same sheets and visuals with %s are not a difference', (_, title) => {
    const before = dashboard('d', [sheet('s1', 'Overview', [visual('v1', title)])], scope('s1', ['v1']));
    const after = dashboard('d', [sheet('s9', 'Overview', [visual('v9', title)])], scope('s9', ['v9']));
    expect(diff(before, after)).toEqual([]);
  });

  test('a visual with another id and the same title has only its other changes', () => {
    expect(
      diffSheets(
        [sheet('s1', 'Overview', [visual('v1', 'Revenue')])],
        [sheet('s1', 'Overview', [visual('v9', 'Revenue', { orientation: 'HORIZONTAL' })])],
      ),
    ).toMatchObject([{ kind: 'changed', before: 'VERTICAL', after: 'HORIZONTAL' }]);
  });

  test('a visual with another id and another title was renamed', () => {
    expect(
      diffSheets(
        [sheet('s1', 'Overview', [visual('v1', 'Revenue')])],
        [sheet('s1', 'Overview', [visual('v9', 'Turnover')])],
      ),
    ).toMatchObject([{ kind: 'renamed', before: 'Revenue', after: 'Turnover' }]);
  });

  test('a visual with another id that got its first title is not another visual', () => {
    expect(
      diffSheets([sheet('s1', 'Overview', [visual('v1')])], [sheet('s1', 'Overview', [visual('v9', 'Turnover')])]),
    ).toMatchObject([
      { kind: 'added', path: expect.stringMatching(/title\/formatText$/), after: { plainText: 'Turnover' } },
    ]);
  });

  test('a visual with another id on another sheet was moved', () => {
    const one = sheet('s1', 'Overview', []);
    expect(
      diffSheets(
        [sheet('s1', 'Overview', [visual('v1', 'Revenue')]), sheet('s2', 'Details', [])],
        [one, sheet('s2', 'Details', [visual('v9', 'Revenue')])],
      ),
    ).toMatchObject([{ kind: 'moved', before: 'sheet "Overview"', after: 'sheet "Details"' }]);
  });

  test('another visual in the scope of a filter is a difference', () => {
    const sheets = [sheet('s1', 'Overview', [visual('v1', 'Revenue'), visual('v2', 'Costs')])];
    const changes = diff(dashboard('d', sheets, scope('s1', ['v1'])), dashboard('d', sheets, scope('s1', ['v2'])));
    expect(changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['removed', 'v1', undefined],
      ['added', undefined, 'v2'],
    ]);
  });

  test('another title and another content are another visual', () => {
    const changes = diffSheets(
      [sheet('s1', 'Overview', [visual('v1', 'Revenue')])],
      [sheet('s1', 'Overview', [visual('v9', 'Costs', { orientation: 'HORIZONTAL' })])],
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  test('other ids of the tables and steps of a data set are not a difference', () => {
    const dataSet = (table: string, source: string, step: string): JsonObject => ({
      physicalTableMap: { [table]: { relationalTable: { name: 'sales', schema: 'lake' } } },
      dataPrepConfiguration: {
        sourceTableMap: { [source]: { physicalTableId: table } },
        transformStepMap: { [step]: { importTableStep: { alias: 'sales', source: { sourceTableId: source } } } },
      },
    });
    expect(diff(dataSet('t1', 'o1', 's1'), dataSet('t2', 'o2', 's2'))).toEqual([]);
  });

  test('another id and name of a column are an added and a removed column', () => {
    const columns = (id: string, name: string): JsonObject => ({ inputColumns: [{ id, name, type: 'STRING' }] });
    expect(diff(columns('c1', 'country'), columns('c9', 'country'))).toEqual([]);
    expect(diff(columns('c1', 'country'), columns('c1', 'state'))).toMatchObject([{ kind: 'renamed', after: 'state' }]);
    expect(diff(columns('c1', 'country'), columns('c9', 'state')).map(({ kind }) => kind)).toEqual([
      'removed',
      'added',
    ]);
  });
});

test('a field that is created again in a visual, with its sort order, is not a difference', () => {
  const chart = (fieldId: string, columnName: string): JsonObject =>
    visual('v1', 'Revenue', {
      values: [{ numericalMeasureField: { fieldId, column: { dataSetIdentifier: 'sales', columnName } } }],
      sort: [{ fieldSort: { fieldId, direction: 'DESC' } }],
    });
  const sheets = (fieldId: string, columnName: string): JsonObject[] => [
    sheet('s1', 'Overview', [chart(fieldId, columnName)]),
  ];
  expect(
    diffSheets(sheets('sales-amount.1.1763228955350', 'amount'), sheets('sales-amount.1.1799999999999', 'amount')),
  ).toEqual([]);
  expect(
    diffSheets(sheets('sales-amount.1.1763228955350', 'amount'), sheets('sales-tax.1.1799999999999', 'tax')).map(
      ({ kind, label }) => `${kind} ${label}`,
    ),
  ).toContain('added sheet "Overview" › visual "Revenue" › chartConfiguration › field "tax"');
});

test('a control with another id that is on another sheet and has another option was moved and changed', () => {
  const control = (id: string, more: JsonObject): JsonObject => ({
    parameterControls: [
      { dropdown: { parameterControlId: id, title: 'Region', sourceParameterName: 'region', ...more } },
    ],
  });
  const [one, two] = [sheet('s1', 'Overview', []), sheet('s2', 'Details', [])];
  expect(
    diffSheets(
      [
        { ...one, ...control('c1', {}) },
        { ...two, parameterControls: [] },
      ],
      [
        { ...one, parameterControls: [] },
        { ...two, ...control('c9', { type: 'MULTI_SELECT' }) },
      ],
    ),
  ).toEqual([
    {
      path: '/definition/sheets/1/parameterControls/0',
      label: 'sheet "Details" › control "Region"',
      kind: 'moved',
      before: 'sheet "Overview"',
      after: 'sheet "Details"',
    },
    {
      path: '/definition/sheets/1/parameterControls/0/dropdown/type',
      label: 'sheet "Details" › control "Region" › type',
      kind: 'added',
      after: 'MULTI_SELECT',
    },
  ]);
});
