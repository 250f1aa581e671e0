import type { QuickSightClient, StartAssetBundleExportJobCommandInput } from '@aws-sdk/client-quicksight';
import {
  DescribeAnalysisDefinitionCommand,
  DescribeAssetBundleExportJobCommand,
  DescribeDashboardDefinitionCommand,
  ListAssetBundleExportJobsCommand,
  paginateListAssetBundleExportJobs,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import { AssetCatalog } from '../../../local/quicksight';
import trimmed from '../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../local/quicksight/model/service-model';
import { ACCOUNT, arn, catalog, REGION } from './fixtures';
import { Harness, START, START_OF_TIME } from './harness';

afterEach(() => Harness.stopAll());

const JOB = { AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'job' };
const start = (client: QuickSightClient, more: Partial<StartAssetBundleExportJobCommandInput> = {}) =>
  client.send(new StartAssetBundleExportJobCommand({ ...START, ResourceArns: [arn('dashboard/sales')], ...more }));
const describeJob = (client: QuickSightClient, more: Partial<typeof JOB> = {}) =>
  client.send(new DescribeAssetBundleExportJobCommand({ ...JOB, ...more }));

test('a job goes its way from Start to a link', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  expect(await start(client)).toMatchObject({
    Arn: arn('asset-bundle-export-job/job'),
    AssetBundleExportJobId: 'job',
    RequestId: expect.any(String),
    Status: 200,
  });
  const seen = [];
  for (const seconds of [0, 1, 8.999, 0.001]) {
    harness.pass(seconds);
    const { JobStatus, DownloadUrl } = await describeJob(client);
    seen.push([JobStatus, DownloadUrl !== undefined]);
  }
  expect(seen).toEqual([
    ['QUEUED_FOR_IMMEDIATE_EXECUTION', false],
    ['IN_PROGRESS', false],
    ['IN_PROGRESS', false],
    ['SUCCESSFUL', true],
  ]);
});

test('Describe echoes the request, with what is unset as the service has it', async () => {
  const harness = await Harness.start();
  await start(harness.client());
  const { text, headers } = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs/job`);
  expect(headers['x-amzn-requestid']).toBe(JSON.parse(text).RequestId);
  expect(text).toContain(`"CreatedTime":${START_OF_TIME / 1e12}E9`);
  expect(JSON.parse(text)).toEqual({
    JobStatus: 'QUEUED_FOR_IMMEDIATE_EXECUTION',
    DownloadUrl: null,
    Errors: null,
    Arn: arn('asset-bundle-export-job/job'),
    CreatedTime: START_OF_TIME / 1000,
    AssetBundleExportJobId: 'job',
    AwsAccountId: ACCOUNT,
    ResourceArns: [arn('dashboard/sales')],
    IncludeAllDependencies: false,
    ExportFormat: 'QUICKSIGHT_JSON',
    CloudFormationOverridePropertyConfiguration: null,
    RequestId: expect.any(String),
    IncludePermissions: false,
    IncludeTags: false,
    ValidationStrategy: null,
    Warnings: null,
    IncludeFolderMemberships: false,
    IncludeFolderMembers: 'NONE',
  });
});

test('Describe echoes a full request', async () => {
  const harness = await Harness.start();
  const request = {
    ExportFormat: 'CLOUDFORMATION_JSON' as const,
    IncludeAllDependencies: true,
    IncludePermissions: true,
    IncludeTags: true,
    IncludeFolderMemberships: true,
    IncludeFolderMembers: 'RECURSE' as const,
    ValidationStrategy: { StrictModeForAllResources: true },
    CloudFormationOverridePropertyConfiguration: {
      ResourceIdOverrideConfiguration: { PrefixForAllResources: true },
      Folders: [{ Arn: 'x', Properties: ['ParentFolderArn' as const] }],
    },
  };
  await start(harness.client(), request);
  const answer = await describeJob(harness.client());
  expect(answer).toMatchObject(request);
  expect(answer.CreatedTime).toEqual(new Date(START_OF_TIME));
});

test('answers have the members of the model, all of them', async () => {
  const harness = await Harness.start();
  await start(harness.client());
  const paths: Array<[string, string]> = [
    ['DescribeAssetBundleExportJobResponse', '/job'],
    ['ListAssetBundleExportJobsResponse', ''],
  ];
  for (const [shape, path] of paths) {
    const members = Object.keys((trimmed as unknown as ServiceModel).shapes[shape]?.members ?? {}).filter(
      (name) => name !== 'Status',
    );
    const { text } = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs${path}`);
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(members.sort());
  }
});

