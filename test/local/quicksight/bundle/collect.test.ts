import type { ExportRequest } from '../../../../local/quicksight';
import { collect } from '../../../../local/quicksight/bundle/collect';
import { ACCOUNT, arn, catalog, REGION, source } from '../fixtures';

const ENVIRONMENT = { partition: 'aws', account: ACCOUNT, region: REGION };

function run(resources: string[], more: Partial<ExportRequest> = {}, assets = catalog(), options = {}) {
  const request: ExportRequest = {
    AwsAccountId: ACCOUNT,
    AssetBundleExportJobId: 'job',
    ExportFormat: 'QUICKSIGHT_JSON',
    ResourceArns: resources.map((resource) => (resource.startsWith('arn:') ? resource : arn(resource))),
    ...more,
  };
  const { assets: found, errors, warnings } = collect(assets, request, ENVIRONMENT, options);
  return { found: found.map(({ resource }) => resource), errors, warnings };
}

const SUFFIX = '(Service: null; Status Code: 0; Error Code: null; Request ID: null; Proxy: null)';

test('a job without dependencies exports each requested asset once', () => {
  expect(run(['dashboard/sales', 'dashboard/sales'])).toEqual({ found: ['dashboard/sales'], errors: [], warnings: [] });
});

test('a job exports transitive dependencies of any account in their ARNs, but not the analysis of a dashboard', () => {
  expect(run(['dashboard/sales'], { IncludeAllDependencies: true })).toEqual({
    found: [
      'vpcConnection/vpc',
      'datasource/db',
      'dataset/base',
      'dataset/joined',
      'dataset/base/refresh-schedule/daily',
      'theme/dark',
      'dashboard/sales',
    ],
    errors: [],
    warnings: [],
  });
});

test.each([
  [
    'analysis/study',
    ['vpcConnection/vpc', 'datasource/db', 'dataset/base', 'dataset/base/refresh-schedule/daily', 'analysis/study'],
  ],
  [
    'topic/ask.v2',
    ['vpcConnection/vpc', 'datasource/db', 'dataset/base', 'dataset/base/refresh-schedule/daily', 'topic/ask.v2'],
  ],
  ['datasource/db', ['vpcConnection/vpc', 'datasource/db']],
  [
    'dataset/base/refresh-schedule/daily',
    ['vpcConnection/vpc', 'datasource/db', 'dataset/base', 'dataset/base/refresh-schedule/daily'],
  ],
  ['theme/dark', ['theme/dark']],
  ['folder/top', ['folder/top']],
])('a job exports %s with its dependencies', (resource, expected) => {
  expect(run([resource], { IncludeAllDependencies: true })).toEqual({ found: expected, errors: [], warnings: [] });
});

test.each([
  ['NONE', ['folder/top']],
  ['ONE_LEVEL', ['dashboard/sales', 'folder/top']],
  ['RECURSE', ['datasource/lone', 'theme/dark', 'dashboard/sales', 'folder/top', 'folder/below', 'folder/child']],
] as const)('a job exports the members of a folder with IncludeFolderMembers %s', (IncludeFolderMembers, expected) => {
  expect(run(['folder/top'], { IncludeFolderMembers }).found).toEqual(expected);
});

describe('a theme of AWS', () => {
  const MANAGED = 'arn:aws:quicksight::aws:theme/CLASSIC';
  const page = (resourceType: string) => ({
    resourceType,
    name: 'Page',
    themeArn: MANAGED,
    // Any order of the two references must find the theme of the account.
    definition: { other: [MANAGED, source('theme/CLASSIC'), source('theme/dark')] },
  });
  const all = { IncludeAllDependencies: true };

  test.each(['dashboard', 'analysis'])('is neither missing from a job with a %s nor part of its bundle', (type) => {
    const assets = catalog().add(`${type}/page`, { ...page(type), definition: {} });
    expect(run([`${type}/page`], all, assets)).toEqual({ found: [`${type}/page`], errors: [], warnings: [] });
  });

  test('does not hide a theme of the account with the same id', () => {
    const assets = catalog().add('dashboard/page', page('dashboard')).add('theme/CLASSIC', { name: 'Ours' });
    expect(run(['dashboard/page'], all, assets)).toEqual({
      found: ['theme/dark', 'dashboard/page', 'theme/CLASSIC'],
      errors: [],
      warnings: [],
    });
  });

  test('is not a member of a folder', () => {
    const assets = catalog().add('folder/f', { resourceType: 'folder', members: [{ memberArn: MANAGED }] });
    expect(run(['folder/f'], { IncludeFolderMembers: 'RECURSE' }, assets)).toEqual({
      found: ['folder/f'],
      errors: [],
      warnings: [],
    });
  });
});

