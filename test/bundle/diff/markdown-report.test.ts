import { markdownReport } from '../../../bundle/diff/markdown-report';
import { DIFF, largeDiff, SAME } from '../../support/bundle-diff';

test('equal bundles are one line', () => {
  expect(markdownReport(SAME)).toBe('### The bundles are the same\n');
});

test('destructive changes are first, then the table of assets, then folded details', () => {
  const [heading, ...sections] = markdownReport(DIFF).split('\n\n');
  expect(heading).toBe('### 1 destructive change, 1 asset added, 1 asset removed, 1 asset changed');
  expect(sections.slice(0, 3)).toEqual([
    '**Destructive**',
    [
      '| asset | reason |',
      '| --- | --- |',
      '| <code>datasource/lake</code> | The asset was removed, and dataset/a refers to it. |',
    ].join('\n'),
    [
      '| change | asset | name |',
      '| --- | --- | --- |',
      '| removed | <code>datasource/lake</code> |  |',
      '| added | <code>theme/brand</code> | Brand |',
      '| 7 changes | <code>dashboard/sales</code> | Sales &#38; &#60;b&#62;costs&#60;/b&#62; |',
    ].join('\n'),
  ]);
  expect(sections[3]).toBe(
    '<details><summary><code>dashboard/sales</code> Sales &#38; &#60;b&#62;costs&#60;/b&#62;: 7 changes</summary>',
  );
  expect(sections.at(-1)).toBe('</details>\n');
});

test('texts of the bundle are neither markup, nor a mention, nor a link', () => {
  const row = markdownReport(DIFF)
    .split('\n')
    .find((line) => line.startsWith('| changed'));
  expect(row).toBe(
    '| changed | &#60;img src=x&#62; &#124; &#64;team  &#91;31m www&#46;example.com | <code>1</code> | <code>"&#60;script&#62;"</code> |',
  );
});

test('a large difference fits into a comment on GitHub', () => {
  const report = markdownReport(largeDiff(200, 60));
  expect(report.length).toBeLessThanOrEqual(65_536);
  expect(report).toContain('| and 150 more |');
  expect(report).toContain('| and 10 more |');
  expect(report).toMatch(/The details of \d+ more assets are not shown\.\n$/);
});

test('a difference with long texts and many destructive changes fits into a comment on GitHub', () => {
  const long = '|'.repeat(2_000);
  const names = Array.from({ length: 60 }, (_, n) => `dashboard/${n}${long}`);
  const report = markdownReport({
    ...largeDiff(60, 60),
    removed: names,
    destructive: names.map((asset) => ({ asset, reason: long })),
    names: Object.fromEntries(names.map((name) => [name, long])),
  });
  expect(report.length).toBeLessThanOrEqual(65_536);
  expect(report).toContain(`| <code>dashboard/0${'&#124;'.repeat(188)}…</code> |`);
  expect(report).toMatch(/\| and \d+ more \|/);
});
