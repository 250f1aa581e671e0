import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { ListAssetBundleExportJobsCommand, paginateListAssetBundleExportJobs } from '@aws-sdk/client-quicksight';
import { ACCOUNT, arn } from '../fixtures';
import { Harness, START_OF_TIME, startJob } from '../harness';

afterEach(() => Harness.stopAll());

describe('List', () => {
  async function withJobs(count: number) {
    const harness = await Harness.start({ durations: { queuedMs: 0, runningMs: 0 } });
    const client = harness.client();
    for (let index = 1; index <= count; index += 1) {
      await startJob(client, { AssetBundleExportJobId: `job-${index}` });
      harness.pass(1);
    }
    return { harness, client };
  }

  test('returns pages with the newest job first, and does not repeat a job when others start in between', async () => {
    const { client } = await withJobs(7);
    const pages: Array<Array<string | undefined> | undefined> = [];
    for await (const page of paginateListAssetBundleExportJobs({ client, pageSize: 3 }, { AwsAccountId: ACCOUNT })) {
      pages.push(page.AssetBundleExportJobSummaryList?.map(({ AssetBundleExportJobId }) => AssetBundleExportJobId));
      if (pages.length === 1) await startJob(client, { AssetBundleExportJobId: 'new' });
      if (pages.length === 1) await startJob(client, { AssetBundleExportJobId: 'job-3' });
    }
    expect(pages).toEqual([
      ['job-7', 'job-6', 'job-5'],
      ['job-4', 'job-2', 'job-1'],
    ]);
  });

  test('returns the summary of a job', async () => {
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

  test('returns 100 jobs on a page by default', async () => {
    const { client } = await withJobs(101);
    const first = await client.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT }));
    expect(first.AssetBundleExportJobSummaryList).toHaveLength(100);
    const second = await client.send(
      new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, NextToken: first.NextToken }),
    );
    expect(second.AssetBundleExportJobSummaryList).toMatchObject([{ AssetBundleExportJobId: 'job-1' }]);
  });

  test('rejects a token of another list', async () => {
    const { client, harness } = await withJobs(2);
    const { NextToken } = await client.send(
      new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, MaxResults: 1 }),
    );
    const list = (of: QuickSightClient, token?: string) =>
      of.send(new ListAssetBundleExportJobsCommand({ AwsAccountId: ACCOUNT, NextToken: token }));
    const rejection = { name: 'InvalidNextTokenException', $metadata: { httpStatusCode: 400 } };
    await expect(list(client, 'nonsense')).rejects.toMatchObject(rejection);
    await expect(list(harness.client({ region: 'us-east-1' }), NextToken)).rejects.toMatchObject(rejection);
  });
});
