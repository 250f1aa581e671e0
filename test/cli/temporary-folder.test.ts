import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder } from '../../cli/temporary-folder';

test('the folder exists during the work and not after it', async () => {
  const folder = await inTemporaryFolder(async (path) => {
    await writeFile(join(path, 'file'), '');
    return path;
  });
  expect(existsSync(folder)).toBe(false);
});

test('the folder is removed after an error, and no handler of a signal remains', async () => {
  const before = process.listenerCount('SIGINT');
  let folder = '';
  const work = inTemporaryFolder((path) => {
    folder = path;
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    throw new Error('on demand');
  });
  await expect(work).rejects.toThrow('on demand');
  expect(existsSync(folder)).toBe(false);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s removes the folder and ends the process', async (signal) => {
  const program = `
    require('tsx/cjs');
    require(${JSON.stringify(join(__dirname, '../../cli/temporary-folder.ts'))}).inTemporaryFolder((folder) => {
      console.log(folder);
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = execFile(process.execPath, ['-e', program]);
  const folder = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (text: string) => resolve(text.trim())),
  );
  expect(existsSync(folder)).toBe(true);
  const ended = new Promise((resolve) => child.once('exit', (_, received) => resolve(received)));
  child.kill(signal);
  expect(await ended).toBe(signal);
  expect(existsSync(folder)).toBe(false);
});
