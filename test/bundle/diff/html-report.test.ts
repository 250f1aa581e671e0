import { htmlReport } from '../../../bundle/diff/html-report';
import { HTML_STYLE } from '../../../bundle/diff/html-style';
import { DIFF, largeDiff, SAME } from '../../support/bundle-diff';

test('equal bundles have no sections', () => {
  const page = htmlReport(SAME);
  expect(page).toContain('<p class="summary">The bundles are the same.</p>');
  expect(page).not.toContain('<section');
});

test('the page has destructive changes first, then removed, added and changed assets', () => {
  const headings = [...htmlReport(DIFF).matchAll(/<h2>(\w+) <span class="count">(\d+)/g)].map(([, ...of]) => of);
  expect(headings).toEqual([
    ['Destructive', '1'],
    ['Removed', '1'],
    ['Added', '1'],
    ['Changed', '1'],
  ]);
});

test('a change has its kind, place, pointer and values', () => {
  expect(htmlReport(DIFF)).toContain(
    '<li><span class="kind renamed">renamed</span><span class="place" title="/d">sheet &quot;A&quot; › name</span>' +
      '<div class="values"><del aria-label="Before"><code>&quot;Old&quot;</code></del>' +
      '<ins aria-label="After"><code>&quot;New&quot;</code></ins></div></li>',
  );
});

test('the page loads nothing, runs no script, and escapes the texts of the bundle', () => {
  const page = htmlReport(DIFF);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(?:script|img|link|iframe|object|b)\b|\ssrc="|href=|url\(|@import/);
  expect(page).not.toContain('\u001b');
  expect(page).toContain('&lt;img src=x&gt;');
  expect(page).toContain('Sales &amp; &lt;b&gt;costs&lt;/b&gt;');
});

test('a long value is folded and cut, and more than 10 assets are closed', () => {
  const page = htmlReport(largeDiff(11, 1));
  expect(page).toContain('<summary>Before: 2000 characters</summary>');
  expect(page).toContain(`${'x'.repeat(1_998)}…`);
  expect(page).not.toContain('x'.repeat(2_000));
  expect(page).not.toContain('<details class="asset" open>');
  expect(htmlReport(largeDiff(10, 1))).toContain('<details class="asset" open>');
});

describe('a colour of text', () => {
  const [light = '', dark = ''] = HTML_STYLE.split('@media (prefers-color-scheme: dark)');
  /** Relative luminance (WCAG 2.2). */
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  test.each([
    ['light', light],
    ['dark', dark],
  ])('has a contrast of 4.5:1 or more in the %s design', (_, css) => {
    const colours = new Map([...css.matchAll(/--([\w-]+): (#\w{6})/g)].map(([, name, hex]) => [name, hex ?? '']));
    const contrast = (text: string, back: string): number => {
      const [one, other] = [luminance(colours.get(text) ?? ''), luminance(colours.get(back) ?? '')];
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    };
    const pairs = [
      ['text', 'page'],
      ['text', 'card'],
      ['text', 'removed-back'],
      ['note', 'page'],
      ['note', 'card'],
      ['note', 'removed-back'],
      ['removed', 'page'],
      ...['removed', 'added', 'changed', 'moved'].map((name) => [name, `${name}-back`]),
    ];
    for (const [text = '', back = ''] of pairs) {
      expect([text, back, contrast(text, back) >= 4.5]).toEqual([text, back, true]);
    }
  });
});
