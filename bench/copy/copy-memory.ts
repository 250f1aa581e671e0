import type { Goal, Measured, Measurement } from '../measurement';
import type { ContestantName } from './contestants';
import type { Copies } from './copies';
import { copies, medianPeak } from './copies';
import { MIB } from './scene';

const MAX_GROWTH_MIB = 32;

const METHOD = `
The most memory that is resident at any time of the process, its start included, in the copies of P3: what Linux keeps as \`VmHWM\`, of \`curl\` and the AWS CLI
added up. **Ours** runs with the heap that Node.js allows itself where it finds 256 or 512 MiB of memory, which is what it finds in a Lambda function of that
size (\`--max-old-space-size=256 --max-semi-space-size=1\`); the other processes with what they allow themselves on this machine.

What grows with the bundle, up to a point, is garbage: V8 lets some 20 to 30 MiB of buffers of the socket lie before it collects them. Smaller blocks of the
end and fewer streams between socket and hash changed nothing more (P3 tells what did).
`;

export const copyMemory: Measurement = {
  id: 'P4',
  title: 'peak resident memory of the same copies',
  method: METHOD,
  async measure(progress) {
    return summary(await copies(progress));
  },
};

const SERIES: ReadonlyArray<readonly [ContestantName, string]> = [
  ['ours', 'ours'],
  ['awsCli', 'AWS CLI'],
  ['inMemory', 'in memory'],
  ['toDisk', 'to disk'],
];

function summary(all: readonly Copies[]): Measured {
  return {
    table: {
      columns: ['bundle', 'assets', ...SERIES.map(([, label]) => label)],
      rows: all.map((of) => [
        `${of.bundle.mebibytes} MiB, ${of.bundle.packing}`,
        of.bundle.entries,
        ...SERIES.map(([name]) => `${mebibytes(of, name).toFixed(0)} MiB`),
      ]),
    },
    goals: [growthGoal(all)],
    raw: all,
    plots: [
      {
        name: 'copy-memory',
        title: 'Peak memory of copying a bundle (entries stored)',
        x: { label: 'MiB', scale: 'log' },
        y: { label: 'MiB resident', scale: 'log' },
        points: all
          .filter(({ bundle }) => bundle.packing === 'stored')
          .flatMap((of) =>
            SERIES.map(([name, series]) => ({ series, x: of.bundle.mebibytes, y: mebibytes(of, name) })),
          ),
      },
    ],
  };
}

function growthGoal(all: readonly Copies[]): Goal {
  const peaks = all
    .filter(({ bundle }) => bundle.packing === 'stored' && [1, 1023].includes(bundle.mebibytes))
    .map((of) => mebibytes(of, 'ours'));
  const [least, most] = [Math.min(...peaks), Math.max(...peaks)];
  return {
    goal: `grows by at most ${MAX_GROWTH_MIB} MiB from 1 MiB to 1 GiB`,
    reached: `${(most - least).toFixed(0)} MiB: from ${least.toFixed(0)} to ${most.toFixed(0)} MiB`,
    met: most - least <= MAX_GROWTH_MIB,
  };
}

const mebibytes = (of: Copies, name: ContestantName): number => medianPeak(of, name) / MIB;
