import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { mismatches } from '../../../lambda/export/same-job';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';

const REQUEST = decodeProperties({
  ...PROPERTIES,
  ExportFormat: 'CLOUDFORMATION_JSON',
  ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/b')],
  IncludeTags: 'true',
  CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: assetArn('dashboard/a'), Properties: ['Name'] }] },
});

/** A response of Describe: null for the members that the request omits. */
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

test('a job with the members of the request has no mismatch, whatever their order', () =>
  expect(mismatches(REQUEST, JOB)).toEqual([]));

test.each([
  ['one more asset', { ResourceArns: [...(JOB.ResourceArns ?? []), assetArn('theme/c')] }],
  ['one asset less', { ResourceArns: [assetArn('dashboard/a')] }],
  ['another asset', { ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/c')] }],
  ['another format', { ExportFormat: 'QUICKSIGHT_JSON' }],
  ['all dependencies', { IncludeAllDependencies: true }],
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
])('a job with %s has that mismatch', (_, change) => {
  expect(mismatches(REQUEST, { ...JOB, ...change } as ExportJob)).toEqual(Object.keys(change));
});

test.each(Object.keys(JOB))('a job without %s has no mismatch, because Describe omits members', (member) => {
  expect(mismatches(REQUEST, { ...JOB, [member]: undefined })).toEqual([]);
});

test.each([
  ['dependencies', { IncludeAllDependencies: 'true' }],
  ['folder memberships', { IncludeFolderMemberships: 'true' }],
  ['folder members', { IncludeFolderMembers: 'RECURSE', ResourceArns: [assetArn('folder/f')] }],
])('a job that lists more assets has no mismatch when the request includes %s', (_, change) => {
  const request = decodeProperties({ ...PROPERTIES, ...change });
  expect(mismatches(request, { ResourceArns: [...request.ResourceArns, assetArn('dataset/more')] })).toEqual([]);
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
const jobWithOverrides = (overrides: object) =>
  ({ CloudFormationOverridePropertyConfiguration: overrides }) as ExportJob;

test('a job with the same overrides in another order has no mismatch', () => {
  const reordered = {
    VPCConnections: [{ Properties: ['DnsResolvers', 'Name'], Arn: 'c' }],
    Themes: [...OVERRIDES.Themes].reverse(),
  };
  expect(mismatches(withOverrides(OVERRIDES), jobWithOverrides(reordered))).toEqual([]);
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
])('overrides %s are a mismatch', (_, overrides) => {
  expect(mismatches(withOverrides(OVERRIDES), jobWithOverrides(overrides))).toEqual([
    'CloudFormationOverridePropertyConfiguration',
  ]);
});

test('strict validation is a mismatch only when the job reports another value', () => {
  const request = decodeProperties({ ...PROPERTIES, ValidationStrategy: { StrictModeForAllResources: 'true' } });
  expect(mismatches(request, { ValidationStrategy: { StrictModeForAllResources: true } })).toEqual([]);
  expect(mismatches(request, { ValidationStrategy: { StrictModeForAllResources: false } })).toEqual([
    'ValidationStrategy',
  ]);
});
