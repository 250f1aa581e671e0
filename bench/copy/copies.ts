import { median } from '../statistics';
import type { Packing } from './bundle-file';
import type { Bundle, BundleFacts } from './copy-setup';
import { CopySetup } from './copy-setup';
import type { Run, VariantName } from './variants';
import { VARIANTS } from './variants';

/** All runs of all variants with one bundle. */
export interface Copies {
  readonly bundle: BundleFacts;
  readonly heapFlags: Readonly<Record<'ours' | 'oursDefaultHeap', readonly string[]>>;
  readonly runs: Record<VariantName, readonly Run[]>;
}

/** The largest bundle is just below the limit of 1 GiB. With deflated entries it would contain 12 GiB. */
const BUNDLES: ReadonlyArray<{ packing: Packing; mebibytes: number; times: number }> = [
  { packing: 'stored', mebibytes: 1, times: 5 },
  { packing: 'stored', mebibytes: 64, times: 5 },
  { packing: 'stored', mebibytes: 1023, times: 3 },
  { packing: 'deflated', mebibytes: 1, times: 5 },
  { packing: 'deflated', mebibytes: 64, times: 3 },
];

let measured: Promise<readonly Copies[]> | undefined;

/** Measures once: time and memory are figures of the same copies. */
export function copies(progress: (line: string) => void): Promise<readonly Copies[]> {
  return (measured ??= measure(progress));
}

async function measure(progress: (line: string) => void): Promise<readonly Copies[]> {
  progress('preparing the S3 endpoint and the source of the bundles');
  const setup = await CopySetup.prepare();
  try {
    const all: Copies[] = [];
    for (const { packing, mebibytes, times } of BUNDLES)
      all.push(await inTurn(setup, await setup.bundle(packing, mebibytes), times, progress));
    return all;
  } finally {
    await setup.end();
  }
}

/** Runs the variants in turn, so that other load on the machine affects all of them alike. */
async function inTurn(
  setup: CopySetup,
  bundle: Bundle,
  times: number,
  progress: (line: string) => void,
): Promise<Copies> {
  const { facts } = bundle;
  const names = Object.keys(VARIANTS) as VariantName[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<VariantName, Run[]>;
  for (let time = 1; time <= times; time++) {
    for (const name of names) runs[name].push(await VARIANTS[name](setup, bundle));
    progress(
      `${facts.mebibytes} MiB ${facts.packing}, ${time} of ${times}: ${names.map((name) => `${name} ${runs[name].at(-1)?.seconds.toFixed(2)} s`).join(', ')}`,
    );
  }
  return { bundle: facts, heapFlags: { ours: setup.heapFlags, oursDefaultHeap: setup.defaultHeapFlags }, runs };
}

export const medianOf = ({ runs }: Copies, name: VariantName, figure: keyof Run): number =>
  median(runs[name].map((run) => run[figure]));
