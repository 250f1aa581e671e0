import { quickSight } from '../../../lambda/aws/quicksight-client';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import type { Reply, Sent } from '../../support/scripted-quicksight-client';
import { quickSightClient } from '../../support/scripted-quicksight-client';

const request = (change: object = {}) =>
  exportResourceRequest({
    ...cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ...change } }),
    RequestedTime: 0,
    PhysicalResourceId: 'x',
  });
const { jobId } = request();
const JOBS = '/accounts/123456789012/asset-bundle-export-jobs';
const JOB_ARN = `arn:aws:quicksight:us-east-1:123456789012:asset-bundle-export-job/${jobId}`;

function service(reply: Partial<Reply> = {}) {
  const sent: Sent[] = [];
  const client = quickSightClient((one) => {
    sent.push(one);
    return { status: 200, body: '{}', ...reply };
  });
  return { sent, ...quickSight(client) };
}

const refused = (name: string, status = 400) =>
  service({ status, headers: { 'x-amzn-errortype': name }, body: '{"Message":"What it says."}' });

describe('Start', () => {
  test('asks for what the properties say, defaults included', async () => {
    const { sent, ...client } = service();
    await client.start(request(), request().properties);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: 'POST', path: `${JOBS}/export` });
    expect(JSON.parse(String(sent[0]?.body))).toEqual({
      AssetBundleExportJobId: jobId,
      ResourceArns: PROPERTIES.ResourceArns,
      ExportFormat: 'QUICKSIGHT_JSON',
      IncludeAllDependencies: false,
      IncludePermissions: false,
      IncludeTags: false,
      IncludeFolderMemberships: false,
      IncludeFolderMembers: 'NONE',
    });
  });

  test('asks for all that can be asked for', async () => {
    const { sent, ...client } = service();
    const asked = {
      ResourceArns: [assetArn('folder/a'), assetArn('dashboard/b')],
      ExportFormat: 'CLOUDFORMATION_JSON',
      IncludeAllDependencies: true,
      IncludePermissions: true,
      IncludeTags: true,
      IncludeFolderMemberships: true,
      IncludeFolderMembers: 'RECURSE',
      ValidationStrategy: { StrictModeForAllResources: true },
      CloudFormationOverridePropertyConfiguration: {
        ResourceIdOverrideConfiguration: { PrefixForAllResources: true },
        Dashboards: [{ Arn: assetArn('dashboard/b'), Properties: ['Name'] }],
      },
    };
    await client.start(request(), request(asked).properties);
    expect(JSON.parse(String(sent[0]?.body))).toEqual({ AssetBundleExportJobId: jobId, ...asked });
  });

  test.each<[string, number, object]>([
    [
      'ThrottlingException',
      429,
      { kind: 'busy', message: 'quicksight:StartAssetBundleExportJob returned ThrottlingException: What it says.' },
    ],
    [
      'AccessDeniedException',
      403,
      {
        kind: 'denied',
        message: expect.stringContaining(`Access denied: quicksight:StartAssetBundleExportJob on ${JOB_ARN} (`),
      },
    ],
    [
      'InvalidParameterValueException',
      400,
      {
        message: `quicksight:StartAssetBundleExportJob on ${JOB_ARN} failed: InvalidParameterValueException: What it says.`,
      },
    ],
    [
      'UnsupportedUserEditionException',
      403,
      {
        message:
          'Asset bundles need the Enterprise edition of QuickSight, and this account has another edition (UnsupportedUserEditionException). Upgrade the subscription.',
      },
    ],
  ])('gives %s its meaning', async (name, status, meaning) => {
    await expect(refused(name, status).start(request(), request().properties)).rejects.toMatchObject(meaning);
  });
});

