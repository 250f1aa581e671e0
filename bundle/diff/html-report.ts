import type { BundleDiff, Change, ChangedAsset, DestructiveChange } from './bundle-diff';
import { HTML_STYLE } from './html-style';
import { changeText, count, printable, summaryOf } from './report-text';

const MAX_VALUE_CHARACTERS = 2_000;

/** A longer value is folded. */
const MAX_OPEN_CHARACTERS = 160;

/** The difference as one page for a reviewer. It loads nothing, runs no script, and has a light and a dark design. */
export function htmlReport(diff: BundleDiff): string {
  const { added, removed, changed, destructive, names } = diff;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Difference between two bundles</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<header>
<h1>Difference between two bundles</h1>
<p class="summary">${escape(summaryOf(diff))}.</p>
</header>
<main>
${destructiveSection(destructive, names)}${assetList('Removed', 'removed', removed, names)}${assetList('Added', 'added', added, names)}${changedSection(changed, names)}</main>
</body>
</html>
`;
}

type Names = BundleDiff['names'];

function destructiveSection(changes: readonly DestructiveChange[], names: Names): string {
  if (changes.length === 0) return '';
  const items = changes.map(({ asset, reason }) => `<li>${titleOf(asset, names)}<p>${escape(reason)}</p></li>`);
  return `<section class="destructive">
<h2>Destructive <span class="count">${changes.length}</span></h2>
<ul>
${items.join('\n')}
</ul>
</section>
`;
}

function assetList(title: string, kind: string, assets: readonly string[], names: Names): string {
  if (assets.length === 0) return '';
  return `<section>
<h2>${title} <span class="count">${assets.length}</span></h2>
<ul class="${kind}">
${assets.map((asset) => `<li>${titleOf(asset, names)}</li>`).join('\n')}
</ul>
</section>
`;
}

function changedSection(changed: readonly ChangedAsset[], names: Names): string {
  if (changed.length === 0) return '';
  // A few assets are read at once, many are opened one by one.
  const open = changed.length <= 10 ? ' open' : '';
  const assets = changed.map(
    ({ asset, changes }) => `<details class="asset"${open}>
<summary>${titleOf(asset, names)}<span class="note">${count(changes.length, 'change')}</span></summary>
<ol>
${changes.map(changeItem).join('\n')}
</ol>
</details>`,
  );
  return `<section>
<h2>Changed <span class="count">${changed.length}</span></h2>
${assets.join('\n')}
</section>
`;
}

function changeItem(change: Change): string {
  const { place, before, after } = changeText(change, MAX_VALUE_CHARACTERS);
  const values = [valueOf('del', 'Before', before), valueOf('ins', 'After', after)].join('');
  return `<li><span class="kind ${change.kind}">${change.kind}</span><span class="place" title="${escape(change.path)}">${escape(place)}</span><div class="values">${values}</div></li>`;
}

function valueOf(element: 'del' | 'ins', label: string, value: string | undefined): string {
  if (value === undefined) return '';
  const content = `<${element} aria-label="${label}"><code>${escape(value)}</code></${element}>`;
  if (value.length <= MAX_OPEN_CHARACTERS) return content;
  return `<details class="value"><summary>${label}: ${count(value.length, 'character')}</summary>${content}</details>`;
}

function titleOf(asset: string, names: Names): string {
  const name = names[asset];
  const id = `<code>${escape(asset)}</code>`;
  return name === undefined ? id : `<strong>${escape(name)}</strong> ${id}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
