import { styleText } from 'node:util';

const COLORS: ReadonlyArray<readonly [RegExp, 'green' | 'red']> = [
  [/\b(\w+_COMPLETE|SUCCESSFUL)\b/, 'green'],
  [/\b(\w*FAILED|\w*ROLLBACK\w*)\b/, 'red'],
];

/** Prints a line of progress: its time, its source and a message. */
export function print(source: string, message: string, time: Date = new Date()): void {
  console.log(`${time.toTimeString().slice(0, 8)}  ${source.padEnd(11)} ${colored(message)}`);
}

function colored(text: string): string {
  if (!process.stdout.isTTY || process.env.NO_COLOR) return text;
  const found = COLORS.find(([pattern]) => pattern.test(text));
  return found ? text.replace(found[0], (word) => styleText(found[1], word)) : text;
}