describe('Describe', () => {
  test("gives what the service says, without the SDK's own", async () => {
    const { sent, ...client } = service({
      body: JSON.stringify({
        JobStatus: 'SUCCESSFUL',
        CreatedTime: 1.695305695063e9,
        DownloadUrl: 'https://example.com/x',
      }),
    });
    expect(await client.describe(request())).toEqual({
      Status: 200,
      JobStatus: 'SUCCESSFUL',
      CreatedTime: new Date(1695305695063),
      DownloadUrl: 'https://example.com/x',
    });
    expect(sent).toEqual([expect.objectContaining({ method: 'GET', path: `${JOBS}/${jobId}` })]);
  });

  test.each([
    ['ResourceNotFoundException', 404],
    ['ResourceNotFoundException', 400],
    ['NotFound', 404],
  ])('gives nothing where there is no such job: %s, %d', async (name, status) => {
    expect(await refused(name, status).describe(request())).toBeUndefined();
  });

  test('takes a time that is none for one that is not told, and needs none', async () => {
    expect(await service({ body: '{"JobStatus":"IN_PROGRESS","CreatedTime":1e300}' }).describe(request())).toEqual({
      Status: 200,
      JobStatus: 'IN_PROGRESS',
      CreatedTime: undefined,
    });
    expect(await service({ body: '{"JobStatus":"IN_PROGRESS"}' }).describe(request())).toEqual({
      Status: 200,
      JobStatus: 'IN_PROGRESS',
    });
  });

  test.each<[string, number, object]>([
    [
      'ThrottlingException',
      429,
      { kind: 'busy', message: 'quicksight:DescribeAssetBundleExportJob returned ThrottlingException: What it says.' },
    ],
    [
      'AccessDeniedException',
      403,
      {
        kind: 'denied',
        message: expect.stringContaining(`Access denied: quicksight:DescribeAssetBundleExportJob on ${JOB_ARN} (`),
      },
    ],
    [
      'ValidationException',
      400,
      { message: `quicksight:DescribeAssetBundleExportJob on ${JOB_ARN} failed: ValidationException: What it says.` },
    ],
    ['UnsupportedUserEditionException', 403, { message: expect.stringContaining('Enterprise edition') }],
  ])('gives %s its meaning', async (name, status, meaning) => {
    const error: unknown = await refused(name, status)
      .describe(request())
      .catch((given: unknown) => given);
    expect(error).toMatchObject(meaning);
    expect('kind' in meaning ? error instanceof RetryableError : error instanceof TerminalError).toBe(true);
  });
});

describe('the errors of a definition', () => {
  const body = JSON.stringify({
    Errors: [
      {
        Type: 'COLUMN_NOT_FOUND',
        Message: 'No region.',
        ViolatedEntities: [{ Path: 'sheet/1' }, { Path: 'visual/2' }],
      },
      { Message: 'Odd.', ViolatedEntities: [] },
      { Type: 'ONLY_A_TYPE' },
    ],
  });
  const LINES = ['COLUMN_NOT_FOUND: No region. (at sheet/1, visual/2)', 'Error: Odd.', 'ONLY_A_TYPE: no message'];

  test.each([
    ['dashboard', 'dashboards'],
    ['analysis', 'analyses'],
  ])('are told of a %s, one line each', async (type, path) => {
    const { sent, ...client } = service({ body });
    expect(await client.definitionErrors(assetArn(`${type}/sales`))).toEqual(LINES);
    expect(sent[0]).toMatchObject({ method: 'GET', path: `/accounts/123456789012/${path}/sales/definition` });
  });

  test.each([
    ['dashboard', 'quicksight:DescribeDashboard'],
    ['analysis', 'quicksight:DescribeAnalysis'],
  ])('of a %s need a permission that is named', async (type, action) => {
    await expect(refused('AccessDeniedException', 403).definitionErrors(assetArn(`${type}/sales`))).rejects.toThrow(
      `Access denied: ${action} on ${assetArn(`${type}/sales`)} (`,
    );
  });

  test('are none where it has none', async () =>
    expect(await service().definitionErrors(assetArn('dashboard/sales'))).toEqual([]));

  test.each([assetArn('dataset/x'), 'no ARN'])('are not asked for of %s', async (arn) => {
    const { sent, ...client } = service({ body });
    expect(await client.definitionErrors(arn)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
