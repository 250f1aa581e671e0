import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';
import { checkedJson, runCommand } from '../../support/run-command';

const folder = new TemporaryFolder();

const theme = (id: string) => ({ [`theme/${id}.json`]: JSON.stringify({ resourceType: 'theme', themeId: id }) });

test('the folder has the files, and --force replaces them', async () => {
  const target = join(folder.path, 'target');
  const first = await folder.put('1.qs', await zipOf({ ...theme('a'), ...theme('b') }));
  const second = await folder.put('2.qs', await zipOf(theme('a')));
  expect(await runCommand('unpack', first, target)).toEqual({
    exitCode: 0,
    stdout: `Wrote 2 files to ${target}.\n`,
    stderr: '',
  });
  expect(await runCommand('unpack', second, target)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: folder ${target} is not empty: choose another folder, or add --force\n`,
  });
  expect((await runCommand('unpack', '--force', second, target)).stdout).toBe(
    `Wrote 1 file to ${target} and removed 1 file.\n`,
  );
  expect(existsSync(join(target, 'theme', 'b.json'))).toBe(false);
});

test('the JSON has the published form', async () => {
  const target = join(folder.path, 'target');
  const { stdout } = await runCommand('unpack', '--json', await folder.put('a.qs', await zipOf(theme('a'))), target);
  expect(checkedJson('unpack', stdout)).toEqual({ folder: target, written: ['theme/a.json'], removed: [] });
});