test('a circular reference does not fail a job', () => {
  const circle = catalog().add('dataset/base', { a: arn('dataset/joined') });
  expect(run(['dataset/joined'], { IncludeAllDependencies: true }, circle).errors).toEqual([]);
});

test('a missing asset or dependency is an error of the job', () => {
  const assets = catalog();
  assets.remove('datasource/db');
  expect(
    run(['dashboard/no', 'dataset/base/refresh-schedule/no', 'dataset/base'], { IncludeAllDependencies: true }, assets)
      .errors,
  ).toEqual([
    {
      Arn: arn('dashboard/no'),
      Type: 'com.amazonaws.services.quicksight.model.ResourceNotFoundException',
      Message: `Dashboard no is not found ${SUFFIX}`,
    },
    {
      Arn: arn('dataset/base/refresh-schedule/no'),
      Type: 'com.amazonaws.services.quicksight.model.ResourceNotFoundException',
      Message: `RefreshSchedule no is not found ${SUFFIX}`,
    },
    {
      Arn: arn('datasource/db'),
      Type: 'com.amazonaws.services.quicksight.model.ResourceNotFoundException',
      Message: `DataSource db is not found ${SUFFIX}`,
    },
  ]);
});

test("missingDependencies 'skip' omits missing dependencies, but not missing requested assets", () => {
  const assets = catalog();
  assets.remove('datasource/db');
  const { found, errors } = run(['dataset/base', 'dashboard/no'], { IncludeAllDependencies: true }, assets, {
    missingDependencies: 'skip',
  });
  expect(found).toEqual(['dataset/base', 'dataset/base/refresh-schedule/daily']);
  expect(errors.map(({ Arn }) => Arn)).toEqual([arn('dashboard/no')]);
});

test.each([
  ['', 'InvalidParameterValueException'],
  ['arn:aws:s3:::bucket', 'InvalidParameterValueException'],
  [arn('template/t'), 'InvalidParameterValueException'],
  [arn('theme/dark/refresh-schedule/x'), 'InvalidParameterValueException'],
  [arn('dashboard/sales').replace(REGION, 'us-east-1'), 'InvalidParameterValueException'],
  [arn('dashboard/sales').replace(ACCOUNT, '999999999999'), 'AccessDeniedException'],
])('the ARN %p is an error of the job', (bad, type) => {
  const { errors } = run([], { ResourceArns: [bad] });
  expect(errors).toEqual([
    { Arn: bad, Type: `com.amazonaws.services.quicksight.model.${type}`, Message: expect.stringContaining(SUFFIX) },
  ]);
});

test.each([
  ['dashboard/sales', 'dashboard', 'DescribeDashboardDefinition'],
  ['analysis/study', 'analysis', 'DescribeAnalysisDefinition'],
])('errors in the definition of %s fail its export, which does not list them', (resource, type, operation) => {
  const assets = catalog().set(resource, { definitionErrors: [{ Type: 'COLUMN_NOT_FOUND', Message: 'hidden' }] });
  expect(run([resource], {}, assets).errors.map(({ Message }) => Message)).toEqual([
    `The ${type} has associated errors and cannot be exported. Call ${operation} to retrieve the errors. ${SUFFIX}`,
  ]);
});

test('warnings fail a job only in strict mode', () => {
  const assets = catalog().set('dashboard/sales', { warnings: ['a parameter is missing'] });
  for (const strategy of [undefined, {}, { StrictModeForAllResources: false }]) {
    const lenient = run(['dashboard/sales'], { ValidationStrategy: strategy }, assets);
    expect(lenient).toEqual({
      found: ['dashboard/sales'],
      errors: [],
      warnings: [{ Arn: arn('dashboard/sales'), Message: 'a parameter is missing' }],
    });
  }
  const strict = run(['dashboard/sales'], { ValidationStrategy: { StrictModeForAllResources: true } }, assets);
  expect(strict).toMatchObject({
    errors: [{ Message: expect.stringContaining('has associated errors') }],
    warnings: [],
  });
});
