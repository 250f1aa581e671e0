import { quickSight } from '../../../lambda/aws/quicksight-client';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../../testing/cloudformation-events';
import { type Reply, type SentRequest, scriptedQuickSightClient } from '../../support/scripted-quicksight-client';

const request = (change: object = {}) =>
  exportResourceRequest({
    ...cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ...change } }),
    RequestedTime: 0,
    PhysicalResourceId: 'x',
  });
const { jobId } = request();
const JOBS = '/accounts/123456789012/asset-bundle-export-jobs';
const JOB_ARN = `arn:aws:quicksight:us-east-1:123456789012:asset-bundle-export-job/${jobId}`;

/** QuickSight behind a server that replies this to every request. */
function replying(reply: Partial<Reply> = {}) {
  const sent: SentRequest[] = [];
  const client = scriptedQuickSightClient((sentRequest) => {
    sent.push(sentRequest);
    return { status: 200, body: '{}', ...reply };
  });
  return { sent, ...quickSight(client) };
}

const failing = (name: string, status = 400) =>
  replying({ status, headers: { 'x-amzn-errortype': name }, body: '{"Message":"Its message."}' });

describe('start', () => {
  test('sends the properties of the request, defaults included', async () => {
    const { sent, ...client } = replying();
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

  test('sends every member that the request can have', async () => {
    const { sent, ...client } = replying();
    const members = {
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
    await client.start(request(), request(members).properties);
    expect(JSON.parse(String(sent[0]?.body))).toEqual({ AssetBundleExportJobId: jobId, ...members });
  });

  test.each<[string, number, object]>([
    [
      'ThrottlingException',
      429,
      { kind: 'busy', message: 'quicksight:StartAssetBundleExportJob returned ThrottlingException: Its message.' },
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
        message: `quicksight:StartAssetBundleExportJob on ${JOB_ARN} failed: InvalidParameterValueException: Its message.`,
      },
    ],
    [
      'UnsupportedUserEditionException',
      403,
      {
        message:
          'Asset bundles need the Enterprise edition of QuickSight (UnsupportedUserEditionException: Its message.). Subscribe the account 123456789012 to QuickSight, or upgrade its Standard edition to Enterprise.',
      },
    ],
  ])('classifies %s', async (name, status, meaning) => {
    await expect(failing(name, status).start(request(), request().properties)).rejects.toMatchObject(meaning);
  });
});

describe('describe', () => {
  test('returns the response of the service without the metadata of the SDK', async () => {
    const { sent, ...client } = replying({
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
  ])('returns undefined for a job that does not exist: %s with HTTP %d', async (name, status) => {
    expect(await failing(name, status).describe(request())).toBeUndefined();
  });

  test('ignores an invalid CreatedTime, and accepts a response without one', async () => {
    expect(await replying({ body: '{"JobStatus":"IN_PROGRESS","CreatedTime":1e300}' }).describe(request())).toEqual({
      Status: 200,
      JobStatus: 'IN_PROGRESS',
      CreatedTime: undefined,
    });
    expect(await replying({ body: '{"JobStatus":"IN_PROGRESS"}' }).describe(request())).toEqual({
      Status: 200,
      JobStatus: 'IN_PROGRESS',
    });
  });

  test.each<[string, number, object]>([
    [
      'ThrottlingException',
      429,
      { kind: 'busy', message: 'quicksight:DescribeAssetBundleExportJob returned ThrottlingException: Its message.' },
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
      { message: `quicksight:DescribeAssetBundleExportJob on ${JOB_ARN} failed: ValidationException: Its message.` },
    ],
    ['UnsupportedUserEditionException', 403, { message: expect.stringContaining('Enterprise edition') }],
  ])('classifies %s', async (name, status, meaning) => {
    const error: unknown = await failing(name, status)
      .describe(request())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(meaning);
    expect('kind' in meaning ? error instanceof RetryableError : error instanceof TerminalError).toBe(true);
  });
});

describe('an account without the Enterprise edition', () => {
  /** A response of QuickSight: https://github.com/hashicorp/terraform-provider-aws/pull/32323 */
  const unsupported = (message: string) =>
    replying({
      status: 403,
      headers: { 'x-amzn-errortype': 'UnsupportedUserEditionException' },
      body: JSON.stringify({ Message: message }),
    });
  const failuresOf = async (message: string): Promise<string[]> => {
    const client = unsupported(message);
    const calls = [client.start(request(), request().properties), client.describe(request())];
    return Promise.all(calls.map((call) => call.then(String, (error: Error) => error.message)));
  };

  test('is reported with the message of the service', async () => {
    const message = 'Account 123456789012 is not subscribed for QuickSight';
    for (const failure of await failuresOf(message)) expect(failure).toContain(`Exception: ${message}). Subscribe`);
  });

  test('is reported without a link, and with the start of a long message', async () => {
    for (const failure of await failuresOf(`at https://example.com/secret?secret ${'x'.repeat(100_000)}`)) {
      expect(failure).toContain('Exception: at https://example.com/*** xxx');
      expect(failure.length).toBeLessThan(5000);
    }
  });
});

describe('definitionErrors', () => {
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
  ])('returns one line for each error of the definition: %s', async (type, path) => {
    const { sent, ...client } = replying({ body });
    expect(await client.definitionErrors(assetArn(`${type}/sales`))).toEqual(LINES);
    expect(sent[0]).toMatchObject({ method: 'GET', path: `/accounts/123456789012/${path}/sales/definition` });
  });

  test.each([
    ['dashboard', 'quicksight:DescribeDashboard'],
    ['analysis', 'quicksight:DescribeAnalysis'],
  ])('names the missing permission: %s', async (type, action) => {
    await expect(failing('AccessDeniedException', 403).definitionErrors(assetArn(`${type}/sales`))).rejects.toThrow(
      `Access denied: ${action} on ${assetArn(`${type}/sales`)} (`,
    );
  });

  test('returns no line for a definition without errors', async () =>
    expect(await replying().definitionErrors(assetArn('dashboard/sales'))).toEqual([]));

  test.each([assetArn('dataset/x'), 'no ARN'])('sends no request for %s', async (arn) => {
    const { sent, ...client } = replying({ body });
    expect(await client.definitionErrors(arn)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
