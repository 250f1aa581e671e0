import type { Measured, Measurement, Plot } from '../measurement';
import type { Kind, Run } from './synthesis';
import { build, synthesize } from './synthesis';

const GOAL = 1;
const COUNTS = [1, 10, 100];
/** Limit of CloudFormation. CDK rejects 100 exports with a provider each, because they exceed it. */
const MAX_RESOURCES = 500;

const COUNTS_OF: Record<Kind, readonly number[]> = { ours: COUNTS, 'one provider': COUNTS, 'a provider each': [1, 10] };

const NAMES: Record<Kind, string> = {
  ours: 'exports',
  'one provider': 'custom resources on one bare provider',
  'a provider each': 'a bare provider per export',
};

export const templateSize: Measurement = {
  id: 'P7',
  title: 'Resources in the template per further export',
  method: `The number of resources in the template, \`CDKMetadata\` included, for the apps of P6 and for an app with a bare provider for each export
(two functions, the three functions of the framework, the waiter, their roles, policies and log groups). The figure per further export is the difference
between 10 exports and one, divided by 9.`,

  async measure(progress): Promise<Measured> {
    await build(progress);
    const runs: Run[] = [];
    for (const [kind, counts] of Object.entries(COUNTS_OF) as Array<[Kind, readonly number[]]>) {
      for (const count of counts) runs.push(await synthesize({ kind, count, validation: 'without' }));
    }
    const resources = (kind: Kind, count: number) =>
      runs.find((run) => run.kind === kind && run.count === count)?.resources.length;
    const further = (kind: Kind) => ((resources(kind, 10) ?? NaN) - (resources(kind, 1) ?? NaN)) / 9;
    const most = (kind: Kind) => Math.floor((MAX_RESOURCES - (resources(kind, 1) ?? NaN)) / further(kind)) + 1;
    const kinds = Object.keys(NAMES) as Kind[];
    return {
      table: {
        columns: [
          '',
          ...COUNTS.map((count) => `with ${count}`),
          'per further export',
          `most in a template of ${MAX_RESOURCES}`,
        ],
        rows: kinds.map((kind) => [
          NAMES[kind],
          ...COUNTS.map((count) => resources(kind, count) ?? `over ${MAX_RESOURCES}`),
          further(kind),
          most(kind),
        ]),
      },
      goals: [
        {
          goal: `${GOAL} per further export`,
          reached: `${further('ours')}, also from 10 to 100: ${((resources('ours', 100) ?? NaN) - (resources('ours', 10) ?? NaN)) / 90}; a provider per export takes ${further('a provider each')}`,
          met:
            further('ours') === GOAL && (resources('ours', 100) ?? NaN) - (resources('ours', 10) ?? NaN) === 90 * GOAL,
        },
      ],
      plots: [plot(runs)],
      raw: runs.map(({ kind, count, resources: types }) => ({ kind, count, resources: tally(types) })),
    };
  },
};

function tally(types: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of [...types].sort()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function plot(runs: readonly Run[]): Plot {
  return {
    name: 'resources',
    title: 'Resources in the template',
    x: { label: 'exports', scale: 'log' },
    y: { label: 'resources', scale: 'log' },
    points: runs.map(({ kind, count, resources }) => ({ series: NAMES[kind], x: count, y: resources.length })),
  };
}
