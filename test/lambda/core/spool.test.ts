import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TerminalError } from '../../../lambda/core/errors';
import { removeLeftovers, spool } from '../../../lambda/core/spool';
import { TemporaryFolder } from '../../../testing/temporary-folder';

afterEach(() => expect(readdirSync(FOLDER.path)).toEqual([]));
const FOLDER = new TemporaryFolder();

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

test('passes a file with its size and SHA-256, and returns the result', async () => {
  const result = await spool(FOLDER.path, chunks('con', 'tent'), async ({ path, ...facts }) => {
    expect(readFileSync(path, 'utf8')).toBe('content');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // printf content | sha256sum
    expect(facts).toEqual({ size: 7, sha256: 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73' });
    return 'result';
  });
  expect(result).toBe('result');
});

test('uses a different file for each call', async () => {
  await spool(FOLDER.path, chunks('x'), (one) =>
    spool(FOLDER.path, chunks('x'), async (other) => expect(other.path).not.toBe(one.path)),
  );
});

test('removes the file when its use fails', async () => {
  const failure = new Error('use');
  await expect(spool(FOLDER.path, chunks('x'), () => Promise.reject(failure))).rejects.toBe(failure);
});

test('removes the file and ends the source when the source fails', async () => {
  const failure = new Error('source');
  async function* failing(): AsyncGenerator<Buffer> {
    yield Buffer.from('x');
    throw failure;
  }
  await expect(spool(FOLDER.path, failing(), () => Promise.reject(new Error('used')))).rejects.toBe(failure);
});

test('reports a full disk', async () => {
  async function* full(): AsyncGenerator<Buffer> {
    yield Buffer.from('content');
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }
  await expect(spool(FOLDER.path, full(), async () => undefined)).rejects.toThrow(
    new TerminalError(
      `The disk of ${FOLDER.path} is full after 7 bytes of the bundle. Deploy again. If it repeats, export fewer assets at once.`,
    ),
  );
});

describe('removeLeftovers', () => {
  const nameOf = (pid: number) => `quicksight-asset-bundle-${pid}-0b9cb6f5-7a4f-4b0e-9d0c-0c6a8f1f7f5e-x`;

  test('removes the files of a killed process, also of one with the same process id', async () => {
    for (const pid of [2 ** 30, process.pid]) writeFileSync(join(FOLDER.path, nameOf(pid)), 'x');
    removeLeftovers(FOLDER.path);
    expect(readdirSync(FOLDER.path)).toEqual([]);
  });

  test('does not fail when a file cannot be removed', () => {
    const folder = join(FOLDER.path, nameOf(2 ** 30));
    mkdirSync(folder);
    expect(() => removeLeftovers(FOLDER.path)).not.toThrow();
    rmSync(folder, { recursive: true });
  });

  test('keeps the file of a copy that runs in this process', async () => {
    await spool(FOLDER.path, chunks('content'), async ({ path }) => {
      removeLeftovers(FOLDER.path);
      expect(readFileSync(path, 'utf8')).toBe('content');
    });
  });

  test.each([
    ['of another process that runs', nameOf(process.ppid)],
    ['of somebody else', 'quicksight-asset-bundle-notes.txt'],
  ])('keeps a file %s', (_, name) => {
    writeFileSync(join(FOLDER.path, name), 'x');
    removeLeftovers(FOLDER.path);
    expect(readdirSync(FOLDER.path)).toEqual([name]);
    rmSync(join(FOLDER.path, name));
  });
});
