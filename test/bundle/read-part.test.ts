import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { readPart } from '../../bundle/read-part';

const read = (path: string, ...chunks: string[]) =>
  readPart(path, Readable.from(chunks.map((chunk) => Buffer.from(chunk))));

test('has the size and the SHA-256 of the bytes, and the value of the JSON', async () => {
  expect(await read('dashboard/sales.json', '{"resourceType":"dash', 'board","name":"Sales"}')).toEqual({
    path: 'dashboard/sales.json',
    sizeBytes: 43,
    // printf '{"resourceType":"dashboard","name":"Sales"}' | sha256sum
    sha256: '325c574572fe32ed26e52a3f56193928a51d66a72e536b2706cfc776e2ad2f81',
    content: { resourceType: 'dashboard', name: 'Sales' },
  });
});

test.each(['README.md', 'dashboard.json', 'dashboard/inner/a.json', 'dashboard/a.json.bak', 'dashboard/ajson'])(
  'does not parse %s',
  async (path) => {
    expect(await read(path, '{}')).not.toHaveProperty('content');
    expect(await read(path, '{')).toMatchObject({ path, sizeBytes: 1 });
  },
);

test('keeps a JSON null as the content', async () => {
  expect(await read('theme/a.json', 'null')).toHaveProperty('content', null);
});

test('refuses a file of an asset that is not JSON', async () => {
  await expect(read('dashboard/a.json', 'no')).rejects.toThrow(
    new InvalidBundleError('entry dashboard/a.json: not JSON'),
  );
});

test('lists a file of more than 16 MiB without its content', async () => {
  const chunks = Array.from({ length: 17 }, () => ' '.repeat(2 ** 20));
  expect(await read('dashboard/a.json', ...chunks, '{}')).toEqual({
    path: 'dashboard/a.json',
    sizeBytes: 17 * 2 ** 20 + 2,
    sha256: createHash('sha256')
      .update(`${' '.repeat(17 * 2 ** 20)}{}`)
      .digest('hex'),
  });
});

test.each(['dashboard/a\n.json', 'dashboard/\u0000.json', 'dashboard/\u0085.json', 'dashboard/\uFFFD.json'])(
  'refuses the path %j',
  async (path) => {
    await expect(read(path, '{}')).rejects.toThrow(
      new InvalidBundleError(`entry ${JSON.stringify(path)}: the path has a control character or is not valid UTF-8`),
    );
  },
);
