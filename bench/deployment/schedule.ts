import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssetBundleExport, QuickSightAsset } from '../../lib';
import { RESOURCE_TYPE } from '../../lib/contract/export-resource';
import type { Resources } from '../../testing/template-order';
import { dependenciesOf } from '../../testing/template-order';
import type { Measured, Measurement } from '../measurement';
import { sum } from '../statistics';
import { invocations, mostAtOnce, mostPerSecond } from './invocations';
import type { SceneOptions } from './scene';
import { newAccount, Scene } from './scene';

const EXPORTS = 100;
/** QuickSight runs so many jobs of an account at once. */
const SLOTS = 5;
/** A new account may run so many functions at once. */
const NEW_ACCOUNT = 10;

interface Run {
  readonly name: string;
  /** The lengths of the jobs, in seconds; one list for each stack. */
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
/** From 20 to 180 s, in an order that is not sorted. */
const spread = lengths((index) => 20 + ((index * 37) % EXPORTS) * (160 / (EXPORTS - 1)));
const fifth = (all: readonly number[]): number[] => all.map((seconds) => seconds / 5);

/** Those of one line go on side by side. */
const RUNS: ReadonlyArray<readonly Run[]> = [
  [
    { name: '60 s each', stacks: [minute], lanes: true, functionsAtOnce: NEW_ACCOUNT },
    { name: '20 to 180 s', stacks: [spread], lanes: true, functionsAtOnce: NEW_ACCOUNT },
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
The order in which CloudFormation would create the exports is read from the template that 100 constructs synthesize to; each is sent when those that it waits for have answered, to the provider that the real CDK CLI has deployed on the local cloud. The first two runs are not scaled, and Lambda is held to the ${NEW_ACCOUNT} functions at once of a new account: more would be throttled. In the others jobs take a fifth (12 s for 60 s), while everything else keeps its time, so that overheads weigh five times as much as they do. “Without lanes” is the same provider with all exports sent at once. The ideal is the sum of the jobs' lengths divided by ${SLOTS}. Functions at once, the framework's included, are counted from the durations that their logs report.`,
  async measure(progress) {
    const outcomes: Outcome[] = [];
    for (const sideBySide of RUNS) {
      outcomes.push(
        ...(await Promise.all(
          sideBySide.map(async (run) => {
            const outcome = await carryOut(run, progress);
            progress(`${run.name}: ${outcome.seconds.toFixed(0)} s, ideally ${outcome.idealSeconds.toFixed(0)} s`);
            return outcome;
          }),
        )),
      );
    }
    return measured(outcomes);
  },
};

async function carryOut(run: Run, progress: (line: string) => void): Promise<Outcome> {
  const options: SceneOptions = run.functionsAtOnce === undefined ? {} : { functionsAtOnce: run.functionsAtOnce };
  const scene = await Scene.start(options);
  try {
    const account = newAccount();
    const begin = Date.now();
    await Promise.all(
      run.stacks.map((seconds) =>
        deploy(scene, account, seconds, run.lanes, (done) => {
          if (done % 20 === 0)
            progress(`${run.name}: ${done} done after ${((Date.now() - begin) / 1000).toFixed(0)} s`);
        }),
      ),
    );
    const end = Date.now();
    const requests = scene.deployed.standIn.requests
      .filter(({ at, operation }) => at >= begin && operation !== 'Download')
      .map(({ at }) => at);
    const seconds = (end - begin) / 1000;
    return {
      ...run,
      seconds,
      idealSeconds: sum(run.stacks.flat()) / SLOTS,
      functions: mostAtOnce(invocations(await scene.deployed.cloud.lambdaLogs()).filter((one) => one.end >= begin)),
      requestsPerSecond: requests.length / seconds,
      mostRequestsPerSecond: mostPerSecond(requests),
      most: scene.deployed.standIn.maxRunning(account, 'us-east-1'),
    };
  } finally {
    await scene.stop();
  }
}

/** What CloudFormation does with the exports of a stack: each is created as soon as those that it waits for are there. */
async function deploy(
  scene: Scene,
  account: string,
  seconds: readonly number[],
  lanes: boolean,
  onDone: (done: number) => void,
): Promise<void> {
  const order = synthesized(seconds.length);
  const created = new Map<string, Promise<unknown>>();
  let done = 0;
  for (const [index, [id, waitsForIds]] of [...order].entries()) {
    const before = lanes ? [...waitsForIds].flatMap((other) => created.get(other) ?? []) : [];
    created.set(
      id,
      Promise.all(before).then(async () => {
        await scene.export('Ours', Math.round((seconds[index] as number) * 1000), account);
        onDone((done += 1));
      }),
    );
  }
  await Promise.all(created.values());
}

/** The exports of a template, with those that each waits for; none comes before those. */
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
        met: unscaled.every(({ functions }) => functions <= NEW_ACCOUNT),
      },
      {
        goal: 'under 10 requests a second',
        reached: `${unscaled.map(({ requestsPerSecond }) => requestsPerSecond.toFixed(1)).join(' and ')} on average; ${unscaled.map(({ mostRequestsPerSecond }) => mostRequestsPerSecond).join(' and ')} in the busiest second of all`,
        met: unscaled.every(({ requestsPerSecond }) => requestsPerSecond < 10),
      },
    ],
    raw: outcomes.map(({ stacks, ...outcome }) => ({ ...outcome, exports: stacks.flat().length })),
  };
}
