import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Measurement } from '../measurement';
import { percentile } from '../statistics';
import type { Exported } from './deployment-setup';
import { DeploymentSetup, newAccount } from './deployment-setup';

const USUAL_INTERVALS = [2, 5, 30];
const PROVIDERS = ['Ours', ...USUAL_INTERVALS.map((seconds) => `Usual${seconds}`)];

interface Stream {
  readonly seconds: number;
  /** Number of exports that run at the same time, and number of rounds. */
  readonly atOnce: number;
  readonly rounds: number;
}

/** All streams take about as long as the longest job. */
const OURS: readonly Stream[] = [
  { seconds: 2, atOnce: 1, rounds: 60 },
  { seconds: 10, atOnce: 1, rounds: 40 },
  { seconds: 30, atOnce: 1, rounds: 18 },
  { seconds: 120, atOnce: 5, rounds: 4 },
  { seconds: 600, atOnce: 10, rounds: 1 },
];

/** The delay of the usual handlers does not depend on the length of the job, so the longest job is omitted. */
const USUAL: readonly Stream[] = [
  { seconds: 2, atOnce: 1, rounds: 5 },
  { seconds: 10, atOnce: 1, rounds: 4 },
  { seconds: 30, atOnce: 1, rounds: 3 },
  { seconds: 120, atOnce: 2, rounds: 1 },
];

/** Cold starts at the same moment would measure the machine. */
const START_INTERVAL_MS = 700;

/** Each job is longer by a random time up to this one, so that its end has no fixed phase relative to the polls. */
const MAX_JITTER_MS = 3_000;

interface Sample {
  readonly provider: string;
  readonly seconds: number;
  readonly milliseconds: number;
  /** From the end of the job to the response. */
  readonly lateMilliseconds: number;
  readonly describes: number;
}

export const latency: Measurement = {
  id: 'P1',
  title: 'Time from SUCCESSFUL to the response to CloudFormation',
  method: `
The CDK CLI deploys each provider on the local cloud, with the provider framework and its waiter. Each provider receives Create requests for jobs of these lengths, each longer by a random time of up to ${MAX_JITTER_MS / 1000} s: ours ${OURS.map(({ seconds, atOnce, rounds }) => `${atOnce * rounds} of ${seconds} s`).join(', ')}, then each usual handler ${USUAL.map(({ seconds, atOnce, rounds }) => `${atOnce * rounds} of ${seconds} s`).join(', ')}. No time is scaled.

The measured time starts when the job of the stand-in is SUCCESSFUL. It ends when the response is in the bucket of the ResponseURL, which is read every 50 ms. “Usual N s” is a handler that describes the job once for each call of a waiter of N seconds, downloads the bundle into memory and stores it in S3 (\`bench/deployment/usual-handler.ts\`). The stand-in counts the Describe calls. The last row is a Create and an Update of the same resource with a job of 300 s. The delays of AWS (network, cold starts, the scheduling of CloudFormation) cannot be measured here, and are the same for all.`,
  async measure(progress) {
    const setup = await DeploymentSetup.start({ usualIntervals: USUAL_INTERVALS });
    try {
      const samples: Sample[] = [];
      const took = (provider: string, exported: Exported, seconds: number, milliseconds: number) => {
        samples.push({
          provider,
          seconds,
          milliseconds,
          lateMilliseconds: exported.at - exported.successful,
          describes: describesOf(setup, exported),
        });
        progress(`${provider} ${seconds} s: ${exported.at - exported.successful} ms late (${samples.length})`);
      };
      const one = async (provider: string, seconds: number) => {
        const milliseconds = lengthOf(seconds);
        took(provider, await setup.export(provider, milliseconds), seconds, milliseconds);
      };
      const all = (providers: readonly string[], streams: readonly Stream[]) => {
        const each = [...streams]
          .reverse()
          .flatMap(({ atOnce, ...stream }) =>
            providers.flatMap((provider) => Array.from({ length: atOnce }, () => ({ provider, ...stream }))),
          );
        return Promise.all(
          each.map(async ({ provider, seconds, rounds }, index) => {
            await sleep(index * START_INTERVAL_MS);
            await inTurn(rounds, () => one(provider, seconds));
          }),
        );
      };
      // Ours first, then the peers: at the same time they would measure the machine.
      const [fiveMinutes] = await Promise.all([
        Promise.all([0, 1, 2].map(() => setup.exportTwice('Ours', lengthOf(300), newAccount()))),
        all(['Ours'], OURS),
      ]);
      await all(
        PROVIDERS.filter((provider) => provider !== 'Ours'),
        USUAL,
      );
      return measured(
        samples,
        fiveMinutes.map((both) => both.map((exported) => describesOf(setup, exported))),
      );
    } finally {
      await setup.stop();
    }
  },
};

