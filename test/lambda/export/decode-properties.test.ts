import { TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';

const CLOUDFORMATION = { ...PROPERTIES, ExportFormat: 'CLOUDFORMATION_JSON' };

function messageOf(given: unknown): string {
  try {
    decodeProperties(given);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
}

describe('decoding the properties', () => {
  test('takes text for every boolean and number, as CloudFormation sends it', () => {
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
      IncludeAllDependencies: true,
      IncludePermissions: false,
      TimeoutSeconds: 1800,
      ValidationStrategy: { StrictModeForAllResources: true },
      CloudFormationOverridePropertyConfiguration: {
        ResourceIdOverrideConfiguration: { PrefixForAllResources: false },
      },
    });
  });

  test('fills in the defaults and leaves its input alone', () => {
    const given = structuredClone(PROPERTIES);
    expect(decodeProperties(given)).toMatchObject({
      IncludeTags: false,
      IncludeFolderMembers: 'NONE',
      RemovalPolicy: 'RETAIN',
      ArtifactPrefix: '',
    });
    expect(given).toEqual(PROPERTIES);
  });

  test.each([
    ['no assets', { ResourceArns: [] }, 'ResourceArns'],
    ['101 assets', { ResourceArns: Array.from({ length: 101 }, (_, n) => assetArn(`dashboard/d${n}`)) }, '100'],
    ['an asset twice', { ResourceArns: [assetArn('dashboard/d'), assetArn('dashboard/d')] }, 'duplicate'],
    ['an ARN of another type', { ResourceArns: [assetArn('user/someone')] }, 'user/someone'],
    ['a bad id', { ResourceArns: [assetArn('dashboard/no spaces')] }, 'no spaces'],
    ['an unknown format', { ExportFormat: 'PDF' }, 'QUICKSIGHT_JSON, CLOUDFORMATION_JSON; given: "PDF"'],
    ['a word for a boolean', { IncludeTags: 'yes' }, 'IncludeTags: must be boolean; given: "yes"'],
    ['a misspelt property', { IncludeTag: 'true' }, "'IncludeTag'"],
    ['a prefix with a slash first', { ArtifactPrefix: '/exports' }, "write 'exports'"],
    ['a prefix that does not fit', { ArtifactPrefix: 'é'.repeat(201) }, '402 bytes'],
    ['over an hour', { TimeoutSeconds: '3601' }, '3600'],
    [
      'overrides of a QuickSight bundle',
      { CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: 'x', Properties: ['Name'] }] } },
      'set ExportFormat to CLOUDFORMATION_JSON',
    ],
    [
      'an override that the type does not have',
      {
        ...CLOUDFORMATION,
        CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: 'x', Properties: ['Host'] }] },
      },
      'must be one of Name; given: "Host"',
    ],
    ['members of no folder', { IncludeFolderMembers: 'RECURSE' }, 'none of the assets is a folder'],
  ])('refuses %s and says so', (_, change, words) => {
    expect(() => decodeProperties({ ...PROPERTIES, ...change })).toThrow(words);
  });

  test('names what is missing', () => {
    expect(() => decodeProperties({ ServiceToken: 'x' })).toThrow(
      new TerminalError(
        [
          'The properties of the resource cannot be used:',
          ...['ResourceArns', 'ExportFormat', 'ArtifactBucket'].map((name) => `- the resource: ${name} is missing.`),
        ].join('\n'),
      ),
    );
  });

  test('names the place of a mistake', () => {
    const overrides = {
      Dashboards: [
        { Arn: 'x', Properties: ['Name'] },
        { Arn: 'y', Properties: ['Host'] },
      ],
    };
    expect(() =>
      decodeProperties({ ...CLOUDFORMATION, CloudFormationOverridePropertyConfiguration: overrides }),
    ).toThrow(
      '- CloudFormationOverridePropertyConfiguration.Dashboards.1.Properties.0: must be one of Name; given: "Host".',
    );
  });

  test.each([
    [10, []],
    [11, ['- and 1 more']],
    [13, ['- and 3 more']],
  ])('lists ten mistakes of %d, and how many more there are', (mistakes, more) => {
    const lines = messageOf({
      ...PROPERTIES,
      ResourceArns: Array.from({ length: mistakes }, (_, n) => `no ARN ${n}`),
    }).split('\n');
    expect(lines).toHaveLength(11 + more.length);
    expect(lines[10]).toContain('no ARN 9');
    expect(lines.slice(11)).toEqual(more);
  });
});
