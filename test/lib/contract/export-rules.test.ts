import type { RuleInput } from '../../../lib/contract/export-rules';
import { propertyProblems } from '../../../lib/contract/export-rules';

const arn = (resource: string) => `arn:aws:quicksight:eu-west-1:123456789012:${resource}`;
const DASHBOARD = arn('dashboard/a');
const FOLDER = arn('folder/a');

test.each([{}, { ResourceIdOverrideConfiguration: { PrefixForAllResources: true } }])(
  'an override configuration requires the format CLOUDFORMATION_JSON: %j',
  (configuration) => {
    const problems = (ExportFormat: RuleInput['ExportFormat']) =>
      propertyProblems({ ExportFormat, CloudFormationOverridePropertyConfiguration: configuration });
    expect(problems('QUICKSIGHT_JSON')).toEqual([
      'CloudFormationOverridePropertyConfiguration requires the ExportFormat CLOUDFORMATION_JSON, but it is QUICKSIGHT_JSON. ' +
        'Remove the configuration, or set ExportFormat to CLOUDFORMATION_JSON.',
    ]);
    expect(problems('CLOUDFORMATION_JSON')).toEqual([]);
    expect(problems(undefined)).toEqual([]);
  },
);

describe('IncludeFolderMembers', () => {
  const problems = (IncludeFolderMembers: RuleInput['IncludeFolderMembers'], more: RuleInput) =>
    propertyProblems({ IncludeFolderMembers, ...more });

  test.each(['RECURSE', 'ONE_LEVEL'] as const)('%s requires a folder among the assets', (choice) => {
    expect(problems(choice, { ResourceArns: [DASHBOARD] })).toEqual([
      `IncludeFolderMembers is ${choice}, but none of the assets is a folder. Add the folder to the assets, or remove ` +
        'IncludeFolderMembers.',
    ]);
    expect(problems(choice, { ResourceArns: [DASHBOARD, FOLDER] })).toEqual([]);
  });

  test('NONE requires no folder', () => expect(problems('NONE', { ResourceArns: [DASHBOARD] })).toEqual([]));

  test('accepts the folders that memberships and all dependencies add together', () => {
    const assets = { ResourceArns: [DASHBOARD] };
    expect(problems('RECURSE', { ...assets, IncludeFolderMemberships: true, IncludeAllDependencies: true })).toEqual(
      [],
    );
    expect(problems('RECURSE', { ...assets, IncludeFolderMemberships: true })).toHaveLength(1);
    expect(problems('RECURSE', { ...assets, IncludeAllDependencies: true })).toHaveLength(1);
  });

  test('is not compared with unknown assets', () => expect(problems('RECURSE', {})).toEqual([]));
});

test.each(['s3://artifacts', 'artifacts/exports', 'arn:aws:s3:::artifacts', 'ab', ''])(
  'a text that is not the name of a bucket is a problem: %j',
  (name) => {
    expect(propertyProblems({ ArtifactBucket: name })).toEqual([
      `ArtifactBucket '${name}' is not the name of a bucket. Use the name alone, such as my-artifacts, and neither a URI nor an ARN.`,
    ]);
  },
);

// Buckets of us-east-1 from before 2018 have such names.
test.each(['my-artifacts', 'My_Artifacts', 'a'.repeat(255)])('a name of a bucket is accepted: %s', (name) =>
  expect(propertyProblems({ ArtifactBucket: name })).toEqual([]),
);

test.each([
  [
    '/exports/',
    "ArtifactPrefix '/exports/' starts with a slash, which makes a folder without a name in S3. Remove the slash and write 'exports/'.",
  ],
  ['//', "ArtifactPrefix '//' starts with a slash, which makes a folder without a name in S3. Remove the prefix."],
  [
    'a\ud83d/',
    'ArtifactPrefix contains an unpaired surrogate, which a key cannot contain. Use the whole character, or remove it.',
  ],
  [
    'ü'.repeat(201),
    'ArtifactPrefix has 402 bytes of UTF-8, but at most 400 fit in the response to CloudFormation. Shorten it.',
  ],
])('a prefix that no key can start with is a problem: %j', (prefix, problem) => {
  expect(propertyProblems({ ArtifactPrefix: prefix })).toEqual([problem]);
});

test.each(['', 'exports/', 'a//b', '📊/', 'ü'.repeat(200)])('a prefix is accepted: %j', (prefix) => {
  expect(propertyProblems({ ArtifactPrefix: prefix })).toEqual([]);
});
