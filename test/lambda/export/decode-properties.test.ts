import { TerminalError } from '../../../lambda/core/errors';
import { decodeProperties, tryDecodeProperties } from '../../../lambda/export/decode-properties';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';

const CLOUDFORMATION = { ...PROPERTIES, ExportFormat: 'CLOUDFORMATION_JSON' };

function messageOf(properties: unknown): string {
  try {
    decodeProperties(properties);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the properties were accepted');
}

/** The message about one problem, without the heading. */
function problemOf(change: object): string {
  const [, ...lines] = messageOf({ ...PROPERTIES, ...change }).split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

test('text that CloudFormation sends is decoded to booleans and numbers', () => {
  const decoded = decodeProperties({
    ...CLOUDFORMATION,
    ServiceTimeout: '2100',
    IncludeAllDependencies: 'true',
    IncludePermissions: 'false',
    TimeoutSeconds: '1800',
    ValidationStrategy: { StrictModeForAllResources: 'true' },
    CloudFormationOverridePropertyConfiguration: {
      ResourceIdOverrideConfiguration: { PrefixForAllResources: 'false' },
      Dashboards: [{ Arn: assetArn('dashboard/*'), Properties: ['Name'] }],
    },
  });
  expect(decoded).toMatchObject({
    ServiceTimeout: 2100,
    IncludeAllDependencies: true,
    IncludePermissions: false,
    TimeoutSeconds: 1800,
    ValidationStrategy: { StrictModeForAllResources: true },
    CloudFormationOverridePropertyConfiguration: {
      ResourceIdOverrideConfiguration: { PrefixForAllResources: false },
    },
  });
});

test('native booleans and numbers are accepted', () => {
  expect(decodeProperties({ ...PROPERTIES, IncludeTags: true, TimeoutSeconds: 60 })).toMatchObject({
    IncludeTags: true,
    TimeoutSeconds: 60,
  });
});

test('defaults are added to the result and not to the input', () => {
  const input = structuredClone(PROPERTIES);
  expect(decodeProperties(input)).toEqual({
    ...PROPERTIES,
    IncludeAllDependencies: false,
    IncludePermissions: false,
    IncludeTags: false,
    IncludeFolderMemberships: false,
    IncludeFolderMembers: 'NONE',
    ArtifactPrefix: '',
    RemovalPolicy: 'RETAIN',
    TimeoutSeconds: 1800,
  });
  expect(input).toEqual(PROPERTIES);
});

describe('an invalid value is reported with its property and the expected value', () => {
  const d = assetArn('dashboard/d');
  const arns = (count: number) => Array.from({ length: count }, (_, n) => assetArn(`dashboard/d${n}`));
  const asset =
    'the ARN of a QuickSight asset, such as arn:aws:quicksight:us-east-1:123456789012:dashboard/sales-overview';

  const timeout = 'expected an integer from 60 to 3600';

  test.each<[string, object, string]>([
    ['no assets', { ResourceArns: [] }, 'ResourceArns: expected 1 to 100 items, found 0.'],
    ['101 assets', { ResourceArns: arns(101) }, 'ResourceArns: expected 1 to 100 items, found 101.'],
    ['text in place of a list', { ResourceArns: d }, `ResourceArns: expected a list, found "${d}".`],
    ['a duplicate', { ResourceArns: [d, d] }, `ResourceArns.1: expected no duplicate, found "${d}".`],
    [
      'an ARN of another type',
      { ResourceArns: [assetArn('user/someone')] },
      `ResourceArns.0: expected ${asset}, found "${assetArn('user/someone')}".`,
    ],
    [
      'an ARN with an invalid id',
      { ResourceArns: [assetArn('dashboard/no spaces')] },
      `ResourceArns.0: expected ${asset}, found "${assetArn('dashboard/no spaces')}".`,
    ],
    [
      'an unknown format',
      { ExportFormat: 'PDF' },
      'ExportFormat: expected one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON, found "PDF".',
    ],
    ['a word in place of a boolean', { IncludeTags: 'yes' }, 'IncludeTags: expected true or false, found "yes".'],
    ['a number in place of text', { Trigger: 7 }, 'Trigger: expected text, found 7.'],
    ['a list in place of an object', { ValidationStrategy: [] }, 'ValidationStrategy: expected an object, found [].'],
    [
      'an ARN of another service',
      { ArtifactKmsKeyArn: 'alias/key' },
      'ArtifactKmsKeyArn: expected the ARN of a KMS key, found "alias/key".',
    ],
    ['a timeout of one second more', { TimeoutSeconds: '3601' }, `TimeoutSeconds: ${timeout}, found 3601.`],
    ['a timeout of one second less', { TimeoutSeconds: '59' }, `TimeoutSeconds: ${timeout}, found 59.`],
    ...['', 'soon', '1800.5', '-60', 60.5, true, null].map((value): [string, object, string] => [
      `the timeout ${JSON.stringify(value)}`,
      { TimeoutSeconds: value },
      `TimeoutSeconds: ${timeout}, found ${JSON.stringify(value)}.`,
    ]),
    ['a misspelled property', { IncludeTag: 'true' }, 'IncludeTag: unknown property. Check its spelling.'],
    [
      'a misspelled member',
      { ValidationStrategy: { StrictMode: 'true' } },
      'ValidationStrategy.StrictMode: unknown property. Check its spelling.',
    ],
  ])('%s', (_, change, message) => {
    expect(problemOf(change)).toBe(`- ${message}`);
  });
});

describe('a combination of properties that the contract refuses is reported with a remedy', () => {
  test.each([
    ['a prefix with a leading slash', { ArtifactPrefix: '/exports' }, "write 'exports'"],
    ['a prefix of 402 bytes', { ArtifactPrefix: 'é'.repeat(201) }, '402 bytes'],
    [
      'overrides of a QUICKSIGHT_JSON export',
      { CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: 'x', Properties: ['Name'] }] } },
      'set ExportFormat to CLOUDFORMATION_JSON',
    ],
    ['folder members without a folder', { IncludeFolderMembers: 'RECURSE' }, 'none of the assets is a folder'],
  ])('%s', (_, change, remedy) => {
    expect(problemOf(change)).toContain(remedy);
  });
});

