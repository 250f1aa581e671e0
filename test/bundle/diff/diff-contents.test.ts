import type { Change } from '../../../bundle/diff/bundle-diff';
import { diffContents } from '../../../bundle/diff/diff-contents';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import { dashboard, sheet, visual } from '../../support/dashboard-content';

const diff = (before: JsonValue, after: JsonValue, id = 'd'): Change[] => diffContents(before, after, id);

/** Differences between two versions of a dashboard with these sheets. */
const diffSheets = (before: JsonObject[], after: JsonObject[]): Change[] =>
  diff(dashboard('d', before), dashboard('d', after));

describe('plain JSON', () => {
  test('equal contents have no changes, whatever the order of their members', () => {
    expect(diff({ a: 1, b: { c: [1, null] } }, { b: { c: [1, null] }, a: 1 })).toEqual([]);
  });

  test('a value that was changed, added or removed has a JSON pointer, a label and both values', () => {
    expect(diff({ a: { b: 1, c: 2 } }, { a: { b: 3, 'd/e~f': { g: 4 } } })).toEqual([
      { path: '/a/b', label: 'a.b', kind: 'changed', before: 1, after: 3 },
      { path: '/a/c', label: 'a.c', kind: 'removed', before: 2 },
      { path: '/a/d~1e~0f', label: 'a.d/e~f', kind: 'added', after: { g: 4 } },
    ]);
  });

  test.each<[JsonValue, JsonValue]>([
    [1, 2],
    [[], {}],
    [{ a: 1 }, null],
    [[1], 'text'],
  ])('the whole contents %j and %j differ with an empty path', (before, after) => {
    expect(diff(before, after)).toEqual([{ path: '', label: '', kind: 'changed', before, after }]);
  });

  test('a list and an object of the same member differ', () => {
    expect(diff({ a: [] }, { a: {} })).toEqual([{ path: '/a', label: 'a', kind: 'changed', before: [], after: {} }]);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'a member %s is a member like others',
    (name) => {
      const member = JSON.parse(`{"${name}":{"name":"Date"}}`) as JsonValue;
      expect(diff({}, member)).toMatchObject([{ path: `/${name}`, kind: 'added' }]);
      expect(diff(member, {})).toMatchObject([{ path: `/${name}`, kind: 'removed' }]);
      expect(diff(member, member)).toEqual([]);
    },
  );
});

describe('a list', () => {
  test('an item at the front of a list of texts is one added item', () => {
    expect(diff({ columns: ['a', 'b'] }, { columns: ['new', 'a', 'b'] })).toEqual([
      { path: '/columns/0', label: 'columns[0]', kind: 'added', after: 'new' },
    ]);
  });

  test('a removed item has its index in the earlier list', () => {
    expect(diff({ list: ['a', 'b', 'c'] }, { list: ['a', 'c'] })).toEqual([
      { path: '/list/1', label: 'list[1]', kind: 'removed', before: 'b' },
    ]);
  });

  test('a text that a list has twice and then once is one removed item', () => {
    expect(diff({ list: ['a', 'a'] }, { list: ['a'] })).toMatchObject([
      { path: '/list/1', kind: 'removed', before: 'a' },
    ]);
  });

  test('one item that moves is one move', () => {
    expect(diff({ list: ['a', 'b', 'c', 'd'] }, { list: ['b', 'c', 'd', 'a'] })).toEqual([
      { path: '/list/3', label: 'list[3]', kind: 'moved', before: 0, after: 3 },
    ]);
  });

  test('objects with a name are compared with the object of that name', () => {
    expect(
      diff(
        {
          list: [
            { name: 'a', size: 1 },
            { name: 'b', size: 2 },
          ],
        },
        { list: [{ name: 'b', size: 3 }] },
      ),
    ).toMatchObject([
      { path: '/list/0/size', kind: 'changed', before: 2, after: 3 },
      { path: '/list/0', kind: 'removed', before: { name: 'a', size: 1 } },
    ]);
  });

  test('objects without a name are compared in their order when none is equal', () => {
    expect(diff({ list: [{ x: 1 }, { x: 2 }] }, { list: [{ x: 0 }, { x: 1 }, { x: 3 }] })).toMatchObject([
      { path: '/list/0/x', kind: 'changed', before: 2, after: 0 },
      { path: '/list/2', kind: 'added', after: { x: 3 } },
    ]);
  });
});

describe('a visual', () => {
  const overview = (...visuals: JsonObject[]): JsonObject => sheet('s1', 'Overview', visuals);
  const details = (...visuals: JsonObject[]): JsonObject => sheet('s2', 'Details', visuals);

  test('a changed option has the sheet, the visual and the option in its label', () => {
    expect(
      diffSheets(
        [overview(visual('v1', 'Revenue'))],
        [overview(visual('v1', 'Revenue', { orientation: 'HORIZONTAL' }))],
      ),
    ).toEqual([
      {
        path: '/definition/sheets/0/visuals/0/barChartVisual/chartConfiguration/orientation',
        label: 'sheet "Overview" › visual "Revenue" › chartConfiguration.orientation',
        kind: 'changed',
        before: 'VERTICAL',
        after: 'HORIZONTAL',
      },
    ]);
  });

  test('a new title is a new name', () => {
    expect(diffSheets([overview(visual('v1', 'Revenue'))], [overview(visual('v1', 'Turnover'))])).toEqual([
      {
        path: '/definition/sheets/0/visuals/0/barChartVisual/title/formatText/plainText',
        label: 'sheet "Overview" › visual "Turnover" › title.formatText.plainText',
        kind: 'renamed',
        before: 'Revenue',
        after: 'Turnover',
      },
    ]);
  });

  test('a visual on another sheet was moved', () => {
    const [one, two] = [visual('v1', 'Revenue'), visual('v2', 'Costs')];
    expect(diffSheets([overview(one, two), details()], [overview(two), details(one)])).toEqual([
      {
        path: '/definition/sheets/1/visuals/0',
        label: 'sheet "Details" › visual "Revenue"',
        kind: 'moved',
        before: 'sheet "Overview"',
        after: 'sheet "Details"',
      },
    ]);
  });

  test('a visual that was moved, renamed and changed has all three changes', () => {
    const changed = visual('v1', 'Turnover', { orientation: 'HORIZONTAL' });
    const changes = diffSheets([overview(visual('v1', 'Revenue')), details()], [overview(), details(changed)]);
    expect(changes.map(({ kind, label }) => `${kind} ${label}`).sort()).toEqual([
      'changed sheet "Details" › visual "Turnover" › chartConfiguration.orientation',
      'moved sheet "Details" › visual "Turnover"',
      'renamed sheet "Details" › visual "Turnover" › title.formatText.plainText',
    ]);
    expect(changes.map(({ path }) => path)).toContain(
      '/definition/sheets/1/visuals/0/barChartVisual/title/formatText/plainText',
    );
  });

  test('a visual of a removed sheet that another sheet has was moved', () => {
    const one = visual('v1', 'Revenue');
    expect(diffSheets([overview(), details(one)], [overview(one)])).toMatchObject([
      { kind: 'moved', path: '/definition/sheets/0/visuals/0', before: 'sheet "Details"', after: 'sheet "Overview"' },
      { kind: 'removed', path: '/definition/sheets/1' },
    ]);
  });

  test('a visual of an added sheet that another sheet had was moved', () => {
    const one = visual('v1', 'Revenue');
    expect(diffSheets([overview(one)], [overview(), details(one)])).toMatchObject([
      { kind: 'moved', path: '/definition/sheets/1/visuals/0', before: 'sheet "Overview"', after: 'sheet "Details"' },
      { kind: 'added', path: '/definition/sheets/1' },
    ]);
  });

  test('an added or removed visual is one change, and its layout element is none', () => {
    const [one, two] = [visual('v1', 'Revenue'), visual('v2', 'Costs', { orientation: 'HORIZONTAL' })];
    expect(diffSheets([overview(one)], [overview(one, two)])).toMatchObject([
      { kind: 'added', label: 'sheet "Overview" › visual "Costs"', after: two },
    ]);
    expect(diffSheets([overview(one, two)], [overview(one)])).toMatchObject([
      { kind: 'removed', path: '/definition/sheets/0/visuals/1', before: two },
    ]);
  });

  test('another place in the grid is one move', () => {
    const at = (columnIndex: number, rowIndex: number): JsonObject =>
      sheet('s1', 'Overview', [visual('v1', 'Revenue')], {
        elements: [{ elementId: 'v1', elementType: 'VISUAL', columnIndex, rowIndex, columnSpan: 9, rowSpan: 6 }],
      });
    expect(diffSheets([at(0, 0)], [at(9, 6)])).toEqual([
      {
        path: '/definition/sheets/0/layouts/0/configuration/gridLayout/elements/0',
        label: 'sheet "Overview" › layout of "Revenue"',
        kind: 'moved',
        before: { columnIndex: 0, rowIndex: 0 },
        after: { columnIndex: 9, rowIndex: 6 },
      },
    ]);
  });

  test('another order of the elements of a grid without places is a move', () => {
    const [one, two] = [visual('v1', 'Revenue'), visual('v2', 'Costs')];
    const before = overview(one, two);
    const after = { ...before, layouts: overview(two, one)['layouts'] ?? null };
    expect(diffSheets([before], [after])).toMatchObject([
      {
        kind: 'moved',
        label: expect.stringContaining('layout of "Revenue"'),
        before: { order: 0 },
        after: { order: 1 },
      },
    ]);
  });

  test('another kind of visual with the same id is not another visual', () => {
    const line = { lineChartVisual: { visualId: 'v1', title: { formatText: { plainText: 'Revenue' } } } };
    const changes = diffSheets([overview(visual('v1', 'Revenue'))], [overview(line)]);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'removed /definition/sheets/0/visuals/0/barChartVisual',
      'added /definition/sheets/0/visuals/0/lineChartVisual',
    ]);
  });
});

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

