import { fields, table } from '../../cli/table';
import { CapturedTerminal } from '../support/captured-terminal';

test('a table has aligned columns without borders and without spaces at the end of a line', () => {
  const rows = [
    ['dashboard', 'd', 'Sales'],
    ['売', 'x', ''],
  ];
  expect(table(new CapturedTerminal(), ['TYPE', 'ID', 'NAME'], rows)).toBe(
    'TYPE       ID  NAME\ndashboard  d   Sales\n売         x\n',
  );
});

test('a cell cannot contain an escape sequence', () => {
  expect(table(new CapturedTerminal({ colors: true }), ['A'], [['\u001b[31m']])).toBe(
    '\u001b[1mA\u001b[22m\n\\u001b[31m\n',
  );
});

test('fields have aligned values', () => {
  const values = [
    ['Size', '1 byte'],
    ['Format', 'a\u001b'],
  ] as const;
  expect(fields(new CapturedTerminal(), values)).toBe('Size    1 byte\nFormat  a\\u001b\n');
});