test('every missing property is named', () => {
  expect(() => decodeProperties({ ServiceToken: 'x' })).toThrow(
    new TerminalError(
      [
        'The properties of the resource are invalid:',
        '- ResourceArns: the required property is missing.',
        '- ExportFormat: the required property is missing.',
        '- ArtifactBucket: the required property is missing.',
      ].join('\n'),
    ),
  );
});

test.each([undefined, null, 5, [], 'text'])('properties that are %j are refused', (properties) => {
  expect(messageOf(properties)).toBe(
    `The properties of the resource are invalid:\n- The resource: expected an object, found ${JSON.stringify(properties)}.`,
  );
});

test('the path of a nested value is reported', () => {
  const overrides = {
    Dashboards: [{ Arn: 'x', Properties: ['Name'] }, { Arn: '', Properties: ['Name', 'Host'] }, { Properties: [] }],
  };
  expect(messageOf({ ...CLOUDFORMATION, CloudFormationOverridePropertyConfiguration: overrides }).split('\n')).toEqual([
    'The properties of the resource are invalid:',
    '- CloudFormationOverridePropertyConfiguration.Dashboards.1.Arn: expected an ARN, found "".',
    '- CloudFormationOverridePropertyConfiguration.Dashboards.1.Properties.1: expected one of Name, found "Host".',
    '- CloudFormationOverridePropertyConfiguration.Dashboards.2.Arn: the required property is missing.',
    '- CloudFormationOverridePropertyConfiguration.Dashboards.2.Properties: expected 1 to 10 items, found 0.',
  ]);
});

test.each([
  [10, []],
  [11, ['- and 1 more']],
  [13, ['- and 3 more']],
])('of %d problems, ten are shown and the others are counted', (problems, more) => {
  const lines = messageOf({
    ...PROPERTIES,
    ResourceArns: Array.from({ length: problems }, (_, n) => `no ARN ${n}`),
  }).split('\n');
  expect(lines).toHaveLength(11 + more.length);
  expect(lines[10]).toContain('no ARN 9');
  expect(lines.slice(11)).toEqual(more);
});

test('a long value and a long name are shortened to 200 bytes', () => {
  const long = 'x'.repeat(1000);
  expect(problemOf({ ExportFormat: long })).toMatch(/found "x{190,198}…\.$/);
  expect(problemOf({ [long]: '' })).toMatch(/^- x{190,198}…: unknown property\./);
});

test('tryDecodeProperties returns undefined for invalid properties', () => {
  expect(tryDecodeProperties(PROPERTIES)).toEqual(decodeProperties(PROPERTIES));
  expect(tryDecodeProperties({ ...PROPERTIES, ExportFormat: 'PDF' })).toBeUndefined();
});
