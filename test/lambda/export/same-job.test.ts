import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { mismatches } from '../../../lambda/export/same-job';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';

const ASKED = decodeProperties({
  ...PROPERTIES,
  ExportFormat: 'CLOUDFORMATION_JSON',
  ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/b')],
  IncludeTags: 'true',
  CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: assetArn('dashboard/a'), Properties: ['Name'] }] },
});

/** As the service writes it: null for what was not asked. */
const JOB = {
  ResourceArns: [assetArn('dataset/b'), assetArn('dashboard/a')],
  ExportFormat: 'CLOUDFORMATION_JSON',
  IncludeAllDependencies: false,
  IncludePermissions: null,
  IncludeTags: true,
  IncludeFolderMembers: 'NONE',
  ValidationStrategy: null,
  CloudFormationOverridePropertyConfiguration: {
    ResourceIdOverrideConfiguration: { PrefixForAllResources: false },
    Dashboards: [{ Arn: assetArn('dashboard/a'), Properties: ['Name'] }],
    DataSets: null,
    Themes: [],
  },
} as unknown as ExportJob;

test('a job is the same export however Describe writes it', () => expect(mismatches(ASKED, JOB)).toEqual([]));

test.each([
  ['an asset more', { ResourceArns: [...(JOB.ResourceArns ?? []), assetArn('theme/c')] }],
  ['an asset less', { ResourceArns: [assetArn('dashboard/a')] }],
  ['another asset', { ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/c')] }],
  ['another format', { ExportFormat: 'QUICKSIGHT_JSON' }],
  ['dependencies', { IncludeAllDependencies: true }],
  ['permissions', { IncludePermissions: true }],
  ['no tags', { IncludeTags: false }],
  ['folder memberships', { IncludeFolderMemberships: true }],
  ['folder members', { IncludeFolderMembers: 'RECURSE' }],
  ['strict validation', { ValidationStrategy: { StrictModeForAllResources: true } }],
  [
    'other overrides',
    { CloudFormationOverridePropertyConfiguration: { Themes: [{ Arn: assetArn('theme/t'), Properties: ['Name'] }] } },
  ],
  [
    'a prefix for all ids',
    {
      CloudFormationOverridePropertyConfiguration: {
        ...JOB.CloudFormationOverridePropertyConfiguration,
        ResourceIdOverrideConfiguration: { PrefixForAllResources: true },
      },
    },
  ],
])('a job with %s is another export', (_, change) => {
  expect(mismatches(ASKED, { ...JOB, ...change } as ExportJob)).toEqual(Object.keys(change));
});

test.each(Object.keys(JOB))('nothing is different where Describe does not tell %s', (member) => {
  expect(mismatches(ASKED, { ...JOB, [member]: undefined })).toEqual([]);
});

test.each([
  ['dependencies', { IncludeAllDependencies: 'true' }],
  ['folder memberships', { IncludeFolderMemberships: 'true' }],
  ['folder members', { IncludeFolderMembers: 'RECURSE', ResourceArns: [assetArn('folder/f')] }],
])('a job that lists more is the same export where %s were asked for', (_, change) => {
  const asked = decodeProperties({ ...PROPERTIES, ...change });
  expect(mismatches(asked, { ResourceArns: [...asked.ResourceArns, assetArn('dataset/more')] })).toEqual([]);
});

const OVERRIDES = {
  Themes: [
    { Arn: 'b', Properties: ['Name'] },
    { Arn: 'a', Properties: ['Name'] },
  ],
  VPCConnections: [{ Arn: 'c', Properties: ['Name', 'DnsResolvers'] }],
};
const withOverrides = (overrides: object) =>
  decodeProperties({
    ...PROPERTIES,
    ExportFormat: 'CLOUDFORMATION_JSON',
    CloudFormationOverridePropertyConfiguration: overrides,
  });
const toldOverrides = (overrides: object) => ({ CloudFormationOverridePropertyConfiguration: overrides }) as ExportJob;

test('the order of overrides says nothing', () => {
  const turned = {
    VPCConnections: [{ Properties: ['DnsResolvers', 'Name'], Arn: 'c' }],
    Themes: [...OVERRIDES.Themes].reverse(),
  };
  expect(mismatches(withOverrides(OVERRIDES), toldOverrides(turned))).toEqual([]);
});

test.each([
  [
    'of another asset',
    {
      ...OVERRIDES,
      Themes: [
        { Arn: 'b', Properties: ['Name'] },
        { Arn: 'd', Properties: ['Name'] },
      ],
    },
  ],
  ['of another property', { ...OVERRIDES, VPCConnections: [{ Arn: 'c', Properties: ['Name'] }] }],
  ['of one asset less', { ...OVERRIDES, Themes: OVERRIDES.Themes.slice(1) }],
  ['of no asset', {}],
])('overrides %s are another export', (_, overrides) => {
  expect(mismatches(withOverrides(OVERRIDES), toldOverrides(overrides))).toEqual([
    'CloudFormationOverridePropertyConfiguration',
  ]);
});

test('strict validation that was asked for and is told is no difference', () => {
  const asked = decodeProperties({ ...PROPERTIES, ValidationStrategy: { StrictModeForAllResources: 'true' } });
  expect(mismatches(asked, { ValidationStrategy: { StrictModeForAllResources: true } })).toEqual([]);
  expect(mismatches(asked, { ValidationStrategy: { StrictModeForAllResources: false } })).toEqual([
    'ValidationStrategy',
  ]);
});