const lengthOf = (seconds: number): number => Math.round(seconds * 1000 + Math.random() * MAX_JITTER_MS);

async function inTurn(times: number, run: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) await run();
}

const describesOf = ({ deployed }: DeploymentSetup, { jobId }: Exported): number =>
  deployed.standIn.requests.filter(
    (request) => request.operation === 'DescribeAssetBundleExportJob' && request.jobId === jobId,
  ).length;

function measured(samples: readonly Sample[], fiveMinutes: ReadonlyArray<readonly number[]>): Measured {
  const late = (provider: string, wanted: (seconds: number) => boolean) =>
    samples
      .filter((sample) => sample.provider === provider && wanted(sample.seconds))
      .map(({ lateMilliseconds }) => lateMilliseconds / 1000);
  const both = (numbers: readonly number[]) =>
    numbers.length === 0 ? '–' : `${percentile(numbers, 0.5).toFixed(2)} / ${percentile(numbers, 0.95).toFixed(2)}`;
  const describes = (provider: string, seconds: number) =>
    Math.max(
      ...samples
        .filter((sample) => sample.provider === provider && sample.seconds === seconds)
        .map((sample) => sample.describes),
    );
  const [short, long] = [(seconds: number) => seconds <= 60, (seconds: number) => seconds > 60];
  const goal = (name: string, numbers: readonly number[], p50: number, p95: number) => ({
    goal: `${name}: p50 ≤ ${p50.toFixed(1)} s, p95 ≤ ${p95.toFixed(1)} s`,
    reached: `${both(numbers)} s of ${numbers.length}`,
    met: percentile(numbers, 0.5) <= p50 && percentile(numbers, 0.95) <= p95,
  });
  const first = Math.max(...fiveMinutes.map(([create = NaN]) => create));
  const known = Math.max(...fiveMinutes.map(([, update = NaN]) => update));
  return {
    table: {
      columns: ['delay, p50 / p95 in s', ...PROVIDERS.map(named)],
      rows: [
        ...OURS.map(({ seconds }) => [
          `jobs of ${seconds} s`,
          ...PROVIDERS.map((provider) => both(late(provider, (length) => length === seconds))),
        ]),
        ['jobs up to 60 s', ...PROVIDERS.map((provider) => both(late(provider, short)))],
        ['longer jobs', ...PROVIDERS.map((provider) => both(late(provider, long)))],
        ['most Describe calls for a job of 120 s', ...PROVIDERS.map((provider) => describes(provider, 120))],
        [
          'most Describe calls for a job of 300 s, created / updated',
          `${first} / ${known}`,
          ...USUAL_INTERVALS.map(() => ''),
        ],
      ],
    },
    goals: [
      goal('jobs up to 60 s', late('Ours', short), 1, 2),
      goal('longer jobs', late('Ours', long), 1.5, 3),
      { goal: 'at most 130 Describe calls for a job of 5 minutes', reached: String(first), met: first <= 130 },
      {
        goal: 'at most 40 for an update of a resource whose last job took as long',
        reached: String(known),
        met: known <= 40,
      },
    ],
    raw: { samples, fiveMinutes },
  };
}

const named = (provider: string): string => (provider === 'Ours' ? 'ours' : `usual ${provider.slice(5)} s`);
