import { deflateRawSync } from 'node:zlib';
import { contentDigest } from '../../bundle/content-digest';
import { zipEntries } from '../../bundle/zip-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import type { ZippedFile } from '../../testing/zip';
import { zip } from '../../testing/zip';
import { rawZip } from '../support/raw-zip';

const FOLDER = new TemporaryFolder();

const read = async (bytes: Buffer) => zipEntries(await FOLDER.put('bundle.qs', bytes));

const FILES: ZippedFile[] = [
  { path: 'dashboard/sales.json', content: '{"resourceType":"dashboard","name":"Sales"}' },
  { path: 'dataset/orders.json', content: '{"resourceType":"dataset","name":"Orders"}' },
  { path: 'theme/corporate.json', content: '{"resourceType":"theme"}' },
];

describe('a zip', () => {
  test('lists each asset with type, id, name and SHA-256', async () => {
    expect(await read(await zip(FILES.slice(0, 1)))).toEqual([
      {
        path: 'dashboard/sales.json',
        // printf '{"resourceType":"dashboard","name":"Sales"}' | sha256sum
        sha256: '325c574572fe32ed26e52a3f56193928a51d66a72e536b2706cfc776e2ad2f81',
        asset: { type: 'dashboard', id: 'sales', name: 'Sales' },
      },
    ]);
  });

  test('has the same digest in another order, packing and time, with directory entries', async () => {
    const again = [...FILES].reverse().map((file) => ({ ...file, compress: false, mtime: new Date('2026-02-03') }));
    expect(contentDigest(await read(await zip([{ path: 'dashboard/', content: '' }, ...again])))).toBe(
      contentDigest(await read(await zip(FILES))),
    );
  });

  test('finds assets by the path, and their names at the top level of the JSON', async () => {
    const files = [
      { path: 'dashboard/of/many/parts.json', content: '{"name":"Parts"}' },
      { path: 'dashboard/x.json.bak', content: '{"name":"Old"}' },
      { path: 'metadata.json', content: '{"name":"No"}' },
      { path: 'dashboard/number.json', content: '{"name":5}' },
      { path: 'dashboard/inner.json', content: '{"definition":{"name":"Inner"}}' },
    ];
    expect((await read(await zip(files))).map(({ asset }) => asset)).toEqual([
      { type: 'dashboard', id: 'of/many/parts', name: 'Parts' },
      undefined,
      undefined,
      { type: 'dashboard', id: 'number' },
      { type: 'dashboard', id: 'inner' },
    ]);
  });

  test.each([
    ['in the first 8 KiB', `{"a":"${'x'.repeat(8000)}","name":"Sales"}`, 'Sales'],
    ['behind them', `{"a":"${'x'.repeat(9000)}","name":"Sales"}`, undefined],
    ['behind 400 tokens', `{"a":[${'1,'.repeat(200)}1],"name":"Sales"}`, 'Sales'],
    ['behind 4,000 tokens', `{"a":[${'1,'.repeat(2000)}1],"name":"Sales"}`, undefined],
    ['before other JSON', '{"name":"Sales"}}', 'Sales'],
  ])('searches a name %s', async (_, content, expected) => {
    const [entry] = await read(await zip([{ path: 'dashboard/sales.json', content }]));
    expect(entry?.asset).toEqual({ type: 'dashboard', id: 'sales', ...(expected !== undefined && { name: expected }) });
  });

  test('may have entries of several chunks, packed or not', async () => {
    const content = JSON.stringify({
      name: 'Large',
      data: Array.from({ length: 200_000 }, (_, n) => (n * 7919) % 1e6),
    });
    const large = await zip([
      { path: 'dashboard/large.json', content, compress: false },
      { path: 'dashboard/packed.json', content },
      ...FILES,
    ]);
    const entries = await read(large);
    expect(entries.map(({ asset }) => asset?.name)).toEqual(['Large', 'Large', 'Sales', 'Orders', undefined]);
    expect(entries[0]?.sha256).toBe(entries[1]?.sha256);
  });

  test('may have thousands of entries', async () => {
    const names = Array.from({ length: 5_000 }, (_, n) => `dashboard/${String(n).padStart(40, '0')}.json`);
    const many = await zip(names.map((path) => ({ path, content: '{"name":"x"}', compress: false })));
    expect((await read(many)).map(({ path }) => path)).toEqual(names);
  }, 30_000);
});

