import { Readable } from 'node:stream';
import { contentDigest } from '../../bundle/content-digest';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { templateEntries } from '../../bundle/template-bundle';

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