test('the errors of a job fail it, and accumulate', async () => {
  const harness = await Harness.start({ jobErrors: () => [{ Arn: 'arn', Type: 'T', Message: 'M' }] });
  const client = harness.client();
  await start(client, { ResourceArns: [arn('dashboard/no'), 'text'] });
  harness.pass(5);
  expect(await describeJob(client)).toMatchObject({ JobStatus: 'IN_PROGRESS', Errors: [{ Arn: arn('dashboard/no') }] });
  harness.pass(5);
  const { JobStatus, Errors, DownloadUrl } = await describeJob(client);
  expect([JobStatus, DownloadUrl, Errors?.map(({ Arn }) => Arn)]).toEqual([
    'FAILED',
    undefined,
    [arn('dashboard/no'), 'text', 'arn'],
  ]);
});

test('warnings appear at the end, and not in strict mode', async () => {
  const harness = await Harness.start({
    assets: catalog().set('dashboard/sales', { warnings: ['a parameter is missing'] }),
  });
  const client = harness.client();
  await start(client);
  await start(client, { AssetBundleExportJobId: 'strict', ValidationStrategy: { StrictModeForAllResources: true } });
  expect((await describeJob(client)).Warnings).toBeUndefined();
  harness.pass(10);
  expect(await describeJob(client)).toMatchObject({
    JobStatus: 'SUCCESSFUL',
    Warnings: [{ Arn: arn('dashboard/sales'), Message: 'a parameter is missing' }],
  });
  const strict = await describeJob(client, { AssetBundleExportJobId: 'strict' });
  expect([strict.JobStatus, strict.Warnings]).toEqual(['FAILED', undefined]);
});

test('an id is in use while its job runs, and free afterwards', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  await start(client);
  await expect(start(client)).rejects.toMatchObject({ name: 'ConflictException', $metadata: { httpStatusCode: 409 } });
  harness.pass(10);
  await start(client, { ResourceArns: [arn('theme/dark')] });
  expect(await describeJob(client)).toMatchObject({
    JobStatus: 'QUEUED_FOR_IMMEDIATE_EXECUTION',
    ResourceArns: [arn('theme/dark')],
  });
  expect(harness.standIn.jobs).toHaveLength(2);
});

test('five jobs run at once in an account and region; others are apart', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  for (const id of ['1', '2', '3', '4', '5']) await start(client, { AssetBundleExportJobId: id });
  await expect(start(client)).rejects.toMatchObject({
    name: 'LimitExceededException',
    $metadata: { httpStatusCode: 409 },
  });
  await start(harness.client({ region: 'us-east-1' }));
  await start(client, { AwsAccountId: '999999999999' });
  expect([
    harness.standIn.running(ACCOUNT, REGION),
    harness.standIn.maxRunning(ACCOUNT, REGION),
    harness.standIn.running(ACCOUNT, 'us-east-1'),
  ]).toEqual([5, 5, 1]);
  await expect(describeJob(client)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await describeJob(harness.client({ region: 'us-east-1' }))).Arn).toBe(
    `arn:aws:quicksight:us-east-1:${ACCOUNT}:asset-bundle-export-job/job`,
  );
  harness.pass(10);
  await start(client);
  expect([harness.standIn.running(ACCOUNT, REGION), harness.standIn.maxRunning(ACCOUNT, REGION)]).toEqual([1, 5]);
});

