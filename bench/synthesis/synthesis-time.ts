import { Goal, Measured, Measurement, Plot } from '../measurement';
import { median } from '../statistics';
import { build, Kind, Options, Run, synthesize } from './synthesis';

const GOAL = 1.25;
const COUNTS = [1, 10, 100];
/** A template has 500 resources at most: three times as many are what shows how it grows. */
const MOST = 300;
const ROUNDS = 9;

const VALIDATIONS = ['with', 'without'] as const;
const KINDS = ['ours', 'one provider'] as const satisfies readonly Kind[];

type Figure = 'process' | 'synthesis' | 'cpu';

export const synthesisTime: Measurement = {
  id: 'P6',
  title: 'Synthesis of an app with many exports',
  method: `An app with one stack of so many exports, against one with the same number of bare \`CustomResource\`s on one bare \`cr.Provider\` (the same
handlers; no permissions, log groups, bucket, order or checks). Both are JavaScript as \`tsc\` makes it, use the built package, and have the
context of a new app. Each synthesis is a process of its own, ours and the peer's in turn, ${ROUNDS} rounds; the figures are medians, the ratios
medians of the ratios in each round.

*Process* is what somebody waits for when \`cdk synth\` runs \`node app.js\`: from its start to its end, the import of \`aws-cdk-lib\` included.
*Synthesis* is from \`new App\` to the end of \`app.synth()\`. *CPU* is the processor time of the process, with all its threads. CDK validates the
template of an app unless the app says otherwise, which takes longer than all the rest and is the same work for both: so there is also a row
without it, where a difference cannot hide behind it. No process may be started by a synthesis, as a bundler would be.`,

  async measure(progress): Promise<Measured> {
    await build(progress);
    const runs: Run[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      progress(`round ${round + 1} of ${ROUNDS}`);
      runs.push(await oneRound(round));
    }
    return { table: table(runs), goals: goals(runs), plots: [plot(runs)], raw: runs.flat().map(({ resources, ...run }) => ({ ...run, resources: resources.length })) };
  },
};

/** Who is first changes from round to round. */
async function oneRound(round: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (const validation of VALIDATIONS) {
    for (const count of [...COUNTS, MOST]) {
      for (const kind of round % 2 ? [...KINDS].reverse() : KINDS) runs.push(await synthesize({ kind, count, validation }));
    }
  }
  return runs;
}

const of = (round: readonly Run[], { kind, count, validation }: Options): Run =>
  round.find((run) => run.kind === kind && run.count === count && run.validation === validation) as Run;

const medianOf = (rounds: readonly Run[][], options: Options, figure: Figure): number => median(rounds.map((round) => of(round, options)[figure]));

const ratio = (rounds: readonly Run[][], options: Omit<Options, 'kind'>, figure: Figure): number =>
  median(rounds.map((round) => of(round, { ...options, kind: 'ours' })[figure] / of(round, { ...options, kind: 'one provider' })[figure]));

function table(rounds: readonly Run[][]): Measured['table'] {
  const figures: Figure[] = ['process', 'synthesis', 'cpu'];
  const cells = (options: Omit<Options, 'kind'>, figure: Figure) => [
    ...KINDS.map((kind) => `${Math.round(medianOf(rounds, { ...options, kind }, figure))} ms`),
    `${ratio(rounds, options, figure).toFixed(2)} ×`,
  ];
  return {
    columns: ['exports', 'CDK\'s validation', ...['process', 'synthesis', 'CPU'].flatMap((name) => [`${name}: ours`, 'peer', 'ratio'])],
    rows: VALIDATIONS.flatMap((validation) => [...COUNTS, MOST].map((count) => [
      count, validation, ...figures.flatMap((figure) => cells({ count, validation }, figure)),
    ])),
  };
}

function goals(rounds: readonly Run[][]): Goal[] {
  const ratios = (validation: Options['validation']) => COUNTS.map((count) => ratio(rounds, { count, validation }, 'process'));
  const text = (numbers: readonly number[]) => numbers.map((number) => number.toFixed(2)).join(', ');
  const started = rounds.flat().filter(({ kind }) => kind === 'ours').flatMap(({ processes }) => processes);
  return [
    {
      goal: `at most ${GOAL} × with ${COUNTS.join(', ')} exports (process)`,
      reached: `${text(ratios('with'))}; without CDK's validation ${text(ratios('without'))}`,
      met: VALIDATIONS.every((validation) => ratios(validation).every((each) => each <= GOAL)),
    },
    {
      goal: 'no bundler run',
      reached: started.length ? `started: ${[...new Set(started)].join(', ')}` : `no process started in ${rounds.flat().length / 2} syntheses`,
      met: started.length === 0,
    },
  ];
}

function plot(rounds: readonly Run[][]): Plot {
  const points = VALIDATIONS.flatMap((validation) => KINDS.flatMap((kind) => [...COUNTS, MOST].map((count) => ({
    series: `${kind === 'ours' ? 'exports' : 'custom resources on one provider'}, ${validation} CDK's validation`,
    x: count,
    y: medianOf(rounds, { kind, count, validation }, 'process') / 1000,
  }))));
  return { name: 'synthesis', title: 'Synthesis', x: { label: 'exports', scale: 'log' }, y: { label: 'seconds of the process', scale: 'log' }, points };
}
