import Table from 'cli-table3';
import { printable } from './printable';
import type { Terminal } from './terminal';

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
];

const NO_BORDERS = { ...Object.fromEntries(BORDERS.map((name) => [name, ''])), middle: '  ' };

/** A table without borders, which other tools can read, too. The cells may contain any text. */
export function table({ colors }: Terminal, head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const result = new Table({
    head: head.map((title) => colors.bold(title)),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  result.push(...rows.map((row) => row.map(printable)));
  return `${result.toString().replace(/ +$/gm, '')}\n`;
}

/** Lines of a name and its value. */
export function fields({ colors }: Terminal, values: ReadonlyArray<readonly [name: string, value: string]>): string {
  const width = Math.max(...values.map(([name]) => name.length));
  return values.map(([name, value]) => `${colors.bold(name.padEnd(width))}  ${printable(value)}\n`).join('');
}
