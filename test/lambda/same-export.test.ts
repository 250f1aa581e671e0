import { ExportJob } from '../../lambda/quicksight';
import { exportResourceRequest, IsCompleteEvent } from '../../lambda/request';
import { isJobOf } from '../../lambda/same-export';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../support/events';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0, 700);
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000);

const REQUEST = exportResourceRequest({
  ...cloudFormationEvent('Create', {
    ResourceProperties: {
      ...PROPERTIES,
      ExportFormat: 'CLOUDFORMATION_JSON',
      ResourceArns: [assetArn('dashboard/a'), assetArn('dataset/b')],
      IncludeTags: 'true',
      CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: assetArn('dashboard/a'), Properties: ['Name'] }] },
    },
  }),
  PhysicalResourceId: 'x',
  RequestedTime: NOW,
} as IsCompleteEvent);

/** As the service writes it: null for what was not asked. */
const JOB = {
  CreatedTime: minutesAgo(1),
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

test('a job is the same export however Describe writes it', () => expect(isJobOf(REQUEST, JOB)).toBe(true));

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
  expect(isJobOf(REQUEST, { ...JOB, ...change } as ExportJob)).toBe(false);
});

test('a job of an earlier time only has the same id', () => {
  expect(isJobOf(REQUEST, { ...JOB, CreatedTime: minutesAgo(59) })).toBe(true);
  expect(isJobOf(REQUEST, { ...JOB, CreatedTime: minutesAgo(90) })).toBe(false);
});

describe('a job that began after this delivery came', () => {
  const begun = (change: object) => ({ ...JOB, CreatedTime: new Date(Math.floor(NOW / 1000) * 1000), ...change }) as ExportJob;

  test.each(['ResourceArns', 'ExportFormat', 'IncludeTags', 'IncludeFolderMembers', 'CloudFormationOverridePropertyConfiguration', 'CreatedTime'])('is ours where Describe does not tell %s', (member) => {
    expect(isJobOf(REQUEST, begun({ [member]: undefined }))).toBe(true);
  });

  test.each([{ ResourceArns: [assetArn('dashboard/a')] }, { ExportFormat: 'QUICKSIGHT_JSON' }, { IncludeTags: false }])('is another export where Describe tells %j', (change) => {
    expect(isJobOf(REQUEST, begun(change))).toBe(false);
  });
});
