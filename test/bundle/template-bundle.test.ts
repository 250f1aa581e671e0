import { Readable } from 'node:stream';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { contentDigest } from '../../bundle/content-digest';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { templateEntries } from '../../bundle/template-bundle';
import { usedHeapBytes } from '../support/heap';
import { largeMember, templateOf } from '../support/large-template';

const TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { DashboardName: { Type: 'String' } },
  Resources: {
    Dashboard: { Type: 'AWS::QuickSight::Dashboard', Properties: { Name: 'Sales', DashboardId: 'sales' } },
    Role: { Type: 'AWS::IAM::Role' },
  },
};

const read = (text: string, pieces = 1) => {
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  return templateEntries(
    Readable.from(Array.from({ length: pieces }, (_, n) => bytes.subarray(n * size, (n + 1) * size))),
  );
};

test('lists each QuickSight resource as an asset, and everything else as an entry', async () => {
  const entries = await read(JSON.stringify(TEMPLATE));
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

test('finds assets only among the resources, and a name only where it is a text', async () => {
  const Type = 'AWS::QuickSight::Dashboard';
  const entries = await read(
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

test('has the same digest in another layout and other chunks, and another digest for another name', async () => {
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
  const digest = contentDigest(await read(JSON.stringify(TEMPLATE)));
  expect(contentDigest(await read(`${turned}\n`, 7))).toBe(digest);
  expect(contentDigest(await read(turned.replace('"Sales"', '"Other"')))).not.toBe(digest);
});

test.each([
  ['cut', JSON.stringify(TEMPLATE).slice(0, -1), 'unexpected end of the JSON'],
  ['followed by something', `${JSON.stringify(TEMPLATE)}x`, 'Unexpected'],
  ['HTML', '<html></html>', 'Unexpected'],
  ['empty', '', 'unexpected end of the JSON'],
])('rejects a template that is %s', async (_, text, problem) => {
  await expect(read(text)).rejects.toThrow(problem);
});

test.each(['{"Message":"Internal failure"}', '{"Resources":"none"}', '{"Outputs":{"Resources":{}}}'])(
  'rejects JSON without Resources: %s',
  async (text) => {
    await expect(read(text)).rejects.toThrow(
      new InvalidBundleError('the file is JSON without Resources: neither a zip nor a CloudFormation template'),
    );
  },
);

const MIB = 1024 ** 2;

test('has the SHA-256 of each member', async () => {
  const entries = await read(JSON.stringify({ ...TEMPLATE, Metadata: null }));
  expect(Object.fromEntries(entries.map(({ path, sha256 }) => [path, sha256]))).toEqual({
    // printf '"2010-09-09"' | sha256sum
    AWSTemplateFormatVersion: '51b57cd0a4468b8defe51156d1cb72a9668d19a076db9bd537f3b49b5f192b07',
    // printf null | sha256sum
    Metadata: '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b',
    // printf '{"Type":"String"}' | sha256sum
    'Parameters/DashboardName': '3d1ddd826dfc1fabf832f81c7058792218392188bed76385157e969dbcdee1cd',
    // printf '{"Properties":217ce2d82afc1f2280dc59ff8e7433cae4311e1f32fc7ececcf082b985a097df,"Type":"AWS::QuickSight::Dashboard"}' | sha256sum
    'Resources/Dashboard': '73c9503934e42a3ba3287dd06e86c0730dcfb16da7576c7429cde993cec70540',
    // printf '{"Type":"AWS::IAM::Role"}' | sha256sum
    'Resources/Role': 'a4c8e9176f568dd206f4f716bbf1daa121af24f58b923c66828679698cacbc0d',
  });
});

test('rejects two members with the same logical id', async () => {
  await expect(read('{"Resources":{"Sales":{},"Sales":{}}}')).rejects.toThrow(
    new InvalidBundleError('entry Resources/Sales: the bundle has another entry of this path'),
  );
});

describe('memory', () => {
  test('is the same after 100 members as after 20', async () => {
    const heap: number[] = [];
    const measure = (index: number) => {
      if (index === 20 || index === 100) heap.push(usedHeapBytes());
    };
    expect(await templateEntries(Readable.from(templateOf(100, 230_000, measure)))).toHaveLength(101);
    const [after20 = 0, after100 = Infinity] = heap;
    expect(after100 - after20).toBeLessThan(2 * MIB);
  }, 120_000);

  test('is the same after 8 MB of one member as after 2 MB', async () => {
    const member = Buffer.from(`{"Resources":{"Sales":${largeMember(8_000_000)}}}`);
    const heap: number[] = [];
    function* pieces() {
      for (let at = 0; at < member.length; at += 500_000) {
        if (at === 2_000_000 || at === 8_000_000) heap.push(usedHeapBytes());
        yield member.subarray(at, at + 500_000);
      }
    }
    expect(await templateEntries(Readable.from(pieces()))).toHaveLength(1);
    const [after2 = 0, after8 = Infinity] = heap;
    expect(after8 - after2).toBeLessThan(2 * MIB);
  }, 120_000);

  test.each([
    ['a value', '{"Resources":{"Sales":{"Properties":{"Sql":"', 'Resources/Sales'],
    ['a key', '{"Resources":{"Sales":{"Properties":{"', 'Resources/Sales'],
    ['a logical id', '{"Resources":{"', 'Resources'],
    ['the name of a section', '{"', 'the template'],
    ['white space', '{"Resources":{"Sales":', 'Resources/Sales'],
  ])('does not grow beyond 2 MiB for %s', async (kind, start, where) => {
    const chunk = Buffer.alloc(MIB / 16, kind === 'white space' ? ' ' : 'x');
    let chunks = 0;
    function* endless() {
      yield Buffer.from(start);
      for (; ; chunks++) yield chunk;
    }
    const error = await templateEntries(Readable.from(endless())).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BundleLimitError);
    expect((error as Error).message).toMatch(
      new RegExp(`^${where} has a text, or the members of an object, of \\d+ bytes or more, and the limit is 2097152 `),
    );
    // 2 MiB are 32 chunks. The stream reads ahead.
    expect(chunks).toBeLessThan(60);
  });

  test('has room for a text of 2 MiB, and for another one after it', async () => {
    const text = 'x'.repeat(2 * MIB - 200);
    const template = JSON.stringify({ Resources: { Sales: [text, text, text] } });
    expect(await read(template, 100)).toHaveLength(1);
  });
});
