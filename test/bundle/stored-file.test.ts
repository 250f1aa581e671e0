import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StoredFile } from '../../bundle/stored-file';

const MIB = 1024 * 1024;
const SIZE = 5 * MIB + 1000;
const TAIL = SIZE - MIB;
/** 31 bytes again and again: no part of it is like another. */
const FILE = Buffer.alloc(SIZE, 'abcdefghijklmnopqrstuvwxyz01234');

function reader(file = FILE) {
  const asked: string[] = [];
  const streams: Readable[] = [];
  const stored = new StoredFile(SIZE, async (start, end) => {
    asked.push(`${start}-${end}`);
    const stream = Readable.from(
      (function* () {
        for (let at = start; at < Math.min(end, file.length); at += 65_536)
          yield file.subarray(at, Math.min(at + 65_536, end));
      })(),
    );
    streams.push(stream);
    return stream;
  });
  const read = (start: number, end: number): Promise<Buffer> => buffer(stored.range(start, end));
  return { stored, asked, streams, read };
}

test('gives any range, forward and back', async () => {
  const { read } = reader();
  for (const [start, end] of [
    [0, 10],
    [10, 20],
    [15, 30],
    [MIB - 5, MIB + 5],
    [3, 3 * MIB + 7],
    [SIZE - 10, SIZE],
    [TAIL - 5, TAIL + 5],
    [TAIL, SIZE],
    [0, SIZE],
  ] as const) {
    expect((await read(start, end)).equals(FILE.subarray(start, end))).toBe(true);
  }
});

test('asks once for the end, and once for all from the beginning on', async () => {
  const { read, asked } = reader();
  await read(SIZE - 65_557, SIZE);
  await read(SIZE - 200_000, SIZE - 100_000);
  for (let at = 0; at < TAIL; at += 100_000) {
    await read(at, at + 30);
    // What comes behind an entry is skipped.
    await read(at + 30, at + 90_000);
  }
  expect(asked).toEqual([`${TAIL}-${SIZE}`, `0-${SIZE}`]);
});

test('asks anew for what lies behind, or far ahead, and gives up what it was reading', async () => {
  const { read, asked, streams } = reader();
  await read(1000, 2000);
  await read(2000 + 256 * 1024, 2000 + 256 * 1024 + 10);
  expect(asked).toEqual([`1000-${SIZE}`]);
  await read(500, 600);
  await read(3 * MIB, 3 * MIB + 10);
  expect(asked).toEqual([`1000-${SIZE}`, `500-${SIZE}`, `${3 * MIB}-${SIZE}`]);
  expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
});

test('goes on behind a range that nobody read to its end', async () => {
  const { stored, read, asked } = reader();
  for await (const piece of stored.range(0, MIB)) {
    expect(FILE.subarray(0, piece.length).equals(piece)).toBe(true);
    break;
  }
  expect((await read(2 * MIB, 2 * MIB + 50)).equals(FILE.subarray(2 * MIB, 2 * MIB + 50))).toBe(true);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('gives two that read at once each its own', async () => {
  const { read } = reader();
  await read(0, 10);
  const ranges = [
    [10, 2 * MIB],
    [100_000, 300_000],
    [2 * MIB, 3 * MIB],
  ] as const;
  const pieces = await Promise.all(ranges.map(([start, end]) => read(start, end)));
  expect(pieces.map((piece, n) => piece.equals(FILE.subarray(...(ranges[n] as [number, number]))))).toEqual([
    true,
    true,
    true,
  ]);
});

test('goes on in two places in turn, as in a long directory and the entries that it names', async () => {
  const { read, asked } = reader();
  for (let at = 0; at < MIB; at += 50_000) {
    expect((await read(3 * MIB + at, 3 * MIB + at + 100)).equals(FILE.subarray(3 * MIB + at, 3 * MIB + at + 100))).toBe(
      true,
    );
    await read(at, at + 40_000);
  }
  expect(asked).toEqual([`${3 * MIB}-${SIZE}`, `0-${SIZE}`]);
});

test('fills a buffer as a file does, or tells why not', async () => {
  const { stored } = reader();
  const filled = (of: StoredFile, length: number, position: number) =>
    new Promise<Buffer>((resolve, reject) => {
      const target = Buffer.alloc(length + 20);
      of.read(target, 10, length, position, (error) => (error ? reject(error) : resolve(target)));
    });
  for (const [length, position] of [
    [100_000, 50],
    [30, 200_000],
    [MIB, TAIL],
  ] as const) {
    expect(
      (await filled(stored, length, position)).equals(
        Buffer.concat([Buffer.alloc(10), FILE.subarray(position, position + length), Buffer.alloc(10)]),
      ),
    ).toBe(true);
  }
  await expect(filled(reader(FILE.subarray(0, 1000)).stored, 100, 950)).rejects.toThrow(
    'it ends before what it should hold',
  );
});

test('leaves nothing open when it is closed', async () => {
  const { stored, read, streams } = reader();
  await read(0, 10);
  expect(streams[0]?.destroyed).toBe(false);
  await new Promise((resolve) => stored.close(resolve));
  expect(streams[0]?.destroyed).toBe(true);
});

test('says so when it ends before what it should hold', async () => {
  await expect(reader(FILE.subarray(0, MIB + 100)).read(MIB + 50, MIB + 200)).rejects.toThrow(
    'it ends before what it should hold',
  );
  await expect(reader(FILE.subarray(0, TAIL + 100)).read(TAIL + 50, TAIL + 200)).rejects.toThrow(
    'it ends before what it should hold',
  );
});
