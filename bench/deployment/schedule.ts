import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssetBundleExport, QuickSightAsset } from '../../lib';
import { RESOURCE_TYPE } from '../../lib/contract/export-resource';
import type { Resources } from '../../testing/template-order';
import { dependenciesOf } from '../../testing/template-order';
import type { Measured, Measurement } from '../measurement';
import { sum } from '../statistics';
import type { DeploymentOptions } from './deployment-setup';
import { DeploymentSetup, newAccount } from './deployment-setup';
import { invocations, mostAtOnce, mostPerSecond } from './invocations';

const EXPORTS = 100;
/** Number of jobs that QuickSight runs at the same time in an account. */
const SLOTS = 5;
/** Limit of concurrent executions of a new account. */
const NEW_ACCOUNT_CONCURRENCY = 10;

interface Run {
  readonly name: string;
  /** Durations of the jobs in seconds, one list for each stack. */
  readonly stacks: ReadonlyArray<readonly number[]>;
  readonly lanes: boolean;
  readonly functionsAtOnce?: number;
}

interface Outcome extends Run {
  readonly seconds: number;
  readonly idealSeconds: number;
  readonly functions: number;
  readonly requestsPerSecond: number;
  readonly mostRequestsPerSecond: number;
  readonly most: number;
}

const lengths = (length: (index: number) => number): number[] =>
  Array.from({ length: EXPORTS }, (_, index) => length(index));
const minute = lengths(() => 60);
/** From 20 to 180 s, not in ascending order. */
const spread = lengths((index) => 20 + ((index * 37) % EXPORTS) * (160 / (EXPORTS - 1)));
const fifth = (all: readonly number[]): number[] => all.map((seconds) => seconds / 5);

/** The runs of one list take place at the same time. */
const RUNS: ReadonlyArray<readonly Run[]> = [
  [
    { name: '60 s each', stacks: [minute], lanes: true, functionsAtOnce: NEW_ACCOUNT_CONCURRENCY },
    { name: '20 to 180 s', stacks: [spread], lanes: true, functionsAtOnce: NEW_ACCOUNT_CONCURRENCY },
  ],
  [
    { name: '12 s each', stacks: [fifth(minute)], lanes: true },
    { name: 'two stacks at once, 12 s each', stacks: [fifth(minute), fifth(minute)], lanes: true },
  ],
  [{ name: '12 s each, without lanes', stacks: [fifth(minute)], lanes: false }],
];

export const schedule: Measurement = {
  id: 'P2',
  title: '100 exports in one stack, five slots',
  method: `
The template of 100 constructs contains the order in which CloudFormation creates the exports. Each request is sent when the exports that it depends on have responded, to the provider that the CDK CLI has deployed on the local cloud. The first two runs are not scaled, and Lambda throttles more than the ${NEW_ACCOUNT_CONCURRENCY} concurrent executions of a new account. In the other runs a job takes a fifth of its time (12 s instead of 60 s) and everything else is not scaled, so that overheads count five times. “Without lanes” is the same provider with all requests sent at once. The ideal time is the sum of the durations of the jobs divided by ${SLOTS}. The concurrent functions, those of the framework included, are counted from the durations in their logs.`,
  async measure(progress) {
    const outcomes: Outcome[] = [];
    for (const sideBySide of RUNS) {
      outcomes.push(
        ...(await Promise.all(
          sideBySide.map(async (run) => {
            const outcome = await carryOut(run, progress);
            progress(`${run.name}: ${outcome.seconds.toFixed(0)} s, ideal: ${outcome.idealSeconds.toFixed(0)} s`);
            return outcome;
          }),
        )),
      );
    }
    return measured(outcomes);
  },
};

