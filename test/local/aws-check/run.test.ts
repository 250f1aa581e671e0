import type { Clients } from '../../../local/aws-check/clients';
import { InterruptedError } from '../../../local/aws-check/interruption';
import { Run } from '../../../local/aws-check/run';
import { stacksOf } from '../../../local/aws-check/run-stacks';

const ENVIRONMENT = { partition: 'aws', account: '123456789012', region: 'us-east-1', caller: 'arn' };

/** Clients whose calls all fail. */
const unavailable = { send: () => Promise.reject(new Error('unavailable')) };
const CLIENTS = {
  cloudFormation: unavailable,
  logs: unavailable,
  quickSight: unavailable,
  s3: unavailable,
  sfn: unavailable,
  sts: unavailable,
} as unknown as Clients;

const OUTPUTS = { ArtifactBucket: 'bucket' };

/** A run whose deployments are numbered from 1. `failing` deployments fail, and a signal arrives after `interruptedAfter`. */
function newRun({ failing = [] as number[], interruptedAfter = Infinity }) {
  const deployed: string[] = [];
  const cdk = {
    deploy: async ({ stack }: { stack: string }) => {
      deployed.push(stack);
      if (failing.includes(deployed.length)) throw new Error(`deployment ${deployed.length} failed`);
      return OUTPUTS;
    },
  };
  const interruption = {
    throwIfInterrupted: () => {
      if (deployed.length >= interruptedAfter) throw new InterruptedError('interrupted');
    },
  };
  return { run: new Run(CLIENTS, ENVIRONMENT, 'sales', stacksOf('Sample'), cdk, interruption), deployed };
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  jest.restoreAllMocks();
});

const failures = ({ observations }: Run) => observations.exports.map(({ failure }) => failure);

test('a failed export does not end the exports, and an observation that fails is not reported', async () => {
  const { run, deployed } = newRun({ failing: [2] });
  await run.execute();
  expect(deployed).toEqual(['Sample', 'Sample', 'Sample', 'Sample', 'Sample-DeniedRole']);
  const unchecked = 'The artifact could not be checked: unavailable';
  expect(failures(run)).toEqual([unchecked, 'deployment 2 failed', unchecked, unchecked]);
  const { deniedRole, functions, waiter, missingAsset } = run.observations;
  expect(missingAsset).toEqual({ startError: { name: 'Error', httpStatus: undefined, message: 'unavailable' } });
  expect(deniedRole).toEqual({ notReported: expect.stringContaining('unavailable') });
  expect([functions, waiter]).toEqual([{ notReported: 'unavailable' }, { notReported: 'unavailable' }]);
});

test('a stack that cannot be created ends the exports', async () => {
  const { run, deployed } = newRun({ failing: [1] });
  await run.execute();
  expect(failures(run)).toEqual(['deployment 1 failed']);
  expect(deployed).toEqual(['Sample', 'Sample-DeniedRole']);
});

test('a signal ends the run after the current step, and keeps the observations', async () => {
  const { run, deployed } = newRun({ interruptedAfter: 2 });
  await expect(run.execute()).rejects.toThrow(InterruptedError);
  expect(deployed).toEqual(['Sample', 'Sample']);
  expect(run.observations.exports).toHaveLength(2);
  expect(run.observations.functions).toEqual({ notReported: 'the run ended before' });
});
