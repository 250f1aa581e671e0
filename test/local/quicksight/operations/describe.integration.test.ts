import { ListAssetBundleExportJobsCommand } from '@aws-sdk/client-quicksight';
import trimmed from '../../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { ACCOUNT, arn, catalog } from '../fixtures';
import { describeJob, Harness, START_OF_TIME, startJob } from '../harness';

afterEach(() => Harness.stopAll());

test('a job goes from its start to a DownloadUrl', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  expect(await startJob(client)).toMatchObject({
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

test("Describe returns the request, with the service's values for unset members", async () => {
  const harness = await Harness.start();
  await startJob(harness.client());
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

test('Describe returns every member of a request', async () => {
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
  await startJob(harness.client(), request);
  const answer = await describeJob(harness.client());
  expect(answer).toMatchObject(request);
  expect(answer.CreatedTime).toEqual(new Date(START_OF_TIME));
});

test('answers have exactly the members of the model', async () => {
  const harness = await Harness.start();
  await startJob(harness.client());
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

test('errors accumulate while a job runs, and fail it', async () => {
  const harness = await Harness.start({ jobErrors: () => [{ Arn: 'arn', Type: 'T', Message: 'M' }] });
  const client = harness.client();
  await startJob(client, { ResourceArns: [arn('dashboard/no'), 'text'] });
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

test('warnings appear at the end of a job, and fail it in strict mode', async () => {
  const harness = await Harness.start({
    assets: catalog().set('dashboard/sales', { warnings: ['a parameter is missing'] }),
  });
  const client = harness.client();
  await startJob(client);
  await startJob(client, { AssetBundleExportJobId: 'strict', ValidationStrategy: { StrictModeForAllResources: true } });
  expect((await describeJob(client)).Warnings).toBeUndefined();
  harness.pass(10);
  expect(await describeJob(client)).toMatchObject({
    JobStatus: 'SUCCESSFUL',
    Warnings: [{ Arn: arn('dashboard/sales'), Message: 'a parameter is missing' }],
  });
  const strict = await describeJob(client, { AssetBundleExportJobId: 'strict' });
  expect([strict.JobStatus, strict.Warnings]).toEqual(['FAILED', undefined]);
});

test('the description of a job expires after 14 days', async () => {
  const harness = await Harness.start();
  const client = harness.client();
  await startJob(client);
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
