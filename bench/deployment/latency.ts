import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Measurement } from '../measurement';
import { percentile } from '../statistics';
import type { Exported } from './scene';
import { newAccount, Scene } from './scene';

const USUAL_INTERVALS = [2, 5, 30];
const PROVIDERS = ['Ours', ...USUAL_INTERVALS.map((seconds) => `Usual${seconds}`)];

interface Stream {
  readonly seconds: number;
  /** How many exports of this length run at once, and how often one after the other. */
  readonly atOnce: number;
  readonly rounds: number;
}

/** All are done when the longest are. */
const OURS: readonly Stream[] = [
  { seconds: 2, atOnce: 1, rounds: 60 },
  { seconds: 10, atOnce: 1, rounds: 40 },
  { seconds: 30, atOnce: 1, rounds: 18 },
  { seconds: 120, atOnce: 5, rounds: 4 },
  { seconds: 600, atOnce: 10, rounds: 1 },
];

/** How late the usual handlers are does not depend on a job's length, so the longest is left out. */
const USUAL: readonly Stream[] = [
  { seconds: 2, atOnce: 1, rounds: 5 },
  { seconds: 10, atOnce: 1, rounds: 4 },
  { seconds: 30, atOnce: 1, rounds: 3 },
  { seconds: 120, atOnce: 2, rounds: 1 },
];

/** Functions start cold: not all in the same moment, which would measure the machine. */
const BETWEEN_STARTS_MILLISECONDS = 700;

/** No phase between the end of a job and the looks at it is favoured: each job is up to so much longer than its length says. */
const SPREAD_MILLISECONDS = 3_000;

interface Sample {
  readonly provider: string;
  readonly seconds: number;
  readonly milliseconds: number;
  /** From the job's end to the answer. */
  readonly lateMilliseconds: number;
  readonly describes: number;
}

export const latency: Measurement = {
  id: 'P1',
  title: 'from SUCCESSFUL to the answer to CloudFormation',
  method: `
Each provider is deployed by the real CDK CLI on the local cloud, so that the real framework and waiter run, and gets Creates of jobs of these lengths, each up to ${SPREAD_MILLISECONDS / 1000} s longer by chance and nothing scaled: ours ${OURS.map(({ seconds, atOnce, rounds }) => `${atOnce * rounds} of ${seconds} s`).join(', ')}, and then the usual handlers ${USUAL.map(({ seconds, atOnce, rounds }) => `${atOnce * rounds} of ${seconds} s`).join(', ')} each. What is measured begins when the stand-in's job is SUCCESSFUL and ends when the answer is seen in the bucket that the ResponseURL points to, which is looked at every 50 ms. “Usual N s” is a handler that describes the job once per tick of a waiter of N seconds, fetches the bundle into memory and puts it into S3 (\`bench/deployment/usual-handler.ts\`). Describe calls are those that the stand-in got. The last row is a Create and an Update of a resource whose last export took as long. What AWS itself adds (network, cold starts, CloudFormation's own scheduling) cannot be measured here and is the same for all.`,
  async measure(progress) {
    const scene = await Scene.start({ usualIntervals: USUAL_INTERVALS });
    try {
      const samples: Sample[] = [];
      const took = (provider: string, exported: Exported, seconds: number, milliseconds: number) => {
        samples.push({
          provider,
          seconds,
          milliseconds,
          lateMilliseconds: exported.at - exported.successful,
          describes: describesOf(scene, exported),
        });
        progress(`${provider} ${seconds} s: ${exported.at - exported.successful} ms late (${samples.length})`);
      };
      const one = async (provider: string, seconds: number) => {
        const milliseconds = lengthOf(seconds);
        took(provider, await scene.export(provider, milliseconds), seconds, milliseconds);
      };
      const all = (providers: readonly string[], streams: readonly Stream[]) => {
        const each = [...streams]
          .reverse()
          .flatMap(({ atOnce, ...stream }) =>
            providers.flatMap((provider) => Array.from({ length: atOnce }, () => ({ provider, ...stream }))),
          );
        return Promise.all(
          each.map(async ({ provider, seconds, rounds }, index) => {
            await sleep(index * BETWEEN_STARTS_MILLISECONDS);
            await inTurn(rounds, () => one(provider, seconds));
          }),
        );
      };
      // One after the other: together they would measure the machine.
      const [fiveMinutes] = await Promise.all([
        Promise.all([0, 1, 2].map(() => scene.exportTwice('Ours', lengthOf(300), newAccount()))),
        all(['Ours'], OURS),
      ]);
      await all(
        PROVIDERS.filter((provider) => provider !== 'Ours'),
        USUAL,
      );
      return measured(
        samples,
        fiveMinutes.map((both) => both.map((exported) => describesOf(scene, exported))),
      );
    } finally {
      await scene.stop();
    }
  },
};

const lengthOf = (seconds: number): number => Math.round(seconds * 1000 + Math.random() * SPREAD_MILLISECONDS);

async function inTurn(times: number, run: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) await run();
}

const describesOf = ({ deployed }: Scene, { jobId }: Exported): number =>
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
      columns: ['late by, p50 / p95 in s', ...PROVIDERS.map(named)],
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
      { goal: 'at most 40 where the last export took about as long', reached: String(known), met: known <= 40 },
    ],
    raw: { samples, fiveMinutes },
  };
}

const named = (provider: string): string => (provider === 'Ours' ? 'ours' : `usual ${provider.slice(5)} s`);
