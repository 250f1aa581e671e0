import { Progress, withProgress } from '../../cli/progress';
import { CapturedTerminal } from '../support/captured-terminal';
import { inMemoryBundle } from '../support/in-memory-bundle';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('progress is shown after half a second, ten times a second, and removed at the end', () => {
  const terminal = new CapturedTerminal({ showsProgress: true });
  const progress = new Progress(terminal);
  for (const now of [0, 499, 500, 501, 599, 600]) {
    jest.setSystemTime(now);
    progress.show(`${now}`);
  }
  progress.clear();
  progress.clear();
  expect(terminal.stderr).toBe('\r\u001b[2K500\r\u001b[2K600\r\u001b[2K');
  expect(terminal.stdout).toBe('');
});

test('short work and the output of a program have no progress', () => {
  const terminal = new CapturedTerminal({ showsProgress: true });
  new Progress(terminal).clear();
  expect(terminal.stderr).toBe('');
  const pipe = new CapturedTerminal();
  const progress = new Progress(pipe);
  jest.setSystemTime(10_000);
  progress.show('x');
  progress.clear();
  expect(pipe.stderr).toBe('');
});

test('the reading of parts counts them each time', async () => {
  const terminal = new CapturedTerminal({ showsProgress: true });
  const bundle = withProgress(inMemoryBundle({ 'theme/a.json': {}, 'theme/b.json': {} }), new Progress(terminal));
  for (let pass = 1; pass <= 2; pass++) {
    const paths: string[] = [];
    for await (const { path } of bundle.parts()) {
      paths.push(path);
      jest.setSystemTime(pass * 1000);
    }
    expect(paths).toEqual(['theme/a.json', 'theme/b.json']);
  }
  expect(terminal.stderr).toContain('reading: 2 parts, 4 bytes …');
  expect(terminal.stderr).not.toContain('3 parts');
});