describe('an invalid zip', () => {
  /** Changes the header of the first entry in the central directory (APPNOTE.TXT, 4.3.12). */
  const withHeader = async (compress: boolean, change: (header: Buffer) => void): Promise<Buffer> => {
    const bytes = await zip(FILES.slice(0, 1).map((file) => ({ ...file, compress })));
    change(bytes.subarray(bytes.lastIndexOf('PK\x01\x02')));
    return bytes;
  };
  const stored = () => zip(FILES.map((file) => ({ ...file, compress: false })));

  test.each<[string, () => Promise<Buffer>, string]>([
    [
      'an entry that is too long',
      () => withHeader(true, (header) => header.writeUInt32LE(10, 24)),
      'expected 10 bytes, found 43 or more',
    ],
    [
      'an entry that is too short',
      () => withHeader(true, (header) => header.writeUInt32LE(1000, 24)),
      'expected 1000 bytes, found 43',
    ],
    [
      'a stored entry of another length',
      () => withHeader(false, (header) => header.writeUInt32LE(10, 20)),
      'expected 43 bytes, found 10',
    ],
    [
      'a stored entry that is cut in both lengths',
      () => withHeader(false, (header) => header.writeUInt32LE(10, 20) && header.writeUInt32LE(10, 24)),
      'the CRC-32 does not match',
    ],
    [
      'an encrypted entry',
      () => withHeader(true, (header) => header.writeUInt16LE(1, 8)),
      'encryption is not supported',
    ],
    [
      'bzip2',
      () => withHeader(true, (header) => header.writeUInt16LE(12, 10)),
      'compression method 12 is not supported',
    ],
    [
      'deflated data that is damaged',
      async () => {
        const bytes = await zip(FILES.slice(0, 1));
        bytes.fill(0xff, bytes.indexOf('sales.json') + 10, bytes.indexOf('sales.json') + 20);
        return bytes;
      },
      'invalid',
    ],
    [
      'a compressed size that is too small',
      () => withHeader(true, (header) => header.writeUInt32LE(header.readUInt32LE(20) - 1, 20)),
      'unexpected end of file',
    ],
    [
      'a compressed size that is too large',
      () => withHeader(true, (header) => header.writeUInt32LE(header.readUInt32LE(20) + 1, 20)),
      'the compressed data has',
    ],
    ['JSON that is not valid', () => zip([{ path: 'dashboard/sales.json', content: 'not JSON' }]), 'not JSON'],
  ])('is reported with the name of the entry: %s', async (_, bytes, problem) => {
    await expect(read(await bytes())).rejects.toThrow(`entry dashboard/sales.json: ${problem}`);
  });

  test.each<[string, () => Promise<Buffer>, string]>([
    ['a cut end', async () => (await stored()).subarray(0, -10), 'End of central directory record signature not found'],
    [
      'a cut start',
      async () => (await stored()).subarray(40),
      'the directory of the zip ends 40 bytes after its end record',
    ],
    [
      'strong encryption',
      () => withHeader(true, (header) => header.writeUInt16LE(0x41, 8)),
      'strong encryption is not supported',
    ],
    ['no files', () => zip([{ path: 'dashboard/', content: '' }]), 'the zip contains no files'],
    [
      'a path that leaves the folder',
      () => unsafe('../dashboard/x.json'),
      'invalid relative path: ../dashboard/x.json',
    ],
    // yauzl's own reader throws in a callback here, which ends the process.
    ['an impossible position', async () => zip64At(2n ** 64n - 1n), ''],
    ['a position behind the end', async () => zip64At(2n ** 40n), 'unexpected end of the zip'],
  ])('is reported: %s', async (_, bytes, problem) => {
    await expect(read(await bytes())).rejects.toThrow(problem);
  });

  test.each([1, 200_000])('is reported when a compressed size includes %d bytes behind the data', async (extra) => {
    const content = 'x'.repeat(300_000);
    const compressedSize = deflateRawSync(content).length + extra;
    const entry = { path: 'dashboard/x.json', content, compress: true, compressedSize, padding: 'y'.repeat(extra) };
    await expect(read(rawZip([entry, { path: 'dashboard/y.json' }]))).rejects.toThrow(
      `entry dashboard/x.json: the compressed data has ${compressedSize - extra} of its ${compressedSize} bytes`,
    );
  });

  test('does not inflate an entry beyond its length', async () => {
    const bomb = await zip([{ path: 'dashboard/x.json', content: 'x'.repeat(50_000_000) }]);
    bomb.writeUInt32LE(10, bomb.lastIndexOf('PK\x01\x02') + 24);
    await expect(read(bomb)).rejects.toThrow('expected 10 bytes, found 65536 or more');
  });
});

/** A zip whose only entry has this path, which a writer of zips refuses. */
async function unsafe(path: string): Promise<Buffer> {
  const bytes = await zip([{ path: path.replaceAll('.', '_'), content: '{}' }]);
  return Buffer.from(bytes.toString('latin1').replaceAll(path.replaceAll('.', '_'), path), 'latin1');
}

/** The end of a zip64 file whose locator has this position (APPNOTE.TXT, 4.3.15). */
function zip64At(position: bigint): Buffer {
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50);
  locator.writeBigUInt64LE(position, 8);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  return Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100), locator, end]);
}
