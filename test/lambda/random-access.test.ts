import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { BlockReader } from '../../lambda/random-access';

const BLOCK = 1024 * 1024;
const SIZE = 5 * BLOCK + 1000;
/** 31 bytes again and again: no block is like another. */
const FILE = Buffer.alloc(SIZE, 'abcdefghijklmnopqrstuvwxyz01234');

function reader(file = FILE) {
  const asked: string[] = [];
  const blocks = new BlockReader(SIZE, async (start, end) => {
    asked.push(`${start}-${end}`);
    return Readable.from([file.subarray(start, end)]);
  });
  const read = (start: number, end: number): Promise<Buffer> => buffer(blocks._readStreamForRange(start, end));
  return { asked, read };
}

const block = (n: number): string => `${n * BLOCK}-${Math.min((n + 1) * BLOCK, SIZE)}`;

test('gives any range, over the borders of blocks', async () => {
  const { read } = reader();
  for (const [start, end] of [[0, 10], [BLOCK - 5, BLOCK + 5], [BLOCK, BLOCK + 1], [BLOCK - 1, BLOCK], [3, 3 * BLOCK + 7], [SIZE - 10, SIZE]] as const) {
    expect((await read(start, end)).equals(FILE.subarray(start, end))).toBe(true);
  }
});

test('asks for a block once, and for the last as far as the file goes', async () => {
  const { read, asked } = reader();
  await read(10, 20);
  await read(30, BLOCK);
  await read(SIZE - 5, SIZE);
  await Promise.all([read(BLOCK, BLOCK + 1), read(BLOCK + 1, BLOCK + 2)]);
  expect(asked).toEqual([block(0), block(5), block(1)]);
});

test('keeps the three blocks that were used last', async () => {
  const { read, asked } = reader();
  for (const at of [0, 1, 2, 0, 3]) await read(at * BLOCK, at * BLOCK + 1);
  // Of 0, 1, 2 and then 0 again, 1 is the oldest.
  for (const at of [0, 2, 3]) await read(at * BLOCK, at * BLOCK + 1);
  expect(asked).toEqual([block(0), block(1), block(2), block(3)]);
  await read(BLOCK, BLOCK + 1);
  expect(asked.at(-1)).toBe(block(1));
});

test('says so when the stored file is shorter than it was', async () => {
  await expect(reader(FILE.subarray(0, BLOCK + 100)).read(BLOCK + 50, BLOCK + 200)).rejects.toThrow('the stored file is shorter than it was');
});
