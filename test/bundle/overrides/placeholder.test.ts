import { isPlaceholder, isPlainValue, placeholder } from '../../../bundle/overrides/placeholder';

test('a placeholder names the value in the source account', () => {
  expect(placeholder('Host', 'db.example.com')).toBe('<Host, db.example.com in the source account>');
  expect(placeholder('subnet', ['subnet-1'])).toBe('<subnet, ["subnet-1"] in the source account>');
  expect(placeholder('subnet', undefined)).toBe('<subnet>');
  expect(placeholder('subnet', null)).toBe('<subnet>');
});

test('a placeholder contains no user name and no password of a URL', () => {
  expect(placeholder('Host', 'https://user:secret@example.com/')).toBe('<Host>');
});

test('a placeholder shows neither an object nor a list of objects', () => {
  expect(placeholder('Host', { password: 'hunter2' })).toBe('<Host>');
  expect(placeholder('subnet', [{ password: 'hunter2' }])).toBe('<subnet>');
  expect(placeholder('subnet', [['hunter2']])).toBe('<subnet>');
});

test.each([
  ['db', true],
  [5432, true],
  [false, true],
  [['readers'], true],
  [[], true],
  [null, false],
  [{}, false],
  ['jdbc://user:secret@host/', false],
  [['https://user@host'], false],
])('%j is a plain value: %s', (value, expected) => {
  expect(isPlainValue(value)).toBe(expected);
});

test('brackets and control characters of the source do not end a placeholder, and a long value is cut', () => {
  const text = placeholder('Host', `a>b<c\u001b[31m${'x'.repeat(1000)}`);
  expect(isPlaceholder(text)).toBe(true);
  expect(text).toMatch(/^<Host, a b c \[31mx+ in the source account>$/);
  expect(text.length).toBeLessThan(300);
});

test('other values are not placeholders', () => {
  expect(['db', '<', '<a><b>', 5432, null].filter(isPlaceholder)).toEqual([]);
});
