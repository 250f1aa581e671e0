import { IS_COMPLETE_HEAP_FLAGS } from '../../lib/export/export-provider';
import type { Packing } from '../copy/bundle-file';
import { type Bundle, type BundleFacts, MIB } from '../copy/copy-setup';
import { type Exported, FunctionSetup } from './function-setup';

/** Memory sizes in MB. */
export const MEMORY_MEGABYTES = [192, 256, 320, 512, 768, 1024];

interface Series {
  readonly packing: Packing;
  readonly mebibytes: number;
  /** Number of functions for each memory size, and exports in each. The first is cold. */
  readonly functions: number;
  readonly exports: number;
}

/** They contain 1, 13 and 64 MiB. */
const SERIES: readonly Series[] = [
  { packing: 'stored', mebibytes: 1, functions: 16, exports: 3 },
  { packing: 'deflated', mebibytes: 1, functions: 6, exports: 2 },
  { packing: 'stored', mebibytes: 64, functions: 3, exports: 2 },
];

/** They wait for jobs most of the time. */
const FUNCTIONS_AT_ONCE = 4;

export interface Sample extends Exported {
  readonly memoryMegabytes: number;
  /** The first export of a function. */
  readonly isCold: boolean;
  readonly bundle: BundleFacts;
}

let taken: Promise<readonly Sample[]> | undefined;

/** Measures once: P1b and P3b are figures of the same exports. */
export function samples(progress: (line: string) => void): Promise<readonly Sample[]> {
  return (taken ??= measure(progress));
}

async function measure(progress: (line: string) => void): Promise<readonly Sample[]> {
  progress(`preparing the services (heap flags: ${IS_COMPLETE_HEAP_FLAGS.join(' ')})`);
  const setup = await FunctionSetup.start();
  try {
    const bundles = await Promise.all(SERIES.map(({ packing, mebibytes }) => setup.bundle(packing, mebibytes)));
    // In rounds over all sizes, so that other load on the machine affects all of them alike.
    const rounds = Array.from({ length: Math.max(...SERIES.map(({ functions }) => functions)) }, (_, round) =>
      SERIES.flatMap(({ functions, exports }, index) =>
        round < functions
          ? MEMORY_MEGABYTES.map((memoryMegabytes) => ({ memoryMegabytes, exports, bundle: bundles[index] as Bundle }))
          : [],
      ),
    ).flat();
    const all: Sample[] = [];
    await Promise.all(
      Array.from({ length: FUNCTIONS_AT_ONCE }, async () => {
        for (let next = rounds.shift(); next; next = rounds.shift()) {
          const { memoryMegabytes, exports, bundle } = next;
          const fn = await setup.function(memoryMegabytes);
          try {
            for (let each = 0; each < exports; each++) {
              const exported = await setup.export(fn, bundle);
              all.push({ memoryMegabytes, isCold: each === 0, bundle: bundle.facts, ...exported });
            }
          } finally {
            await fn.stop();
          }
          progress(`${memoryMegabytes} MB, ${nameOf(bundle.facts)}: ${rounds.length} functions are left`);
        }
      }),
    );
    return all;
  } finally {
    await setup.stop();
  }
}

/** The exports of each memory size and bundle. */
export function grouped(all: readonly Sample[]): Sample[][] {
  const names = [...new Set(all.map(({ bundle }) => nameOf(bundle)))].sort(
    (a, b) => Number.parseInt(a) - Number.parseInt(b),
  );
  return names.flatMap((name) =>
    MEMORY_MEGABYTES.map((megabytes) =>
      all.filter(({ bundle, memoryMegabytes }) => nameOf(bundle) === name && memoryMegabytes === megabytes),
    ),
  );
}

export const nameOf = ({ unpacked }: BundleFacts): string => `${Math.round(unpacked / MIB)} MiB`;