async function carryOut(run: Run, progress: (line: string) => void): Promise<Outcome> {
  const options: DeploymentOptions = run.functionsAtOnce === undefined ? {} : { functionsAtOnce: run.functionsAtOnce };
  const setup = await DeploymentSetup.start(options);
  try {
    const account = newAccount();
    const begin = Date.now();
    await Promise.all(
      run.stacks.map((seconds) =>
        deploy(setup, account, seconds, run.lanes, (done) => {
          if (done % 20 === 0)
            progress(`${run.name}: ${done} done after ${((Date.now() - begin) / 1000).toFixed(0)} s`);
        }),
      ),
    );
    const end = Date.now();
    const requests = setup.deployed.standIn.requests
      .filter(({ at, operation }) => at >= begin && operation !== 'Download')
      .map(({ at }) => at);
    const seconds = (end - begin) / 1000;
    return {
      ...run,
      seconds,
      idealSeconds: sum(run.stacks.flat()) / SLOTS,
      functions: mostAtOnce(invocations(await setup.deployed.cloud.lambdaLogs()).filter((one) => one.end >= begin)),
      requestsPerSecond: requests.length / seconds,
      mostRequestsPerSecond: mostPerSecond(requests),
      most: setup.deployed.standIn.maxRunning(account, 'us-east-1'),
    };
  } finally {
    await setup.stop();
  }
}

/** Acts as CloudFormation: creates each export as soon as the exports that it depends on exist. */
async function deploy(
  setup: DeploymentSetup,
  account: string,
  seconds: readonly number[],
  lanes: boolean,
  onDone: (done: number) => void,
): Promise<void> {
  const order = synthesized(seconds.length);
  const created = new Map<string, Promise<unknown>>();
  let done = 0;
  for (const [index, [id, dependencies]] of [...order].entries()) {
    const before = lanes ? [...dependencies].flatMap((other) => created.get(other) ?? []) : [];
    created.set(
      id,
      Promise.all(before).then(async () => {
        await setup.export('Ours', Math.round((seconds[index] as number) * 1000), account);
        onDone((done += 1));
      }),
    );
  }
  await Promise.all(created.values());
}

/** The exports of a template and the exports that each depends on, in an order that respects the dependencies. */
function synthesized(count: number): Map<string, Set<string>> {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  for (let index = 0; index < count; index++)
    new AssetBundleExport(stack, `Export${index}`, { assets: [QuickSightAsset.dashboard('sales')] });
  const resources = Template.fromStack(stack).toJSON().Resources as Resources;
  const isExport = (id: string) => resources[id]?.Type === RESOURCE_TYPE;
  return new Map(
    [...dependenciesOf(resources)]
      .filter(([id]) => isExport(id))
      .map(([id, others]) => [id, new Set([...others].filter(isExport))]),
  );
}

function measured(outcomes: readonly Outcome[]): Measured {
  const [minuteEach, spreadOut] = outcomes as [Outcome, Outcome];
  const ratio = ({ seconds, idealSeconds }: Outcome) => seconds / idealSeconds;
  const unscaled = [minuteEach, spreadOut];
  return {
    table: {
      columns: [
        'jobs',
        'ideal, s',
        'took, s',
        'ratio',
        'functions at once',
        'QuickSight requests per s, mean / most',
        'jobs at once',
      ],
      rows: outcomes.map((outcome) => [
        outcome.name,
        outcome.idealSeconds.toFixed(0),
        outcome.seconds.toFixed(0),
        ratio(outcome).toFixed(3),
        outcome.functions,
        `${outcome.requestsPerSecond.toFixed(1)} / ${outcome.mostRequestsPerSecond}`,
        outcome.most,
      ]),
    },
    goals: [
      {
        goal: 'at most 1.10 × the ideal time',
        reached: unscaled.map((outcome) => ratio(outcome).toFixed(3)).join(' and '),
        met: unscaled.every((outcome) => ratio(outcome) <= 1.1),
      },
      {
        goal: 'at most 10 functions at once',
        reached: unscaled.map(({ functions }) => functions).join(' and '),
        met: unscaled.every(({ functions }) => functions <= NEW_ACCOUNT_CONCURRENCY),
      },
      {
        goal: 'under 10 requests a second',
        reached: `${unscaled.map(({ requestsPerSecond }) => requestsPerSecond.toFixed(1)).join(' and ')} on average; ${unscaled.map(({ mostRequestsPerSecond }) => mostRequestsPerSecond).join(' and ')} in the busiest second`,
        met: unscaled.every(({ requestsPerSecond }) => requestsPerSecond < 10),
      },
    ],
    raw: outcomes.map(({ stacks, ...outcome }) => ({ ...outcome, exports: stacks.flat().length })),
  };
}
