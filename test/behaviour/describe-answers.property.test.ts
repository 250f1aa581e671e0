import fc from 'fast-check';
import { quickSight } from '../../lambda/aws/quicksight-client';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';
import { LINK_SECRET } from '../support/in-memory-quicksight';
import { cases } from '../support/property-options';
import { quickSightClient } from '../support/scripted-quicksight-client';

const LINK = `https://bundles.s3.us-east-1.amazonaws.com/${LINK_SECRET}/x.qs?X-Amz-Signature=${LINK_SECRET}`;
/** … of a link that a message holds. */
const MESSAGE_SECRET = 'secret-of-a-message';

let bundle: Buffer;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});

/** A member as it should be, null, or left out. */
const orNothing = <T>(...values: T[]): fc.Arbitrary<T | null | undefined> =>
  fc.constantFrom<T | null | undefined>(...values, null, undefined);
const anything = fc.jsonValue({ maxDepth: 2 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constant(`Could not write ${LINK.replaceAll(LINK_SECRET, MESSAGE_SECRET)}`),
  fc.constant('It has associated errors and cannot be exported.'),
);

const reported = fc.record(
  {
    Arn: fc.oneof(orNothing(assetArn('dashboard/sales-overview'), 'no ARN'), fc.constant(5)),
    Type: fc.oneof(
      orNothing('com.amazonaws.services.quicksight.model.ResourceNotFoundException', '', '.'),
      fc.constant(5),
    ),
    Message: fc.oneof(text, fc.constant(null), fc.constant(5), fc.constant({})),
  },
  { requiredKeys: [] },
);

/** What Describe may say of our job, beside what makes it ours. */
const said = fc.record(
  {
    JobStatus: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom('QUEUED_FOR_IMMEDIATE_EXECUTION', 'IN_PROGRESS', 'SUCCESSFUL', 'FAILED'),
      },
      orNothing('PAUSED', 'CANCELLED', ''),
      fc.constant(5),
      fc.constant({}),
    ),
    DownloadUrl: fc.oneof(
      { weight: 3, arbitrary: fc.constant(LINK) },
      orNothing(`https://example.com/${LINK_SECRET}?${LINK_SECRET}`, `s3://bundles/${LINK_SECRET}`, LINK_SECRET, ''),
      anything,
    ),
    Errors: fc.oneof(
      orNothing<unknown>([]),
      fc.array(fc.oneof(reported, fc.constant(null)), { maxLength: 3 }),
      anything,
    ),
    Warnings: fc.oneof(orNothing<unknown>([]), fc.array(reported, { maxLength: 3 }), anything),
    CreatedTime: orNothing<unknown>('now', 1e300, 0, -1),
    Arn: fc.oneof(orNothing(assetArn('asset-bundle-export-job/x')), anything),
    IncludeAllDependencies: orNothing(false),
    IncludePermissions: orNothing(false),
    IncludeFolderMembers: orNothing('NONE'),
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

/** The dependencies, whose QuickSight says these of the started job, in turn, and the last again and again. */
function worldThatSays(answers: readonly object[]): InMemoryDependencies & { started: number } {
  const dependencies = Object.assign(new InMemoryDependencies(bundle), { started: 0 });
  const startedAt = dependencies.time;
  let at = 0;
  const client = quickSightClient(({ method }) => {
    if (method === 'POST') dependencies.started += 1;
    if (method === 'POST' || dependencies.started === 0)
      return method === 'POST'
        ? { status: 200, body: '{}' }
        : { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{"Message":"none"}' };
    const answer = answers[Math.min(at++, answers.length - 1)] as { CreatedTime?: unknown };
    return {
      status: 200,
      body: JSON.stringify({
        ResourceArns: PROPERTIES.ResourceArns,
        ExportFormat: 'QUICKSIGHT_JSON',
        ...answer,
        ...(answer.CreatedTime === 'now' && { CreatedTime: startedAt / 1000 }),
      }),
    };
  });
  return Object.assign(dependencies, { quickSight: quickSight(client) });
}

async function outcome(dependencies: InMemoryDependencies): Promise<string> {
  const event = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, TimeoutSeconds: '60' } });
  const result = await dependencies.deliver(event).catch((error: Error) => error);
  const bucket = dependencies.bucket();
  const kept = bucket.keys.map((key) => String(bucket.get(key)?.body));
  const told = JSON.stringify([dependencies.logged, kept, result, result instanceof Error && result.message]);
  expect(told.includes(LINK_SECRET) || told.includes(MESSAGE_SECRET)).toBe(false);
  return result instanceof Error ? `${result.name}: ${result.message}` : 'done';
}

test('whatever Describe says of our job, it is started once, and ends in the artifact or in a sentence that holds no secret', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 3 }), async (answers) => {
      const dependencies = worldThatSays(answers);
      expect(await outcome(dependencies)).toMatch(/^(done$|TerminalError: (?!.*unexpected: please report))/s);
      expect(dependencies.started).toBe(1);
    }),
    cases(150),
  );
});

test.each([{ CreatedTime: true }, { CreatedTime: 'yesterday' }, { CreatedTime: {} }])(
  'the answer %j is none: it is waited for, and nothing is started anew',
  async (answer) => {
    const dependencies = worldThatSays([answer]);
    expect(await outcome(dependencies)).toMatch(/did not finish within 1 minutes?/);
    expect(dependencies.started).toBe(1);
  },
);
