import { Readable } from 'node:stream';
import fc from 'fast-check';
import { contentDigest } from '../../bundle/content-digest';
import { StoredFile } from '../../bundle/stored-file';
import { templateEntries } from '../../bundle/template-bundle';
import { zipEntries } from '../../bundle/zip-bundle';
import type { ZippedFile } from '../../testing/zip';
import { zip } from '../../testing/zip';

/** In pieces, as they come from a connection. */
const pieces = function* (bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
};

const read = (bytes: Buffer) =>
  zipEntries(
    new StoredFile(bytes.length, async (start, end) => Readable.from(pieces(bytes.subarray(start, end)))),
    bytes.length,
  );

const FILES: ZippedFile[] = [
  { path: 'dashboard/sales.json', content: '{"resourceType":"dashboard","name":"Sales"}' },
  { path: 'dataset/orders.json', content: '{"resourceType":"dataset","name":"Orders"}' },
  { path: 'theme/corporate.json', content: '{"resourceType":"theme"}' },
];

describe('a zip', () => {
  test('gives each asset with type, id, name and SHA-256', async () => {
    expect(await read(await zip(FILES.slice(0, 1)))).toEqual([
      {
        path: 'dashboard/sales.json',
        // printf '{"resourceType":"dashboard","name":"Sales"}' | sha256sum
        sha256: '325c574572fe32ed26e52a3f56193928a51d66a72e536b2706cfc776e2ad2f81',
        asset: { type: 'dashboard', id: 'sales', name: 'Sales' },
      },
    ]);
  });

  test('has the same digest whatever the order, compression, time and directory entries', async () => {
    const digest = contentDigest(await read(await zip(FILES)));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(FILES, { minLength: FILES.length }),
        fc.boolean(),
        fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.boolean(),
        async (files, compress, mtime, directories) => {
          const packed = await zip([
            ...(directories ? [{ path: 'dashboard/', content: '' }] : []),
            ...files.map((file) => ({ ...file, compress, mtime })),
          ]);
          expect(contentDigest(await read(packed))).toBe(digest);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('has another digest for other content and for another path', async () => {
    const [first, ...rest] = FILES as [ZippedFile, ...ZippedFile[]];
    const digests = await Promise.all(
      [FILES, [{ ...first, content: '{}' }, ...rest], [{ ...first, path: 'dashboard/other.json' }, ...rest], rest].map(
        async (files) => contentDigest(await read(await zip(files))),
      ),
    );
    expect(new Set(digests).size).toBe(4);
  });

  test('is refused when it is cut, when a byte differs, or when an asset is no JSON', async () => {
    const bytes = await zip(FILES.map((file) => ({ ...file, compress: false })));
    await expect(read(bytes.subarray(0, -10))).rejects.toThrow();
    const changed = Buffer.from(bytes);
    changed[bytes.indexOf('Orders')] = 'X'.charCodeAt(0);
    await expect(read(changed)).rejects.toThrow('dataset/orders.json does not match its checksum');
    await expect(read(await zip([{ path: 'dashboard/x.json', content: 'not JSON' }]))).rejects.toThrow(
      'dashboard/x.json is no JSON',
    );
  });

  // Where the directory's header of an entry has what (APPNOTE.TXT, 4.3.12).
  test.each<[string, boolean, (header: Buffer) => void, string]>([
    ['is longer than told', true, (header) => header.writeUInt32LE(10, 24), 'has not the 10 bytes that are told of it'],
    [
      'is longer than told, stored',
      false,
      (header) => {
        header.writeUInt32LE(10, 20);
        header.writeUInt32LE(10, 24);
      },
      'does not match its checksum',
    ],
    [
      'is shorter than told',
      true,
      (header) => header.writeUInt32LE(1000, 24),
      'has not the 1000 bytes that are told of it',
    ],
    [
      'is encrypted',
      true,
      (header) => header.writeUInt16LE(1, 8),
      'is encrypted, or packed in a way that QuickSight does not use (method 8)',
    ],
    [
      'is packed by bzip2',
      true,
      (header) => header.writeUInt16LE(12, 10),
      'is encrypted, or packed in a way that QuickSight does not use (method 12)',
    ],
  ])('is refused when an entry %s', async (_, compress, change, words) => {
    const bytes = await zip(FILES.slice(0, 1).map((file) => ({ ...file, compress })));
    change(bytes.subarray(bytes.lastIndexOf('PK\x01\x02')));
    await expect(read(bytes)).rejects.toThrow(words);
  });

  test('of very many entries is read in a few requests', async () => {
    const many = await zip(
      Array.from({ length: 12_000 }, (_, n) => ({
        path: `dashboard/${String(n).padStart(40, '0')}.json`,
        content: `{"name":"${n}"}`,
        compress: false,
      })),
    );
    const asked: number[] = [];
    const entries = await zipEntries(
      new StoredFile(many.length, async (start, end) => {
        asked.push(start);
        return Readable.from([many.subarray(start, end)]);
      }),
      many.length,
    );
    expect(entries).toHaveLength(12_000);
    expect(asked.length).toBeLessThan(5);
  });

  test('has assets where paths and contents say so', async () => {
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

  test('leaves nothing open, whole or not', async () => {
    for (const bytes of [await zip(FILES), await zip([{ path: 'dashboard/x.json', content: 'not JSON' }])]) {
      const file = new StoredFile(bytes.length, async (start, end) => Readable.from([bytes.subarray(start, end)]));
      const close = jest.spyOn(file, 'close');
      await zipEntries(file, bytes.length).catch(() => undefined);
      expect(close).toHaveBeenCalledTimes(1);
    }
  });

  test('of any size is read', async () => {
    const content = JSON.stringify({
      name: 'Large',
      data: Array.from({ length: 700_000 }, (_, n) => (n * 7919) % 1_000_003),
    });
    const large = await zip([
      { path: 'dashboard/large.json', content, compress: false },
      { path: 'dashboard/packed.json', content },
      ...FILES,
    ]);
    expect(large.length).toBeGreaterThan(4 * 1024 * 1024);
    expect((await read(large)).map(({ asset }) => asset?.name)).toEqual([
      'Large',
      'Large',
      'Sales',
      'Orders',
      undefined,
    ]);
  });
});

describe('a template', () => {
  const TEMPLATE = {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { DashboardName: { Type: 'String' } },
    Resources: {
      Dashboard: { Type: 'AWS::QuickSight::Dashboard', Properties: { Name: 'Sales', DashboardId: 'sales' } },
      Role: { Type: 'AWS::IAM::Role' },
    },
  };
  const entriesOf = (text: string, pieces = 1) => {
    const bytes = Buffer.from(text);
    const size = Math.max(1, Math.ceil(bytes.length / pieces));
    return templateEntries(
      Readable.from(Array.from({ length: pieces }, (_, n) => bytes.subarray(n * size, (n + 1) * size))),
    );
  };

  test('gives each QuickSight resource as an asset, and everything else as an entry', async () => {
    const entries = await entriesOf(JSON.stringify(TEMPLATE));
    expect(entries.map(({ path }) => path).sort()).toEqual([
      'AWSTemplateFormatVersion',
      'Parameters/DashboardName',
      'Resources/Dashboard',
      'Resources/Role',
    ]);
    expect(entries.flatMap(({ asset }) => asset ?? [])).toEqual([
      { type: 'AWS::QuickSight::Dashboard', id: 'Dashboard', name: 'Sales' },
    ]);
  });

  test('has assets among its resources alone, named where the name is a text', async () => {
    const Type = 'AWS::QuickSight::Dashboard';
    const entries = await entriesOf(
      JSON.stringify({
        Parameters: { One: { Type } },
        Resources: {
          Two: { Type },
          Three: { Type, Properties: { Name: { Ref: 'One' } } },
          Four: { Type, Properties: null },
          Five: null,
          Six: { Type: 6 },
        },
      }),
    );
    expect(entries.flatMap(({ path, asset }) => (asset ? [{ path, ...asset }] : []))).toEqual(
      ['Two', 'Three', 'Four'].map((id) => ({ path: `Resources/${id}`, type: Type, id })),
    );
  });

  test('is none whose Resources are no object, or of another section', async () => {
    for (const text of [
      '{"Resources":"none"}',
      '{"Outputs":{"Resources":{}}}',
      '{"Parameters":{"One":{"Type":"String"}}}',
    ])
      await expect(entriesOf(text)).rejects.toThrow('no Resources');
  });

  test('has the same digest however it is laid out and cut into pieces', async () => {
    const { AWSTemplateFormatVersion, Parameters, Resources } = TEMPLATE;
    const turned = JSON.stringify(
      {
        Resources: {
          Role: Resources.Role,
          Dashboard: { Properties: { DashboardId: 'sales', Name: 'Sales' }, Type: 'AWS::QuickSight::Dashboard' },
        },
        Parameters,
        AWSTemplateFormatVersion,
      },
      undefined,
      2,
    );
    expect(contentDigest(await entriesOf(`${turned}\n`, 7))).toBe(
      contentDigest(await entriesOf(JSON.stringify(TEMPLATE))),
    );
    expect(contentDigest(await entriesOf(turned.replace('"Sales"', '"Other"')))).not.toBe(
      contentDigest(await entriesOf(turned)),
    );
  });

  test.each([
    ['cut', JSON.stringify(TEMPLATE).slice(0, -1), 'ends too early'],
    ['followed by something', `${JSON.stringify(TEMPLATE)}x`, 'Unexpected'],
    ['no template', '{"Message":"Internal failure"}', 'no Resources'],
    ['HTML', '<html></html>', 'Unexpected'],
    ['nothing', '', 'ends too early'],
  ])('is refused when it is %s', async (_, text, words) => {
    await expect(entriesOf(text)).rejects.toThrow(words);
  });
});
