import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { exportResourceRequest } from '../../lambda/export/export-request';
import { exportResource } from '../../lambda/export/export-resource';
import { isComplete } from '../../lambda/lifecycle/is-complete-handler';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { onEvent } from '../../lambda/lifecycle/on-event-handler';
import { AssetCatalog } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { HandlerHarness } from '../../testing/handler-harness';
import { type CrashPoint, crashAt } from '../support/crash-at';
import { artifactsOf, deleteObjects } from '../support/fault-matrix/artifacts';
import { DEATH_CASES, type Death, type DeathCase } from '../support/fault-matrix/death-cases';
import { FrameworkTimeout, FunctionDeath, functionName, responseTo } from '../support/provider-framework';
import { startS3 } from '../support/s3-endpoint';

// The framework's own functions run here, with our handlers behind them.
jest.setTimeout(60_000);

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html: the caller receives these as function errors. */
const lambdaError = (errorType: string, message: string) => ({
  errorType,
  errorMessage: `RequestId: 5d1b3f7e-2c4a-4f0b-9a57-0a1c2d3e4f50 Error: ${message}`,
});
const KILLED = lambdaError('Runtime.ExitError', 'Runtime exited with error: signal: killed');
const ENDINGS = [
  KILLED,
  lambdaError('Runtime.ExitError', 'Runtime exited with error: signal: aborted'),
  lambdaError('Runtime.ExitError', 'Runtime exited with error: exit status 1'),
  lambdaError('Sandbox.Timedout', 'Task timed out after 420.00 seconds'),
];
const ON_EVENT_TIMED_OUT = lambdaError('Sandbox.Timedout', 'Task timed out after 60.00 seconds');

/** The id in cfn-response.js of the framework. */
const MARKER = 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED';