test('accounts and regions have their own assets', async () => {
  const harness = await Harness.start({ assets: ({ account }) => (account === ACCOUNT ? catalog() : undefined) });
  harness.standIn.setAssets(ACCOUNT, 'us-east-1', new AssetCatalog().add('theme/other', {}));
  const status = async (region: string, account: string, resource: string) => {
    const client = harness.client({ region });
    await start(client, {
      AwsAccountId: account,
      ResourceArns: [`arn:aws:quicksight:${region}:${account}:${resource}`],
    });
    harness.pass(10);
    return (await describeJob(client, { AwsAccountId: account })).JobStatus;
  };
  expect(await status(REGION, ACCOUNT, 'theme/dark')).toBe('SUCCESSFUL');
  expect(await status('us-east-1', ACCOUNT, 'theme/dark')).toBe('FAILED');
  expect(await status('us-east-1', ACCOUNT, 'theme/other')).toBe('SUCCESSFUL');
  expect(await status(REGION, '999999999999', 'theme/dark')).toBe('FAILED');
});

test('a job is described for 14 days', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  await start(client);
  harness.pass(14 * 24 * 3600 - 0.001);
  expect(await describeJob(client)).toMatchObject({ JobStatus: 'SUCCESSFUL' });
  harness.pass(0.001);
  await expect(describeJob(client)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
  expect(
    (await client.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT })))
      .AssetBundleExportJobSummaryList,
  ).toEqual([]);
});

describe('List', () => {
  async function withJobs(count: number) {
    const harness = await Harness.start({ durations: { queuedMs: 0, runningMs: 0 } });
    const client = harness.client();
    for (let index = 1; index <= count; index += 1) {
      await start(client, { AssetBundleExportJobId: `job-${index}` });
      harness.pass(1);
    }
    return { harness, client };
  }

  test('gives pages, the newest first, whatever happens between them', async () => {
    const { client } = await withJobs(7);
    const pages: Array<Array<string | undefined> | undefined> = [];
    for await (const page of paginateListAssetBundleExportJobs({ client, pageSize: 3 }, { AwsAccountId: ACCOUNT })) {
      pages.push(page.AssetBundleExportJobSummaryList?.map(({ AssetBundleExportJobId }) => AssetBundleExportJobId));
      if (pages.length === 1) await start(client, { AssetBundleExportJobId: 'new' });
      if (pages.length === 1) await start(client, { AssetBundleExportJobId: 'job-3' });
    }
    expect(pages).toEqual([
      ['job-7', 'job-6', 'job-5'],
      ['job-4', 'job-2', 'job-1'],
    ]);
  });

  test('summarizes a job', async () => {
    const { client } = await withJobs(1);
    const { AssetBundleExportJobSummaryList: [summary] = [], NextToken } = await client.send(
      new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, MaxResults: 1 }),
    );
    expect(NextToken ?? undefined).toBeUndefined();
    expect(summary).toEqual({
      JobStatus: 'SUCCESSFUL',
      Arn: arn('asset-bundle-export-job/job-1'),
      CreatedTime: new Date(START_OF_TIME),
      AssetBundleExportJobId: 'job-1',
      IncludeAllDependencies: false,
      ExportFormat: 'QUICKSIGHT_JSON',
      IncludePermissions: false,
      IncludeTags: false,
    });
  });

  test('has 100 jobs on a page unless told otherwise', async () => {
    const { client } = await withJobs(101);
    const first = await client.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT }));
    expect(first.AssetBundleExportJobSummaryList).toHaveLength(100);
    const second = await client.send(
      new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, NextToken: first.NextToken }),
    );
    expect(second.AssetBundleExportJobSummaryList).toMatchObject([{ AssetBundleExportJobId: 'job-1' }]);
  });

  test('refuses a token that is not of this list', async () => {
    const { client, harness } = await withJobs(2);
    const { NextToken } = await client.send(
      new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, MaxResults: 1 }),
    );
    const list = (of: QuickSightClient, token?: string) =>
      of.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, NextToken: token }));
    const refusal = { name: 'InvalidNextTokenException', $metadata: { httpStatusCode: 400 } };
    await expect(list(client, 'nonsense')).rejects.toMatchObject(refusal);
    await expect(list(harness.client({ region: 'us-east-1' }), NextToken)).rejects.toMatchObject(refusal);
  });
});

