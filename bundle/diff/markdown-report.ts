import type { BundleDiff, ChangedAsset } from './bundle-diff';
import { changeText, count, cut, summaryOf } from './report-text';

/** A comment on GitHub has at most 65,536 characters. The rest is for what a program writes around the report. */
const MAX_CHARACTERS = 60_000;

/** Rows of a table that are shown, if they fit. */
const MAX_ROWS = 50;

const MAX_TABLE_CHARACTERS = 15_000;

const MAX_CELL_CHARACTERS = 200;

const MAX_VALUE_CHARACTERS = 80;

/** The difference for a comment on a pull request: destructive changes first, then the assets, then folded details. */
export function markdownReport(diff: BundleDiff): string {
  const { same, destructive } = diff;
  const heading = `### ${summaryOf(diff)}`;
  if (same) return `${heading}\n`;
  const sections = [heading];
  if (destructive.length > 0) {
    const rows = destructive.map(({ asset, reason }) => [code(asset), text(reason)]);
    sections.push(`**Destructive**\n\n${table(['asset', 'reason'], rows)}`);
  }
  sections.push(assetTable(diff));
  return withDetails(sections, diff);
}

function assetTable({ added, removed, changed, names }: BundleDiff): string {
  const row = (asset: string, change: string): string[] => [change, code(asset), text(names[asset] ?? '')];
  return table(
    ['change', 'asset', 'name'],
    [
      ...removed.map((asset) => row(asset, 'removed')),
      ...added.map((asset) => row(asset, 'added')),
      ...changed.map(({ asset, changes }) => row(asset, count(changes.length, 'change'))),
    ],
  );
}

/** Adds the details of as many assets as fit. */
function withDetails(sections: string[], { changed, names }: BundleDiff): string {
  let length = sections.join('\n\n').length;
  let shown = 0;
  for (const asset of changed) {
    const details = detailsOf(asset, names[asset.asset]);
    length += details.length + 2;
    if (length > MAX_CHARACTERS) break;
    sections.push(details);
    shown++;
  }
  const more = changed.length - shown;
  if (more > 0) sections.push(`The details of ${count(more, 'more asset')} are not shown.`);
  return `${sections.join('\n\n')}\n`;
}

function detailsOf({ asset, changes }: ChangedAsset, name: string | undefined): string {
  const rows = changes.map((change) => {
    const { place, before, after } = changeText(change, MAX_VALUE_CHARACTERS);
    return [change.kind, text(place), code(before ?? ''), code(after ?? '')];
  });
  const title = `${code(asset)}${name === undefined ? '' : ` ${text(name)}`}: ${count(changes.length, 'change')}`;
  return `<details><summary>${title}</summary>\n\n${table(['change', 'place', 'before', 'after'], rows)}\n\n</details>`;
}

function table(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [line(columns), line(columns.map(() => '---'))];
  let length = 0;
  let shown = 0;
  for (const row of rows.slice(0, MAX_ROWS)) {
    const text = line(row);
    length += text.length;
    if (length > MAX_TABLE_CHARACTERS) break;
    lines.push(text);
    shown++;
  }
  if (shown < rows.length) lines.push(line([`and ${rows.length - shown} more`, ...columns.slice(1).map(() => '')]));
  return lines.join('\n');
}

/** Text of a bundle is neither markup, nor a link, nor a mention. */
function text(value: string): string {
  return cut(value, MAX_CELL_CHARACTERS)
    .replace(/[&<>`*_[\]\\|~#@$]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}&#46;`);
}

const code = (value: string): string => (value === '' ? '' : `<code>${text(value)}</code>`);
