import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { checkedJson, runCommand } from '../../support/run-command';

const folder = new TemporaryFolder();

test('the file has the reported size and SHA-256', async () => {
  await folder.put('in/theme/a.json', '{}');
  const file = join(folder.path, 'a.qs');
  const { exitCode, stdout } = await runCommand('pack', join(folder.path, 'in'), file);
  const bytes = readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `Wrote 1 asset to ${file}: ${bytes.length} bytes, SHA-256 ${sha256}.\n`,
  });
  const json = await runCommand('pack', '--json', join(folder.path, 'in'), file);
  const expected = { file, sizeBytes: bytes.length, sha256, entries: ['theme/a.json'] };
  expect(checkedJson('pack', json.stdout)).toEqual(expected);
});

test('a folder that is not a bundle is reported with its path', async () => {
  await folder.put('in/notes.txt', '');
  const { exitCode, stderr } = await runCommand('pack', join(folder.path, 'in'), join(folder.path, 'a.qs'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: \S+\/in: the folder contains no files of a bundle/);
});
