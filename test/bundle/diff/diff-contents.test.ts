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

test('another column of the same field and another text of the same text box are changed, not renamed', () => {
  const parts = (columnName: string, content: string): JsonObject[] => {
    const field = { dateDimensionField: { fieldId: 'f1', column: { dataSetIdentifier: 'sales', columnName } } };
    const textBoxes = [{ sheetTextBoxId: 't1', content }];
    return [sheet('s1', 'Overview', [visual('v1', 'Revenue', { category: [field] })], { more: { textBoxes } })];
  };
  expect(diffSheets(parts('day', 'Net'), parts('month', 'Gross')).map(({ kind, before }) => [kind, before])).toEqual([
    ['changed', 'day'],
    ['changed', 'Net'],
  ]);
});
