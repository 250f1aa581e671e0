import { styleText } from 'node:util';

const COLOURS: ReadonlyArray<readonly [RegExp, 'green' | 'red']> = [
  [/\b(\w+_COMPLETE|SUCCESSFUL)\b/, 'green'],
  [/\b(\w*FAILED|\w*ROLLBACK\w*)\b/, 'red'],
];

/** One line of progress: when, who, what. */
export function print(who: string, what: string, when: Date = new Date()): void {
  console.log(`${when.toTimeString().slice(0, 8)}  ${who.padEnd(11)} ${coloured(what)}`);
}

function coloured(text: string): string {
  if (!process.stdout.isTTY || process.env.NO_COLOR) return text;
  const found = COLOURS.find(([pattern]) => pattern.test(text));
  return found ? text.replace(found[0], (word) => styleText(found[1], word)) : text;
}
