import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { templateParts } from '../../bundle/template-parts';
import { TemporaryFolder } from '../../testing/temporary-folder';

const FOLDER = new TemporaryFolder();

const partsOf = async (text: string) => {
  const parts = [];
  for await (const part of templateParts(await FOLDER.put('bundle.json', text))) parts.push(part);
  return parts;
};

test('has each member of each section, and each section that is not an object', async () => {
  const text = `{
    "AWSTemplateFormatVersion": "2010-09-09",
    "Transform": ["A"],
    "Metadata": null,
    "Parameters": {},
    "Resources": {"B": {"Type": "AWS::IAM::Role"}, "A": 1}
  }`;
  expect(await partsOf(text)).toEqual([
    expect.objectContaining({ path: 'AWSTemplateFormatVersion', content: '2010-09-09', sizeBytes: 12 }),
    expect.objectContaining({ path: 'Transform', content: ['A'] }),
    expect.objectContaining({ path: 'Metadata', content: null }),
    {
      path: 'Resources/B',
      content: { Type: 'AWS::IAM::Role' },
      sizeBytes: 25,
      // printf '{"Type":"AWS::IAM::Role"}' | sha256sum
      sha256: 'a4c8e9176f568dd206f4f716bbf1daa121af24f58b923c66828679698cacbc0d',
    },
    expect.objectContaining({ path: 'Resources/A', content: 1 }),
  ]);
});

test.each([
  '{}',
  '{"Resources":{}}',
  '{"Resources":null}',
  '{"Resources":"A"}',
  '{"Resources":[]}',
  '{"resources":{"A":{}}}',
])('refuses %s, which has no resources', async (text) => {
  await expect(partsOf(text)).rejects.toThrow(
    new InvalidBundleError('the file is JSON without Resources: neither a zip nor a CloudFormation template'),
  );
});

test('refuses a template of more than 16 MiB', async () => {
  await expect(partsOf(`{"Resources":{"A":{}}}${' '.repeat(2 ** 24)}`)).rejects.toThrow(
    new BundleLimitError(
      'the template has 16777238 bytes, and the limit is 16777216 (16 MiB). Export the assets as QUICKSIGHT_JSON.',
    ),
  );
});

test.each([
  ['a number that would change', '{"Resources":{"A":9007199254740993}}'],
  ['501 levels', `{"Resources":{"A":${'['.repeat(499)}${']'.repeat(499)}}}`],
])('refuses a template with %s', async (_, text) => {
  await expect(partsOf(text)).rejects.toThrow(
    new BundleLimitError(
      'the template has more than 1000000 members, objects and lists, more than 500 levels of them, or a number that JavaScript would change. Export the assets as QUICKSIGHT_JSON.',
    ),
  );
});

test.each([
  ['{"Resources":{"A":{},"A":{}}}', 'the template: an object has the key "A" twice'],
  ['{"Resources/A":1,"Resources":{"A":{}}}', 'entry Resources/A: the bundle has another entry of this path'],
  ['{"Resources":{"A\\n":{}}}', 'entry "Resources/A\\n": the path has a control character or is not valid UTF-8'],
  ['{"Resources":{"A":{}}', 'the template: not JSON'],
])('refuses %s', async (text, message) => {
  await expect(partsOf(text)).rejects.toThrow(new InvalidBundleError(message));
});
