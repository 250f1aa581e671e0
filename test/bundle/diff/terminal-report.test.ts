import { PLAIN_STYLE, terminalReport } from '../../../bundle/diff/terminal-report';
import { DIFF, largeDiff, SAME } from '../../support/bundle-diff';

test('equal bundles are one line', () => {
  expect(terminalReport(SAME)).toBe('The bundles are the same.\n');
});

test('destructive changes are first, then added, removed and changed assets with each change', () => {
  expect(terminalReport(DIFF).split('\n')).toEqual([
    '1 destructive change, 1 asset added, 1 asset removed, 1 asset changed',
    '',
    'Destructive',
    '  ! datasource/lake: The asset was removed, and dataset/a refers to it.',
    '',
    '+ theme/brand (Brand)',
    '- datasource/lake',
    '~ dashboard/sales (Sales & <b>costs</b>)',
    '    moved    sheet "A" › visual "V": sheet "B" → sheet "A"',
    '    moved    sheet "A": position 1 → position 3',
    '    moved    layout of "V": column 0, row 6 → position 1',
    '    renamed  sheet "A" › name: "Old" → "New"',
    '    changed  <img src=x> | @team  [31m www.example.com: 1 → "<script>"',
    '    added    legend: {"visibility":"HIDDEN"}',
    '    removed  content: null',
    '',
  ]);
});

test('the style is applied to its pieces of text', () => {
  const style = {
    ...PLAIN_STYLE,
    added: (text: string) => `<a>${text}</a>`,
    destructive: (text: string) => `<!>${text}</!>`,
    dim: (text: string) => `<d>${text}</d>`,
  };
  const lines = terminalReport(DIFF, style).split('\n');
  expect(lines).toContain('<a>+</a> theme/brand <d>(Brand)</d>');
  expect(lines).toContain('  <!>!</!> datasource/lake: The asset was removed, and dataset/a refers to it.');
  expect(lines).toContain('    <a>added    </a>legend: <a>{"visibility":"HIDDEN"}</a>');
});

test('values are cut to 60 characters, and 50 changes of an asset are shown', () => {
  const lines = terminalReport(largeDiff(1, 60)).split('\n');
  expect(lines[3]).toBe(`    changed  option 0: "${'x'.repeat(58)}… → 0`);
  expect(lines.slice(-3)).toEqual([expect.stringContaining('option 49'), '    and 10 more changes', '']);
});