interface Response {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

let s3: Awaited<ReturnType<typeof startS3>>;
let harness: HandlerHarness;

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

beforeEach(async () => {
  const assets = new AssetCatalog().add('dashboard/sales-overview', {
    resourceType: 'dashboard',
    dashboardId: 'sales-overview',
    name: 'Sales overview',
  });
  const Bucket = `deaths-${randomUUID()}`;
  harness = await HandlerHarness.start(s3.endpoint, Bucket, { assets });
  await harness.s3.send(new CreateBucketCommand({ Bucket }));
  await harness.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});
afterEach(() => harness.stop());

const BEFORE = {};
const AFTER = { IncludeTags: 'true' };

/** The requests of one resource. */
function resourceWith(RemovalPolicy: string) {
  const properties = (change: object) => ({
    ...PROPERTIES,
    ArtifactBucket: harness.bucket,
    RemovalPolicy,
    ...change,
  });
  return {
    create: () => cloudFormationEvent('Create', { RequestId: 'Create', ResourceProperties: properties(BEFORE) }),
    update: (RequestId: string, PhysicalResourceId: string, from: object, to: object) =>
      cloudFormationEvent('Update', {
        RequestId,
        PhysicalResourceId,
        OldResourceProperties: properties(from),
        ResourceProperties: properties(to),
      }),
    remove: (PhysicalResourceId: string, change: object) =>
      cloudFormationEvent('Delete', {
        RequestId: randomUUID(),
        PhysicalResourceId,
        ResourceProperties: properties(change),
      }),
  };
}
type Resource = ReturnType<typeof resourceWith>;

/** The end of our function. */
interface Fate {
  readonly death?: Death;
  /** The response of Lambda, or the end of the framework's function, which does not wait longer. */
  readonly error?: Error;
}

/** Sends a request to the framework. The function dies once. Returns what CloudFormation receives. */
async function send(
  event: CloudFormationCustomResourceEvent,
  { death, error = new FunctionDeath(KILLED) }: Fate = {},
): Promise<Response> {
  const alive = harness.dependencies;
  let fatal = death === undefined || death === 'in onEvent' ? undefined : crashAt(alive, death);
  const body = await responseTo(event, {
    onEvent: (received) => {
      if (death === 'in onEvent') throw error;
      return onEvent(received, exportResourceRequest, alive);
    },
    isComplete: (received) => {
      const invocation = fatal;
      fatal = undefined;
      const dependencies = invocation?.dependencies ?? alive;
      harness.pass(1_000);
      const result = isComplete(received, exportResource(dependencies), dependencies, harness.now + 90_000);
      const died = invocation?.crashed.then((): never => {
        throw error;
      });
      return died
        ? Promise.race([died, result.then(() => Promise.reject(new Error('the function did not die')))])
        : result;
    },
  });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  return JSON.parse(body);
}

const artifacts = () => artifactsOf(['Create', 'Update', 'rollback', 'second rollback'], harness);

const successful = async (response: Promise<Response>): Promise<Response> => {
  const { Status, Reason } = await response;
  if (Status !== 'SUCCESS') throw new Error(Reason);
  return response;
};

/** The request during which the function dies, and what CloudFormation sends when it failed. */
interface Sequence {
  readonly event: CloudFormationCustomResourceEvent;
  readonly next: (failed: Response) => Promise<void>;
}

const SEQUENCES: Record<DeathCase['request'], (resource: Resource) => Promise<Sequence>> = {
  Create: async ({ create, remove }) => ({
    event: create(),
    async next({ PhysicalResourceId }) {
      expect(await successful(send(remove(PhysicalResourceId, BEFORE)))).toMatchObject({ PhysicalResourceId });
    },
  }),

  async Update({ create, update }) {
    const earlier = await harness.deliver(create());
    return {
      event: update('Update', earlier.PhysicalResourceId, BEFORE, AFTER),
      async next({ PhysicalResourceId }) {
        const jobs = harness.standIn.jobs.length;
        const rollback = update('rollback', PhysicalResourceId, AFTER, BEFORE);
        expect(await successful(send(rollback))).toMatchObject(earlier);
        expect(harness.standIn.jobs).toHaveLength(jobs);
      },
    };
  },

  async Rollback({ create, update, remove }) {
    const earlier = await harness.deliver(create());
    const after = await harness.deliver(update('Update', earlier.PhysicalResourceId, BEFORE, AFTER));
    return {
      event: update('rollback', after.PhysicalResourceId, AFTER, BEFORE),
      async next({ PhysicalResourceId }) {
        const again = update('second rollback', PhysicalResourceId, AFTER, BEFORE);
        expect(await successful(send(again))).toMatchObject(earlier);
        await successful(send(remove(after.PhysicalResourceId, AFTER)));
        expect(harness.standIn.jobs).toHaveLength(2);
      },
    };
  },

  async 'Export again'({ create, update, remove }) {
    const earlier = await harness.deliver(create());
    const after = await harness.deliver(update('Update', earlier.PhysicalResourceId, BEFORE, AFTER));
    await deleteObjects(earlier.PhysicalResourceId, harness);
    return {
      event: update('rollback', after.PhysicalResourceId, AFTER, BEFORE),
      async next({ PhysicalResourceId }) {
        const again = await successful(send(update('second rollback', PhysicalResourceId, AFTER, BEFORE)));
        expect(again.PhysicalResourceId).not.toBe(after.PhysicalResourceId);
        await successful(send(remove(after.PhysicalResourceId, AFTER)));
      },
    };
  },

  async Delete({ create, remove }) {
    const earlier = await harness.deliver(create());
    return {
      event: remove(earlier.PhysicalResourceId, BEFORE),
      async next({ PhysicalResourceId }) {
        expect(await successful(send(remove(PhysicalResourceId, BEFORE)))).toMatchObject({ PhysicalResourceId });
      },
    };
  },
};

describe.each(['Create', 'Update', 'Rollback', 'Export again', 'Delete'] as const)('%s', (request) => {
  test.each(
    DEATH_CASES.filter((deathCase) => deathCase.request === request).map(
      (deathCase) => [`${deathCase.removalPolicy}: the function dies ${deathCase.death}`, deathCase] as const,
    ),
  )('%s', async (_, { removalPolicy, death, answeredId, remains }) => {
    const { event, next } = await SEQUENCES[request](resourceWith(removalPolicy));
    const ended = death === 'in onEvent' ? ON_EVENT_TIMED_OUT : KILLED;
    const failed = await send(event, { death, error: new FunctionDeath(ended) });
    const present = 'PhysicalResourceId' in event ? event.PhysicalResourceId : undefined;
    expect(failed).toEqual({
      Status: 'FAILED',
      Reason: expect.stringMatching(new RegExp(`^Error: ${ended.errorMessage}\n\nLogs: /aws/lambda/`)),
      PhysicalResourceId: { 'its job': jobIdOf(event), present, marker: MARKER }[answeredId],
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    });
    await next(failed);
    expect(await artifacts()).toEqual(remains);
  });
});

test.each(ENDINGS)(
  'CloudFormation receives "$errorMessage" at once, with the log group of the framework',
  async (ended) => {
    const { create } = resourceWith('RETAIN');
    const { Status, Reason } = await send(create(), { death: 'while the job runs', error: new FunctionDeath(ended) });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain(`Error: ${ended.errorMessage}\n\nLogs: /aws/lambda/${functionName('is-complete')}\n`);
    expect(harness.calls('StartAssetBundleExportJob')).toBe(1);
  },
);

test.each<CrashPoint>(['while the job runs', 'in the download', 'after the artifact', 'after the manifest'])(
  'the waiter calls again when the function dies %s, but after the timeout of the framework',
  async (death) => {
    const { create } = resourceWith('DESTROY');
    const error = new FrameworkTimeout('Task timed out after 180.00 seconds');
    const { PhysicalResourceId } = await successful(send(create(), { death, error }));
    expect(PhysicalResourceId).toBe(jobIdOf(create()));
    expect(harness.standIn.jobs).toHaveLength(1);
    expect(await artifacts()).toEqual(['artifact of the Create']);
  },
);

test.each(['RETAIN', 'DESTROY'])(
  'a rollback removes what a dead Update left, also when it dies once (%s)',
  async (policy) => {
    const { create, update } = resourceWith(policy);
    const earlier = await harness.deliver(create());
    const dead = await send(update('Update', earlier.PhysicalResourceId, BEFORE, AFTER), {
      death: 'after the artifact',
    });
    expect(await artifacts()).toEqual(['artifact of the Create', 'artifact of the Update without its manifest']);
    const back = (id: string) => update(id, dead.PhysicalResourceId, AFTER, BEFORE);
    expect(await send(back('rollback'), { death: 'after reading a manifest' })).toMatchObject({ Status: 'FAILED' });
    expect(await successful(send(back('second rollback')))).toMatchObject(earlier);
    expect(await artifacts()).toEqual(['artifact of the Create']);
  },
);

test('the next deployment exports again after a Create whose function died', async () => {
  const { create, remove } = resourceWith('DESTROY');
  const failed = await send(create(), { death: 'after the artifact' });
  await successful(send(remove(failed.PhysicalResourceId, BEFORE)));
  const { PhysicalResourceId } = await successful(send({ ...create(), RequestId: 'second' }));
  expect(PhysicalResourceId).not.toBe(failed.PhysicalResourceId);
  expect(harness.standIn.jobs).toHaveLength(2);
});

test('CloudFormation receives a failure when the waiter gives up', async () => {
  const { create } = resourceWith('RETAIN');
  const body = await responseTo(create(), {
    onEvent: (received) => onEvent(received, exportResourceRequest, harness.dependencies),
    isComplete: async () => ({ IsComplete: false }),
  });
  expect(JSON.parse(body)).toMatchObject({
    Status: 'FAILED',
    Reason: 'Operation timed out',
    PhysicalResourceId: jobIdOf(create()),
  });
});
