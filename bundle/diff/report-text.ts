import type { JsonValue } from '../json-value';
import type { BundleDiff, Change } from './bundle-diff';

/** A change in texts for people. */
export interface ChangeText {
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

/** Characters that change a terminal or the direction of the text, and ends of lines. */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Names of coordinates in a layout. */
const COORDINATES: Readonly<Record<string, string>> = {
  columnIndex: 'column',
  rowIndex: 'row',
  xAxisLocation: 'x',
  yAxisLocation: 'y',
  order: 'position',
};

/** For example `1 destructive change, 2 assets added, 1 asset changed`. */
export function summaryOf({ same, destructive, added, removed, changed }: BundleDiff): string {
  if (same) return 'The bundles are the same';
  const assets = (list: readonly unknown[], verb: string): string[] =>
    list.length === 0 ? [] : [`${count(list.length, 'asset')} ${verb}`];
  return [
    ...(destructive.length === 0 ? [] : [count(destructive.length, 'destructive change')]),
    ...assets(added, 'added'),
    ...assets(removed, 'removed'),
    ...assets(changed, 'changed'),
  ].join(', ');
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A line of text without characters that a terminal or a page could misread. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, ' ');

/** The texts of a change. A value is JSON, cut to `maxCharacters`. */
export function changeText({ kind, label, before, after }: Change, maxCharacters: number): ChangeText {
  const text = (value: JsonValue): string =>
    cut(kind === 'moved' ? placeText(value) : JSON.stringify(value), maxCharacters);
  return {
    place: printable(label === '' ? 'content' : label),
    ...(before !== undefined && { before: text(before) }),
    ...(after !== undefined && { after: text(after) }),
  };
}

/** A move is between two sheets, two indexes of a list, or two places of a layout. */
function placeText(place: JsonValue): string {
  if (typeof place === 'string') return place === '' ? 'content' : place;
  if (typeof place === 'number') return `position ${place + 1}`;
  if (typeof place !== 'object' || place === null) return JSON.stringify(place);
  const parts = Object.entries(place).map(([name, value]) => {
    const shown = name === 'order' ? Number(value) + 1 : typeof value === 'string' ? value : JSON.stringify(value);
    return `${COORDINATES[name] ?? name} ${shown}`;
  });
  return parts.length === 0 ? 'no place' : parts.join(', ');
}

/** A printable line of at most `maxCharacters`. */
export function cut(text: string, maxCharacters: number): string {
  const line = printable(text);
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters - 1)}…` : line;
}