test('a sheet with another name was renamed, and so was the asset', () => {
  const before = dashboard('d', [sheet('s1', 'Overview', [])]);
  const after = { ...dashboard('d', [sheet('s1', 'Summary', [])]), name: 'Sales 2' };
  expect(diff(before, after)).toMatchObject([
    { kind: 'renamed', path: '/name', before: 'Sales', after: 'Sales 2' },
    { kind: 'renamed', path: '/definition/sheets/0/name', before: 'Overview', after: 'Summary' },
  ]);
});

test('another order of the sheets is a move', () => {
  const [one, two] = [sheet('s1', 'Overview', []), sheet('s2', 'Details', [])];
  expect(diffSheets([one, two], [two, one])).toMatchObject([
    { kind: 'moved', label: 'sheet "Overview"', before: 0, after: 1 },
  ]);
});

test('a template has the same rules', () => {
  const pascal = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(pascal);
    if (typeof value !== 'object' || value === null) return value;
    const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [upper(name), pascal(inner)]));
  };
  const template = (sheets: JsonObject[]): JsonValue => ({ Properties: pascal(dashboard('d', sheets)) });
  const one = visual('v1', 'Revenue');
  expect(
    diff(
      template([sheet('d_s1', 'Overview', [one]), sheet('s2', 'Details', [])]),
      template([sheet('s1', 'Overview', []), sheet('s2', 'Costs', [visual('v9', 'Revenue')])]),
    ),
  ).toEqual([
    {
      path: '/Properties/Definition/Sheets/1/Visuals/0',
      label: 'sheet "Costs" › visual "Revenue"',
      kind: 'moved',
      before: 'sheet "Overview"',
      after: 'sheet "Costs"',
    },
    {
      path: '/Properties/Definition/Sheets/1/Name',
      label: 'sheet "Costs" › Name',
      kind: 'renamed',
      before: 'Details',
      after: 'Costs',
    },
  ]);
});
