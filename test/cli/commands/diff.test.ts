import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';
import { checkedJson, runCommand } from '../../support/run-command';

const folder = new TemporaryFolder();

/** A bundle of themes with these names. */
const themes = async (file: string, ...names: string[]): Promise<string> =>
  folder.put(
    file,
    await zipOf(
      Object.fromEntries(
        names.map((name, index) => [
          `theme/${index}.json`,
          JSON.stringify({ resourceType: 'theme', themeId: `${index}`, name }),
        ]),
      ),
    ),
  );

test('the exit code is 0 without a difference, 1 with one, and 2 with a destructive one', async () => {
  const one = await themes('1.qs', 'Light');
  const two = await themes('2.qs', 'Light', 'Dark');
  const exitCodes = [];
  for (const [before, after] of [
    [one, one],
    [one, two],
    [two, one],
  ] as const) {
    const { exitCode, stderr } = await runCommand('diff', before, after);
    exitCodes.push(exitCode);
    expect(stderr).toBe('');
  }
  expect(exitCodes).toEqual([0, 1, 2]);
});

test('the JSON has the published form', async () => {
  const before = await themes('1.qs', 'Light', 'Old');
  const after = await themes('2.qs', 'Bright');
  const { stdout } = await runCommand('diff', '--json', before, after);
  expect(checkedJson('diff', stdout)).toMatchObject({
    same: false,
    added: [],
    removed: ['theme/1'],
    changed: [{ asset: 'theme/0', changes: [{ path: '/name', before: 'Light', after: 'Bright' }] }],
    destructive: [{ asset: 'theme/1', reason: expect.any(String) }],
  });
  const same = await runCommand('diff', '--json', before, before);
  expect(checkedJson('diff', same.stdout)).toMatchObject({ same: true, changed: [], destructive: [] });
});

test('the reports name the changed asset', async () => {
  const [markdown, html] = [join(folder.path, 'diff.md'), join(folder.path, 'diff.html')];
  const paths = [await themes('1.qs', 'Light'), await themes('2.qs', 'Bright')];
  const { stdout } = await runCommand('diff', ...paths, '--markdown', markdown, '--html', html);
  expect(stdout).toContain('theme/0');
  expect(readFileSync(markdown, 'utf8')).toContain('theme/0');
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*theme\/0/i);
});

test('a damaged bundle is reported with its own path', async () => {
  const [good, bad] = [await themes('1.qs', 'Light'), await folder.put('2.qs', 'x')];
  for (const [before, after] of [
    [good, bad],
    [bad, good],
  ] as const) {
    const { exitCode, stdout, stderr } = await runCommand('diff', before, after);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: \S+\/2\.qs: the file is neither a zip nor JSON/);
  }
});
