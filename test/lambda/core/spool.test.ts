import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { TerminalError } from '../../../lambda/core/errors';
import { spool } from '../../../lambda/core/spool';
import { temporaryFolder } from '../../support/temporary-folder';

const FOLDER = temporaryFolder();
afterEach(() => expect(readdirSync(FOLDER)).toEqual([]));

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

test('passes a file with its size and SHA-256, and returns the result', async () => {
  const result = await spool(FOLDER, chunks('con', 'tent'), async ({ path, ...facts }) => {
    expect(readFileSync(path, 'utf8')).toBe('content');
    // printf content | sha256sum
    expect(facts).toEqual({ size: 7, sha256: 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73' });
    return 'result';
  });
  expect(result).toBe('result');
});

test('uses a different file for each call', async () => {
  await spool(FOLDER, chunks('x'), (one) =>
    spool(FOLDER, chunks('x'), async (other) => expect(other.path).not.toBe(one.path)),
  );
});

test('removes the file when its use fails', async () => {
  const failure = new Error('use');
  await expect(spool(FOLDER, chunks('x'), () => Promise.reject(failure))).rejects.toBe(failure);
});

test('removes the file and ends the source when the source fails', async () => {
  const failure = new Error('source');
  async function* failing(): AsyncGenerator<Buffer> {
    yield Buffer.from('x');
    throw failure;
  }
  await expect(spool(FOLDER, failing(), () => Promise.reject(new Error('used')))).rejects.toBe(failure);
});

test('reports a full disk', async () => {
  async function* full(): AsyncGenerator<Buffer> {
    yield Buffer.from('content');
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }
  await expect(spool(FOLDER, full(), async () => undefined)).rejects.toThrow(
    new TerminalError(
      `The disk of ${FOLDER} is full after 7 bytes of the bundle. Deploy again. If it repeats, export fewer assets at once.`,
    ),
  );
});
