import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { readBundle } from '../../bundle/read-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zip } from '../../testing/zip';

const FOLDER = new TemporaryFolder();
const TEMPLATE = '{"Resources":{"Sales":{"Type":"AWS::QuickSight::Dashboard","Properties":{"Name":"Sales"}}}}';

const read = async (content: string | Buffer) => readBundle(await FOLDER.put('bundle', content));

test('reads a zip', async () => {
  expect(await read(await zip([{ path: 'dashboard/sales.json', content: '{"name":"Sales"}' }]))).toEqual({
    kind: 'zip',
    entries: [
      {
        path: 'dashboard/sales.json',
        // printf '{"name":"Sales"}' | sha256sum
        sha256: '79cc9ebc60c314014e92afafd2aab6b14645e1643f6cd728b71fe64ee248be9c',
        asset: { type: 'dashboard', id: 'sales', name: 'Sales' },
      },
    ],
  });
});

test.each([
  ['', TEMPLATE],
  ['after white space', ` \r\n\t${TEMPLATE}\n`],
  ['after a byte order mark', `\ufeff${TEMPLATE}`],
  ['with white space behind the first brace', `{${' '.repeat(100)}${TEMPLATE.slice(1)}`],
  ['of several chunks', `${TEMPLATE.slice(0, -1)},"Metadata":{"x":"${'x'.repeat(300_000)}"}}`],
])('reads a template %s', async (_, text) => {
  const { kind, entries } = await read(text);
  expect(kind).toBe('json');
  expect(entries[0]).toMatchObject({
    path: 'Resources/Sales',
    asset: { type: 'AWS::QuickSight::Dashboard', id: 'Sales', name: 'Sales' },
  });
});

test.each([
  ['text', 'plain text that is quite long', 'the file is neither a zip nor JSON: it starts with "plain text that "'],
  ['nothing', '', 'the file is empty'],
  ['a list', '[{}]', 'the file is neither a zip nor JSON: it starts with "[{}]"'],
  ['a zip after something', 'xPK\x03\x04', 'the file is neither a zip nor JSON: it starts with "xPK\\u0003\\u0004"'],
  [
    'half a zip',
    'PK\x03\x04 and nothing that follows',
    'the zip cannot be read: End of central directory record signature not found. Either not a zip file, or file is truncated',
  ],
  ['an open list', '{"Resources":[}', 'the template cannot be read: Unexpected'],
  ['half a template', TEMPLATE.slice(0, -1), 'unexpected end of the JSON'],
])('rejects a file that holds %s', async (_, content, problem) => {
  const error = await read(content).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InvalidBundleError);
  expect((error as Error).message.slice(0, problem.length)).toBe(problem);
});

test('throws an error of the file system unchanged', async () => {
  await expect(readBundle(join(FOLDER.path, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readBundle(FOLDER.path)).rejects.toMatchObject({ code: 'EISDIR' });
});

describe('a limit', () => {
  test('is a template of 128 MiB', async () => {
    const path = await FOLDER.put('bundle', '{');
    await truncate(path, 128 * 1024 ** 2 + 1);
    await expect(readBundle(path)).rejects.toThrow(
      new BundleLimitError(
        'the template has 134217729 bytes, and the limit is 134217728 (128 MiB). Split the assets over several exports.',
      ),
    );
    await truncate(path, 128 * 1024 ** 2);
    await expect(readBundle(path)).rejects.toThrow('the template cannot be read: Unexpected');
  });

  test('is reported as such, and not as an invalid bundle', async () => {
    const error = await read(`{"Resources":{"Sales":${'['.repeat(1000)}`).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BundleLimitError);
    expect(error).not.toBeInstanceOf(InvalidBundleError);
  });
});
