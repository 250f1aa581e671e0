import { processTerminal } from '../../cli/terminal';

const terminalOf = (env: Record<string, string>, isTTY = true) => {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  const fake = { stdout: stream, stderr: stream, env } as unknown as typeof process;
  return { terminal: processTerminal(fake), written };
};

const isColored = (env: Record<string, string>, isTTY?: boolean): boolean =>
  terminalOf(env, isTTY).terminal.colors.red('x') !== 'x';

test('only a terminal has colours, and NO_COLOR switches them off', () => {
  expect(isColored({})).toBe(true);
  expect(isColored({ NO_COLOR: '' })).toBe(true);
  expect(isColored({ NO_COLOR: '1' })).toBe(false);
  expect(isColored({ TERM: 'dumb' })).toBe(false);
  expect(isColored({}, false)).toBe(false);
  expect(isColored({ FORCE_COLOR: '1' }, false)).toBe(false);
});

test('only a terminal shows progress', () => {
  expect(terminalOf({}).terminal.showsProgress).toBe(true);
  expect(terminalOf({}, false).terminal.showsProgress).toBe(false);
  expect(terminalOf({ TERM: 'dumb' }).terminal.showsProgress).toBe(false);
});

test('texts go to the streams of the process', () => {
  const { terminal, written } = terminalOf({});
  terminal.out('result');
  terminal.err('error');
  expect(written).toEqual(['result', 'error']);
});
