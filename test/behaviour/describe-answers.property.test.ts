import fc from 'fast-check';
import { quickSight } from '../../lambda/aws/quicksight-client';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { character } from '../support/character';
import { InMemoryDependencies } from '../support/in-memory-dependencies';
import { LINK_SECRET } from '../support/in-memory-quicksight';
import { propertyOptions } from '../support/property-options';
import { scriptedQuickSightClient } from '../support/scripted-quicksight-client';

const LINK = `https://bundles.s3.us-east-1.amazonaws.com/${LINK_SECRET}/x.qs?X-Amz-Signature=${LINK_SECRET}`;
/** The secret of a link in an error message. */
const MESSAGE_SECRET = 'secret-of-a-message';

let bundle: Buffer;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});

/** A valid value, null, or an absent member. */
const orAbsent = <T>(...values: T[]): fc.Arbitrary<T | null | undefined> =>
  fc.constantFrom<T | null | undefined>(...values, null, undefined);
const anything = fc.jsonValue({ maxDepth: 2 });
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 200 }),
  fc.constant(`Could not write ${LINK.replaceAll(LINK_SECRET, MESSAGE_SECRET)}`),
  fc.constant('It has associated errors and cannot be exported.'),
);

const assetError = fc.record(
  {
    Arn: fc.oneof(orAbsent(assetArn('dashboard/sales-overview'), 'no ARN'), fc.constant(5)),
    Type: fc.oneof(
      orAbsent('com.amazonaws.services.quicksight.model.ResourceNotFoundException', '', '.'),
      fc.constant(5),
    ),
    Message: fc.oneof(text, fc.constant(null), fc.constant(5), fc.constant({})),
  },
  { requiredKeys: [] },
);

/** A response of Describe for the job of the request, in addition to the members that identify it. */
const describeResponse = fc.record(
  {
    JobStatus: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom('QUEUED_FOR_IMMEDIATE_EXECUTION', 'IN_PROGRESS', 'SUCCESSFUL', 'FAILED'),
      },
      orAbsent('PAUSED', 'CANCELLED', ''),
      fc.constant(5),
      fc.constant({}),
    ),
    DownloadUrl: fc.oneof(
      { weight: 3, arbitrary: fc.constant(LINK) },
      orAbsent(`https://example.com/${LINK_SECRET}?${LINK_SECRET}`, `s3://bundles/${LINK_SECRET}`, LINK_SECRET, ''),
      anything,
    ),
    Errors: fc.oneof(
      orAbsent<unknown>([]),
      fc.array(fc.oneof(assetError, fc.constant(null)), { maxLength: 3 }),
      anything,
    ),
    Warnings: fc.oneof(orAbsent<unknown>([]), fc.array(assetError, { maxLength: 3 }), anything),
    CreatedTime: orAbsent<unknown>('now', 1e300, 0, -1),
    Arn: fc.oneof(orAbsent(assetArn('asset-bundle-export-job/x')), anything),
    IncludeAllDependencies: orAbsent(false),
    IncludePermissions: orAbsent(false),
    IncludeFolderMembers: orAbsent('NONE'),
    ValidationStrategy: fc.constantFrom(
      null,
      undefined,
      {},
      { StrictModeForAllResources: null },
      { StrictModeForAllResources: false },
    ),
    CloudFormationOverridePropertyConfiguration: fc.constantFrom<unknown>(
      null,
      undefined,
      {},
      { Dashboards: null, Themes: [], ResourceIdOverrideConfiguration: null },
    ),
    SomethingNew: anything,
  },
  { requiredKeys: [] },
);

/** QuickSight returns these responses in turn for the started job, and then repeats the last one. */
function dependenciesThatDescribe(responses: readonly object[]): InMemoryDependencies & { started: number } {
  const dependencies = Object.assign(new InMemoryDependencies(bundle), { started: 0 });
  const startedAt = dependencies.time;
  let described = 0;
  const client = scriptedQuickSightClient(({ method }) => {
    if (method === 'POST') dependencies.started += 1;
    if (method === 'POST' || dependencies.started === 0)
      return method === 'POST'
        ? { status: 200, body: '{}' }
        : { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{"Message":"none"}' };
    const response = responses[Math.min(described++, responses.length - 1)] as { CreatedTime?: unknown };
    return {
      status: 200,
      body: JSON.stringify({
        ResourceArns: PROPERTIES.ResourceArns,
        ExportFormat: 'QUICKSIGHT_JSON',
        ...response,
        ...(response.CreatedTime === 'now' && { CreatedTime: startedAt / 1000 }),
      }),
    };
  });
  return Object.assign(dependencies, { quickSight: quickSight(client) });
}

async function outcome(dependencies: InMemoryDependencies): Promise<string> {
  const event = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, TimeoutSeconds: '60' } });
  const result = await dependencies.deliver(event).catch((error: Error) => error);
  const bucket = dependencies.bucket();
  const stored = bucket.keys.map((key) => String(bucket.get(key)?.body));
  const output = JSON.stringify([dependencies.logged, stored, result, result instanceof Error && result.message]);
  expect(output.includes(LINK_SECRET) || output.includes(MESSAGE_SECRET)).toBe(false);
  return result instanceof Error ? `${result.name}: ${result.message}` : 'done';
}

test('a job is started once and ends with an artifact or a message without a secret, whatever Describe returns', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(describeResponse, { minLength: 1, maxLength: 3 }), async (responses) => {
      const dependencies = dependenciesThatDescribe(responses);
      expect(await outcome(dependencies)).toMatch(/^(done$|TerminalError: (?!.*unexpected error, please report))/s);
      expect(dependencies.started).toBe(1);
    }),
    propertyOptions(150),
  );
});

test.each([{ CreatedTime: true }, { CreatedTime: 'yesterday' }, { CreatedTime: {} }])(
  'a response that the SDK cannot parse is retried, and no second job is started: %j',
  async (response) => {
    const dependencies = dependenciesThatDescribe([response]);
    expect(await outcome(dependencies)).toMatch(/did not finish within 1 minutes?/);
    expect(dependencies.started).toBe(1);
  },
);
