import { RetryableError, TerminalError } from '../../lambda/core/errors';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { assetArn, cloudFormationEvent } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { InMemoryDependencies } from '../support/in-memory-dependencies';

const CREATE = cloudFormationEvent('Create');
const JOB = jobIdOf(CREATE);
const ARTIFACT = `assetbundle-${JOB}.qs`;
const MANIFEST = `assetbundle-${JOB}.manifest.json`;

let bundle: Buffer;
let dependencies: InMemoryDependencies;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});
beforeEach(() => {
  dependencies = new InMemoryDependencies(bundle);
});

describe('a failed job', () => {
  const ERRORS = [{ Arn: assetArn('dashboard/one'), Type: 'com.x.ConflictException', Message: 'No.' }];
  beforeEach(() => {
    dependencies.quickSight.change = (job) => job && { ...job, JobStatus: 'FAILED', Errors: ERRORS };
  });
  const told = (where: string) =>
    `The export job ${JOB} FAILED with 1 error (all in ${where}):\n- ${assetArn('dashboard/one')}: ConflictException: No.`;

  test('fails with every error, and a manifest and a log that have them', async () => {
    const failure = told(`s3://artifacts/${MANIFEST}`);
    expect(await dependencies.failure(CREATE)).toBe(failure);
    const manifest = dependencies.bucket().json(MANIFEST);
    expect(manifest).toMatchObject({
      Failure: failure,
      PhysicalResourceId: JOB,
      Job: { JobStatus: 'FAILED', Errors: ERRORS },
    });
    expect(manifest).not.toHaveProperty('Artifact');
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'export job failed', jobStatus: 'FAILED', reason: failure }),
    );
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'request failed', reason: failure }),
    );
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('fails the same way when it is delivered again', async () => {
    const failure = await dependencies.failure(CREATE);
    dependencies.quickSight.before = () => {
      throw new Error('QuickSight was asked');
    };
    expect(await dependencies.failure(CREATE)).toBe(failure);
  });

  test('counts its errors', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, JobStatus: 'FAILED', Errors: [...ERRORS, { Message: 'Another.' }] };
    expect(await dependencies.failure(CREATE)).toMatch(
      /FAILED with 2 errors .*\n- .*: No\.\n- the job: Error: Another\.$/,
    );
  });

  test('whose manifest cannot be written fails with its errors all the same', async () => {
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce')) throw new TerminalError('The disk is full.');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      `${told('the log of this function')}\nThe manifest could not be written: The disk is full.`,
    );
  });

  test('whose manifest meets a busy store is tried again', async () => {
    let refusals = 2;
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce') && refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await dependencies.failure(CREATE)).toBe(told(`s3://artifacts/${MANIFEST}`));
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('whose manifest has neither attributes nor a reason is told nonetheless', async () => {
    await dependencies.failure(CREATE);
    const { Failure, ...rest } = dependencies.bucket().json(MANIFEST);
    expect(Failure).toBeDefined();
    dependencies.bucket().put(MANIFEST, JSON.stringify(rest), JOB);
    expect(await dependencies.failure(CREATE)).toBe(`The export job ${JOB} has no artifact.`);
  });
});

describe('a request that fails', () => {
  test('leaves no artifact without a manifest', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}`) throw new TerminalError('No.');
    };
    expect(await dependencies.failure(CREATE)).toBe('No.');
    expect(dependencies.bucket().keys).toEqual([]);
  });

  test('fails with its own reason where what is left cannot be removed', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}` || call.startsWith('remove'))
        throw new TerminalError(call.startsWith('remove') ? 'Not removed.' : 'No.');
    };
    expect(await dependencies.failure(CREATE)).toBe('No.');
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'leftovers could not be removed', reason: 'Not removed.' }),
    );
  });

  test('removes nothing of somebody else', async () => {
    dependencies.bucket().put(ARTIFACT, 'foreign');
    expect(await dependencies.failure(CREATE)).toContain('of somebody else');
    expect(String(dependencies.bucket().get(ARTIFACT)?.body)).toBe('foreign');
  });

  test('asks for a report of what nobody foresaw, without a link', async () => {
    dependencies.quickSight.before = () => {
      throw new RangeError('at https://example.com/secret?secret');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      'RangeError: at https://example.com/*** (unexpected error, please report it)',
    );
  });

  test('is an TerminalError to the framework, shortened where it is long', async () => {
    dependencies.quickSight.before = () => {
      throw new TerminalError('x'.repeat(5000));
    };
    const error = await dependencies.deliver(CREATE).catch((given: unknown) => given);
    expect(error).toBeInstanceOf(TerminalError);
    expect((error as Error).message).toContain(
      '[truncated; the whole message is in the log group /aws/lambda/is-complete, request request-1]',
    );
    expect(dependencies.logged.at(-1)?.reason).toBe('x'.repeat(5000));
  });
});
