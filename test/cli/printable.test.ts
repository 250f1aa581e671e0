import { bytes, counted, printable } from '../../cli/printable';

test.each([
  ['\u001b[31mred', '\\u001b[31mred'],
  ['a\nb\tc', 'a\\u000ab\\u0009c'],
  ['\u009b31m', '\\u009b31m'],
  ['\u202eevil', '\\u202eevil'],
  ['\ud800', '\\ud800'],
])('the control characters of %j are written as escapes', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test.each(['Umsätze', '売上', '👩‍💻', 'a b'])('the name %s is printed as it is', (text) => {
  expect(printable(text)).toBe(text);
});

test('numbers have separators and a noun in the right number', () => {
  expect(bytes(1)).toBe('1 byte');
  expect(bytes(1234567)).toBe('1,234,567 bytes');
  expect(counted(1, 'asset')).toBe('1 asset');
  expect(counted(0, 'asset')).toBe('0 assets');
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});
