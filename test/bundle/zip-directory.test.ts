import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { zipEntries } from '../../bundle/zip-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { rawZip } from '../support/raw-zip';

const FOLDER = new TemporaryFolder();

const read = async (bytes: Buffer) => zipEntries(await FOLDER.put('bundle.qs', bytes));
const refusal = (bytes: Buffer) =>
  read(bytes).then(
    () => undefined,
    (error: Error) => error,
  );
const paths = async (bytes: Buffer) => (await read(bytes)).map(({ path }) => path);

const ONE = { path: 'dashboard/one.json' };
const TWO = { path: 'dataset/two.json' };
const HEADER_BYTES = 46;
const SIZES = [ONE, TWO].map(({ path }) => HEADER_BYTES + path.length);
const [SIZE_OF_ONE = 0, SIZE_OF_TWO = 0] = SIZES;

describe('an end record', () => {
  test.each([false, true])('lists all entries of the directory (zip64: %s)', async (zip64) => {
    expect(await paths(rawZip([ONE, TWO], { zip64 }))).toEqual([ONE.path, TWO.path]);
  });

  test('may have a comment of any bytes', async () => {
    const comment = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(await paths(rawZip([ONE, TWO], { comment }))).toEqual([ONE.path, TWO.path]);
  });

  test.each([false, true])('that counts fewer entries than the directory has is refused (zip64: %s)', async (zip64) => {
    expect(await refusal(rawZip([ONE, TWO], { zip64, count: 1 }))).toEqual(
      new InvalidBundleError(
        `the directory of the zip has ${SIZE_OF_ONE + SIZE_OF_TWO} bytes, and the entries that its end record counts (1) have ${SIZE_OF_ONE}`,
      ),
    );
  });

  test.each([false, true])('that also has the size of these entries is refused (zip64: %s)', async (zip64) => {
    const bytes = rawZip([ONE, TWO], { zip64, count: 1, directorySize: SIZE_OF_ONE });
    expect((await refusal(bytes))?.message).toBe(
      `the directory of the zip ends ${SIZE_OF_TWO} bytes before its end record`,
    );
  });

  test.each([false, true])('that counts no entries is refused (zip64: %s)', async (zip64) => {
    expect(await refusal(rawZip([ONE], { zip64, count: 0 }))).toBeInstanceOf(InvalidBundleError);
    expect(await refusal(rawZip([ONE], { zip64, count: 0, directorySize: 0 }))).toBeInstanceOf(InvalidBundleError);
  });

  test.each([false, true])('that counts more entries than the directory has is refused (zip64: %s)', async (zip64) => {
    expect(await refusal(rawZip([ONE, TWO], { zip64, count: 3 }))).toBeInstanceOf(Error);
  });

  test('with a size of the directory that is too small or too large is refused', async () => {
    expect((await refusal(rawZip([ONE], { directorySize: 1 })))?.message).toContain('before its end record');
    expect((await refusal(rawZip([ONE], { directorySize: 1000 })))?.message).toContain('after its end record');
  });

  test('behind other bytes than the directory is refused', async () => {
    expect((await refusal(rawZip([ONE], { gap: Buffer.from('gap') })))?.message).toBe(
      'the directory of the zip ends 3 bytes before its end record',
    );
  });
});

describe('a path', () => {
  test.each([
    ['absolute', '/dashboard/x.json', 'absolute path: /dashboard/x.json'],
    ['with a drive', 'C:/dashboard/x.json', 'absolute path: C:/dashboard/x.json'],
    ['that leaves the folder', 'dashboard/../../x.json', 'invalid relative path: dashboard/../../x.json'],
    ['with backslashes', '..\\dashboard\\x.json', 'invalid characters in fileName: ..\\dashboard\\x.json'],
    ['with a backslash', 'dashboard\\x.json', 'invalid characters in fileName: dashboard\\x.json'],
    ['with an empty segment', 'dashboard//x.json', 'entry "dashboard//x.json": the path is not normalized'],
    ['with a dot', 'dashboard/./x.json', 'entry "dashboard/./x.json": the path is not normalized'],
    ['with a leading dot', './dashboard/x.json', 'entry "./dashboard/x.json": the path is not normalized'],
    ['that is empty', '', 'entry "": the path is not normalized'],
    ['with a null character', 'dashboard/x\0.json', 'entry "dashboard/x\\u0000.json": the path is not normalized'],
    ['with a line feed', 'dashboard/x\n.json', 'entry "dashboard/x\\n.json": the path is not normalized'],
  ])('%s is refused', async (_, path, problem) => {
    expect((await refusal(rawZip([ONE, { path }])))?.message).toBe(problem);
  });

  test.each(['..dashboard/x..json', 'dashboard/....json', '.dashboard/.json', 'dashboard/ünï 日本.json'])(
    'may be %s',
    async (path) => {
      expect(await paths(rawZip([{ path }]))).toEqual([path]);
    },
  );

  test('that occurs twice is refused', async () => {
    expect(await refusal(rawZip([ONE, TWO, { ...ONE, content: '{"name":"Other"}' }]))).toEqual(
      new InvalidBundleError('entry dashboard/one.json: the bundle has another entry of this path'),
    );
  });
});

describe('a directory entry', () => {
  test('is not listed', async () => {
    expect(await paths(rawZip([{ path: 'dashboard/', content: '' }, ONE]))).toEqual([ONE.path]);
  });

  test('with content is refused, because no digest contains it', async () => {
    expect((await refusal(rawZip([ONE, { path: 'dashboard/' }])))?.message).toBe(
      'entry "dashboard/": a directory has content',
    );
  });
});

describe('the limit', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ path: `dashboard/${n}.json` }));

  test.each([20_001, 100_000])('of 20,000 entries refuses %d entries', async (count) => {
    const bytes = rawZip(many(count), { zip64: count > 0xffff });
    expect(await refusal(bytes)).toEqual(
      new BundleLimitError(
        `the bundle has ${count} entries, and the limit is 20000. Split the assets over several exports.`,
      ),
    );
  });

  test('of 4 MiB of the directory refuses long paths', async () => {
    const long = Array.from({ length: 70 }, (_, n) => ({ path: `dashboard/${n}-${'x'.repeat(60_000)}.json` }));
    const error = await refusal(rawZip(long));
    expect(error).toBeInstanceOf(BundleLimitError);
    expect(error?.message).toMatch(
      /^the directory of the zip has 42\d{5} bytes, and the limit is 4194304 \(4 MiB\)\. Split the assets over several exports\.$/,
    );
  });

  test('of 4 MiB of the directory counts extra fields', async () => {
    const extraField = Buffer.alloc(60_004);
    extraField.writeUInt16LE(60_000, 2);
    expect(await refusal(rawZip(many(70).map((entry) => ({ ...entry, extraField }))))).toBeInstanceOf(BundleLimitError);
  });

  test('of 4 GiB of content refuses a larger sum of sizes before anything is decompressed', async () => {
    const bomb = many(5).map((entry) => ({ ...entry, compress: true, uncompressedSize: 1024 ** 3 }));
    expect(await refusal(rawZip(bomb))).toEqual(
      new BundleLimitError(
        'the files of the zip have 5368709120 bytes or more, and the limit is 4294967296 (4 GiB). Split the assets over several exports.',
      ),
    );
    // Up to the limit, the size is compared with the content.
    expect((await refusal(rawZip(bomb.slice(0, 4))))?.message).toBe(
      'entry dashboard/0.json: expected 1073741824 bytes, found 2',
    );
  });
});
