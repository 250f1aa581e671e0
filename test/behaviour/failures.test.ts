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
  const message = (where: string) =>
    `The export job ${JOB} FAILED with 1 error (all in ${where}):\n- ${assetArn('dashboard/one')}: ConflictException: No.`;

  test('fails the request with every error, which the manifest and the log have, too', async () => {
    const failure = message(`s3://artifacts/${MANIFEST}`);
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

  test('fails a repeated delivery with the same message and without a call of QuickSight', async () => {
    const failure = await dependencies.failure(CREATE);
    dependencies.quickSight.before = () => {
      throw new Error('QuickSight was called');
    };
    expect(await dependencies.failure(CREATE)).toBe(failure);
  });

  test('fails the request with the number of its errors', async () => {
    dependencies.quickSight.change = (job) =>
      job && { ...job, JobStatus: 'FAILED', Errors: [...ERRORS, { Message: 'Another.' }] };
    expect(await dependencies.failure(CREATE)).toMatch(
      /FAILED with 2 errors .*\n- .*: No\.\n- the job: Error: Another\.$/,
    );
  });

  test('fails the request with its errors when the manifest cannot be written', async () => {
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce')) throw new TerminalError('The disk is full.');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      `${message('the log of this function')}\nThe manifest could not be written: The disk is full.`,
    );
  });

  test('writes its manifest again when S3 is busy', async () => {
    let refusals = 2;
    dependencies.bucket().before = (call) => {
      if (call.startsWith('writeOnce') && refusals-- > 0) throw new RetryableError('busy', 'SlowDown');
    };
    expect(await dependencies.failure(CREATE)).toBe(message(`s3://artifacts/${MANIFEST}`));
    expect(dependencies.bucket().keys).toEqual([MANIFEST]);
  });

  test('fails a repeated delivery with the recorded message, and does not describe the job', async () => {
    const first = await dependencies.failure(CREATE);
    dependencies.quickSight.describes = 0;
    expect(await dependencies.failure(CREATE)).toBe(first);
    expect(dependencies.quickSight.describes).toBe(0);
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

  test('keeps its own message when the partial artifact cannot be removed', async () => {
    dependencies.bucket().before = (call) => {
      if (call === `writeOnce ${MANIFEST}` || call.startsWith('discard'))
        throw new TerminalError(call.startsWith('discard') ? 'Not removed.' : 'No.');
    };
    expect(await dependencies.failure(CREATE)).toBe('No.');
    expect(dependencies.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'leftovers could not be removed', reason: 'Not removed.' }),
    );
  });

  test('keeps the objects of somebody else', async () => {
    dependencies.bucket().put(ARTIFACT, 'foreign');
    expect(await dependencies.failure(CREATE)).toContain('of somebody else');
    expect(String(dependencies.bucket().get(ARTIFACT)?.body)).toBe('foreign');
  });

  test('asks for a report of an unexpected error, without the link in it', async () => {
    dependencies.quickSight.before = () => {
      throw new RangeError('at https://example.com/secret?secret');
    };
    expect(await dependencies.failure(CREATE)).toBe(
      'RangeError: at https://example.com/*** (unexpected error, please report it)',
    );
  });

  test('throws a TerminalError, truncated to what CloudFormation takes', async () => {
    dependencies.quickSight.before = () => {
      throw new TerminalError('x'.repeat(5000));
    };
    const error = await dependencies.deliver(CREATE).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TerminalError);
    expect((error as Error).message).toContain(
      'x…\n[truncated; the log has the whole message]\nLog group: /aws/lambda/is-complete, request request-1',
    );
    expect(dependencies.logged.at(-1)?.reason).toBe('x'.repeat(5000));
  });
});
