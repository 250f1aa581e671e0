import { IS_COMPLETE_MEMORY_MEGABYTES } from '../../lib/export/export-provider';
import type { Goal, Measured, Measurement } from '../measurement';
import type { Copies } from './copies';
import { copies, medianOf } from './copies';
import { MIB } from './copy-setup';
import { lambdaHeapFlags } from './lambda-heap';
import type { VariantName } from './variants';

const MAX_GROWTH_MIB = 32;

const METHOD = `
The peak of the resident memory of the process, its start included, in the copies of P3: \`VmHWM\` of Linux, and for the AWS CLI the sum with \`curl\`.
**Ours** runs with the heap flags in \`NODE_OPTIONS\` of the isComplete function. **Default heap** is the same copy with the flags that the bootstrap of the Lambda
runtime sets for the memory size of the function (${IS_COMPLETE_MEMORY_MEGABYTES} MB) when \`NODE_OPTIONS\` has none: a tenth of the memory is new space, with two semi-spaces, and the rest
is old space (\`${lambdaHeapFlags(IS_COMPLETE_MEMORY_MEGABYTES).join(' ')}\`). The other processes run without flags. The runtime's own client in Lambda is not part of the process.

The growth is garbage: Node.js frees the buffers of sockets and files only when it collects the new space, and large semi-spaces delay that. In the default heap
the download alone grows by about 50 MiB, the upload by 40 MiB and the verification by 60 MiB. An explicit collection every 10 ms, or semi-spaces of 1 MiB, limit the
growth to about 16 MiB at the same processor time. Semi-spaces of 2 and 4 MiB limit it to 34 and 55 MiB.
`;

export const copyMemory: Measurement = {
  id: 'P4',
  title: 'Peak of the resident memory of the same copies',
  method: METHOD,
  async measure(progress) {
    return summary(await copies(progress));
  },
};

const SERIES: ReadonlyArray<readonly [VariantName, string]> = [
  ['ours', 'ours'],
  ['oursDefaultHeap', 'ours, default heap'],
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
  const [smallest, largest] = [1, 1023].map((size) =>
    all.find(({ bundle }) => bundle.packing === 'stored' && bundle.mebibytes === size),
  ) as [Copies, Copies];
  const [from, to] = [mebibytes(smallest, 'ours'), mebibytes(largest, 'ours')];
  return {
    goal: `grows by at most ${MAX_GROWTH_MIB} MiB from 1 MiB to 1 GiB with \`${largest.heapFlags.ours.join(' ')}\``,
    reached: `${(to - from).toFixed(0)} MiB: from ${from.toFixed(0)} to ${to.toFixed(0)} MiB`,
    met: to - from <= MAX_GROWTH_MIB,
  };
}

const mebibytes = (of: Copies, name: VariantName): number => medianOf(of, name, 'peakBytes') / MIB;
