import type { Goal, Measured, Measurement, Plot } from '../measurement';
import { median } from '../statistics';
import type { Kind, Options, Run } from './synthesis';
import { build, synthesize } from './synthesis';

const GOAL = 1.25;
const COUNTS = [1, 10, 100];
/** Close to the limit of 500 resources in a template. Without a goal. */
const LARGEST = 300;
const ROUNDS = 15;
/** CDK's validation takes seconds, so it is measured only in each third round. */
const VALIDATION_INTERVAL = 3;

const VALIDATIONS = ['with', 'without'] as const;
const KINDS = ['ours', 'one provider'] as const satisfies readonly Kind[];

type Figure = 'process' | 'synthesis' | 'cpu';

export const synthesisTime: Measurement = {
  id: 'P6',
  title: 'Synthesis of an app with many exports',
  method: `An app with one stack of exports, compared with an app with the same number of bare \`CustomResource\`s on one bare \`cr.Provider\` (the same
handlers, without permissions, bucket, order or validation). Both are the JavaScript output of \`tsc\`, use the built package, and have the context of a
new app. Each synthesis is a process of its own, ours and the peer in turn.

*Process* is the time of \`node app.js\` in \`cdk synth\`, the import of \`aws-cdk-lib\` included. *Synthesis* is the time from \`new App\` to the end of
\`app.synth()\`. *CPU* is the processor time of the whole process. The goal uses it, because other load on the machine affects it least. The figures are
medians of ${ROUNDS} rounds, or ${ROUNDS / VALIDATION_INTERVAL} with
validation. The ratios are those of the medians.

CDK validates the template of an app by default. The validation takes longer than everything else and is the same work for both, so the goal is also
measured without it. The app records the processes that it starts, such as a bundler.`,

  async measure(progress): Promise<Measured> {
    await build(progress);
    const runs: Run[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      progress(`round ${round + 1} of ${ROUNDS}`);
      runs.push(...(await oneRound(round)));
    }
    return {
      table: table(runs),
      goals: goals(runs),
      plots: [plot(runs)],
      raw: runs.map(({ resources, ...run }) => ({ ...run, resources: resources.length })),
    };
  },
};

/** The order of ours and the peer changes from round to round. */
async function oneRound(round: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (const validation of VALIDATIONS) {
    if (validation === 'with' && round % VALIDATION_INTERVAL) continue;
    for (const count of [...COUNTS, LARGEST]) {
      for (const kind of round % 2 ? [...KINDS].reverse() : KINDS)
        runs.push(await synthesize({ kind, count, validation }));
    }
  }
  return runs;
}

const medianOf = (runs: readonly Run[], { kind, count, validation }: Options, figure: Figure): number =>
  median(
    runs
      .filter((run) => run.kind === kind && run.count === count && run.validation === validation)
      .map((run) => run[figure]),
  );

const ratio = (runs: readonly Run[], options: Omit<Options, 'kind'>, figure: Figure): number =>
  medianOf(runs, { ...options, kind: 'ours' }, figure) / medianOf(runs, { ...options, kind: 'one provider' }, figure);

function table(runs: readonly Run[]): Measured['table'] {
  const figures = { CPU: 'cpu', process: 'process', synthesis: 'synthesis' } as const;
  const cells = (options: Omit<Options, 'kind'>, figure: Figure) => [
    ...KINDS.map((kind) => `${Math.round(medianOf(runs, { ...options, kind }, figure))} ms`),
    `${ratio(runs, options, figure).toFixed(2)} ×`,
  ];
  return {
    columns: [
      'exports',
      "CDK's validation",
      ...Object.keys(figures).flatMap((name) => [`${name}: ours`, 'peer', 'ratio']),
    ],
    rows: VALIDATIONS.flatMap((validation) =>
      [...COUNTS, LARGEST].map((count) => [
        count,
        validation,
        ...Object.values(figures).flatMap((figure) => cells({ count, validation }, figure)),
      ]),
    ),
  };
}

function goals(runs: readonly Run[]): Goal[] {
  const held = VALIDATIONS.map((validation): Goal => {
    const ratios = COUNTS.map((count) => ratio(runs, { count, validation }, 'cpu'));
    return {
      goal: `at most ${GOAL} × with ${COUNTS.join(', ')} exports, ${validation} CDK's validation`,
      reached: `${ratios.map((each) => each.toFixed(2)).join(', ')} ×`,
      met: ratios.every((each) => each <= GOAL),
    };
  });
  const ours = runs.filter(({ kind }) => kind === 'ours');
  const started = new Set(ours.flatMap(({ processes }) => processes));
  return [
    ...held,
    {
      goal: 'no bundler runs',
      reached: started.size ? `started: ${[...started].join(', ')}` : `no process started in ${ours.length} syntheses`,
      met: started.size === 0,
    },
  ];
}

function plot(runs: readonly Run[]): Plot {
  const points = VALIDATIONS.flatMap((validation) =>
    KINDS.flatMap((kind) =>
      [...COUNTS, LARGEST].map((count) => ({
        series: `${kind === 'ours' ? 'exports' : 'bare custom resources'}, ${validation} CDK's validation`,
        x: count,
        y: medianOf(runs, { kind, count, validation }, 'cpu') / 1000,
      })),
    ),
  );
  return {
    name: 'synthesis',
    title: 'Synthesis',
    x: { label: 'exports', scale: 'log' },
    y: { label: 'CPU seconds', scale: 'log' },
    points,
  };
}
