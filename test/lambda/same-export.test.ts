import { decodeProperties } from '../../lambda/decode-properties';
import { ExportJob } from '../../lambda/quicksight';
import { isOfThisTime, isSameExport } from '../../lambda/same-export';
import { assetArn, PROPERTIES } from '../support/events';

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

test('a job is the same export however Describe writes it', () => expect(isSameExport(JOB, ASKED)).toBe(true));

test.each([
  ['an asset more', { ResourceArns: [...(JOB.ResourceArns ?? []), assetArn('theme/c')] }],
  ['an asset less', { ResourceArns: [assetArn('dashboard/a')] }],
  ['another asset', { ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/c')] }],
  ['no assets', { ResourceArns: undefined }],
  ['another format', { ExportFormat: 'QUICKSIGHT_JSON' }],
  ['dependencies', { IncludeAllDependencies: true }],
  ['permissions', { IncludePermissions: true }],
  ['no tags', { IncludeTags: false }],
  ['folder memberships', { IncludeFolderMemberships: true }],
  ['folder members', { IncludeFolderMembers: 'RECURSE' }],
  ['strict validation', { ValidationStrategy: { StrictModeForAllResources: true } }],
  ['no overrides', { CloudFormationOverridePropertyConfiguration: undefined }],
  ['a prefix for all ids', { CloudFormationOverridePropertyConfiguration: { ...JOB.CloudFormationOverridePropertyConfiguration, ResourceIdOverrideConfiguration: { PrefixForAllResources: true } } }],
])('a job with %s is another export', (_, change) => {
  expect(isSameExport({ ...JOB, ...change } as ExportJob, ASKED)).toBe(false);
});

test('a job of an earlier time only has the same id', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const created = (minutes: number) => ({ CreatedTime: new Date(now - minutes * 60_000) }) as ExportJob;
  expect(isOfThisTime(created(59), now)).toBe(true);
  expect(isOfThisTime(created(90), now)).toBe(false);
});
