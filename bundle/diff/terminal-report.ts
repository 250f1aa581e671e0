import type { BundleDiff, ChangedAsset, ChangeKind } from './bundle-diff';
import { changeText, count, printable, summaryOf } from './report-text';

/** Styles a piece of text for a terminal, for example with colours. */
export interface TerminalStyle {
  readonly heading: (text: string) => string;
  readonly destructive: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly changed: (text: string) => string;
  /** Text of little importance. */
  readonly dim: (text: string) => string;
}

const plain = (text: string): string => text;

export const PLAIN_STYLE: TerminalStyle = {
  heading: plain,
  destructive: plain,
  added: plain,
  removed: plain,
  changed: plain,
  dim: plain,
};

/** Changes of one asset that are shown. */
const MAX_CHANGES = 50;

const MAX_VALUE_CHARACTERS = 60;

const KIND_COLUMNS = 'removed'.length + 2;

/** The difference as lines of text, destructive changes first. Default style: none. */
export function terminalReport(diff: BundleDiff, style: TerminalStyle = PLAIN_STYLE): string {
  const { same, added, removed, changed, destructive, names } = diff;
  if (same) return `${summaryOf(diff)}.\n`;
  const titled = (asset: string): string => {
    const name = names[asset];
    return `${printable(asset)}${name === undefined ? '' : ` ${style.dim(`(${printable(name)})`)}`}`;
  };
  const lines = [
    style.heading(summaryOf(diff)),
    ...(destructive.length === 0 ? [] : ['', style.heading('Destructive')]),
    ...destructive.map(({ asset, reason }) => `  ${style.destructive('!')} ${titled(asset)}: ${printable(reason)}`),
    '',
    ...added.map((asset) => `${style.added('+')} ${titled(asset)}`),
    ...removed.map((asset) => `${style.removed('-')} ${titled(asset)}`),
    ...changed.flatMap((one) => [`${style.changed('~')} ${titled(one.asset)}`, ...changeLines(one, style)]),
  ];
  return `${lines.join('\n')}\n`;
}

function changeLines({ changes }: ChangedAsset, style: TerminalStyle): string[] {
  const lines = changes.slice(0, MAX_CHANGES).map((change) => {
    const { place, before, after } = changeText(change, MAX_VALUE_CHARACTERS);
    const values = [
      ...(before === undefined ? [] : [style.removed(before)]),
      ...(after === undefined ? [] : [style.added(after)]),
    ].join(style.dim(' → '));
    const kind = styleOf(change.kind, style)(change.kind.padEnd(KIND_COLUMNS));
    return `    ${kind}${place}${values === '' ? '' : `: ${values}`}`;
  });
  const more = changes.length - lines.length;
  return more === 0 ? lines : [...lines, `    ${style.dim(`and ${count(more, 'more change')}`)}`];
}

function styleOf(kind: ChangeKind, style: TerminalStyle): (text: string) => string {
  if (kind === 'added' || kind === 'removed') return style[kind];
  return style.changed;
}
