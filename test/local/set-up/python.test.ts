import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { evaluate } from '../evaluate-module';

const folder = new TemporaryFolder();

async function fakeCommand(name: string, script: string): Promise<void> {
  await chmod(await folder.put(name, `#!/bin/sh\n${script}\n`), 0o755);
}

describe('findPython', () => {
  const find = (more: NodeJS.ProcessEnv = {}) =>
    evaluate('set-up/python.mjs', 'm.findPython()', { PATH: folder.path, ...more });

  test('prefers python3', async () => {
    await fakeCommand('python3', 'echo python 3.10');
    await fakeCommand('python', 'echo python 3.13');
    expect(await find()).toBe('python3');
  });

  test('skips a Python that is too old', async () => {
    await fakeCommand('python3', 'echo python 3.9');
    await fakeCommand('python', 'echo python 3.12');
    expect(await find()).toBe('python');
  });

  test('uses only the Python in the environment variable PYTHON', async () => {
    await fakeCommand('python3', 'echo python 3.12');
    await fakeCommand('other', 'echo python 3.11');
    expect(await find({ PYTHON: join(folder.path, 'other') })).toBe(join(folder.path, 'other'));
    expect(await find({ PYTHON: join(folder.path, 'none') })).toContain(
      `none was found (tried ${join(folder.path, 'none')})`,
    );
  });

  test.each([
    ['no Python is installed', undefined, 'none was found \\(tried python3, python, py\\)'],
    ['Python is too old', 'echo python 3.8', 'python3 is Python 3.8'],
    [
      'Python has no venv module',
      'echo "ModuleNotFoundError: No module named \'ensurepip\'" >&2; exit 1',
      'python3 has no venv module',
    ],
  ])('explains the remedy when %s', async (_, script, reason) => {
    if (script !== undefined) await fakeCommand('python3', script);
    expect(await find()).toMatch(
      new RegExp(
        `^The local cloud requires Python 3.10 or later, but ${reason}\\. Install Python[^\\n]*PYTHON[^\\n]*\\.$`,
      ),
    );
  });
});