test('a definition tells the errors that an export hides', async () => {
  const errors = [{ Type: 'COLUMN_NOT_FOUND' as const, Message: 'no column', ViolatedEntities: [{ Path: 'sheet/1' }] }];
  const harness = await Harness.start({ definitionErrors: { 'dashboard/sales': errors } });
  const client = harness.client();
  const dashboard = await client.send(
    new DescribeDashboardDefinitionCommand({ AwsAccountId: ACCOUNT, DashboardId: 'sales' }),
  );
  expect(dashboard).toMatchObject({
    Errors: errors,
    Name: 'Sales',
    DashboardId: 'sales',
    ResourceStatus: 'CREATION_SUCCESSFUL',
    Status: 200,
  });
  expect(dashboard.Definition?.DataSetIdentifierDeclarations).toMatchObject([{ Identifier: 'joined' }]);
  expect(
    await client.send(new DescribeAnalysisDefinitionCommand({ AwsAccountId: ACCOUNT, AnalysisId: 'study' })),
  ).toMatchObject({ Errors: [], AnalysisId: 'study' });
  for (const command of [
    new DescribeDashboardDefinitionCommand({ AwsAccountId: ACCOUNT, DashboardId: 'no' }),
    new DescribeAnalysisDefinitionCommand({ AwsAccountId: ACCOUNT, AnalysisId: 'no' }),
  ]) {
    await expect(client.send(command as DescribeDashboardDefinitionCommand)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  }
});

test('requests are recorded, and told when they end', async () => {
  const told: unknown[] = [];
  const harness = await Harness.start({ onRequest: ({ operation, status }) => told.push([operation, status]) });
  const client = harness.client();
  await start(client);
  await expect(describeJob(client, { AssetBundleExportJobId: 'no' })).rejects.toThrow();
  expect(harness.standIn.requests).toEqual([
    {
      operation: 'StartAssetBundleExportJob',
      method: 'POST',
      account: ACCOUNT,
      region: REGION,
      jobId: 'job',
      at: START_OF_TIME,
      status: 200,
    },
    {
      operation: 'DescribeAssetBundleExportJob',
      method: 'GET',
      account: ACCOUNT,
      region: REGION,
      jobId: 'no',
      at: START_OF_TIME,
      status: 404,
      error: 'ResourceNotFoundException',
    },
  ]);
  expect(told).toEqual([
    ['StartAssetBundleExportJob', 200],
    ['DescribeAssetBundleExportJob', 404],
  ]);
});

test('jobs differ in how long they take, and Describe in what it says', async () => {
  const harness = await Harness.start({
    durationsOf: ({ AssetBundleExportJobId: id }) => (id === 'quick' ? { queuedMs: 0, runningMs: 0 } : undefined),
  });
  const client = harness.client();
  await start(client, { AssetBundleExportJobId: 'quick' });
  await start(client);
  expect([
    (await describeJob(client, { AssetBundleExportJobId: 'quick' })).JobStatus,
    (await describeJob(client)).JobStatus,
  ]).toEqual(['SUCCESSFUL', 'QUEUED_FOR_IMMEDIATE_EXECUTION']);
  harness.standIn.describeOverride = (answer, { jobId, region }) => ({ ...answer, JobStatus: `${jobId} in ${region}` });
  expect((await describeJob(client)).JobStatus).toBe(`job in ${REGION}`);
});
