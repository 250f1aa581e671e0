import { median } from '../statistics';
import type { Packing } from './bundle-file';
import type { ContestantName, Run } from './contestants';
import { CONTESTANTS } from './contestants';
import type { Bundle, BundleFacts } from './scene';
import { Scene } from './scene';

/** All runs of all contestants with one bundle. */
export interface Copies {
  readonly bundle: BundleFacts;
  readonly runs: Record<ContestantName, readonly Run[]>;
}

/** None of 1 GiB with deflated entries: there are 12 GiB in it, and what 64 MiB take tells what they take. */
const BUNDLES: ReadonlyArray<{ packing: Packing; mebibytes: number; times: number }> = [
  { packing: 'stored', mebibytes: 1, times: 5 },
  { packing: 'stored', mebibytes: 64, times: 3 },
  { packing: 'stored', mebibytes: 1023, times: 3 },
  { packing: 'deflated', mebibytes: 1, times: 5 },
  { packing: 'deflated', mebibytes: 64, times: 3 },
];

let measured: Promise<readonly Copies[]> | undefined;

/** Measures once, for time and memory are of the same copies. */
export function copies(progress: (line: string) => void): Promise<readonly Copies[]> {
  return (measured ??= measure(progress));
}

async function measure(progress: (line: string) => void): Promise<readonly Copies[]> {
  progress('preparing the S3 endpoint and the source of the bundles');
  const scene = await Scene.prepare();
  try {
    const all: Copies[] = [];
    for (const { packing, mebibytes, times } of BUNDLES)
      all.push(await inTurn(scene, await scene.bundle(packing, mebibytes), times, progress));
    return all;
  } finally {
    await scene.end();
  }
}

/** Each contestant once, and all of them again and again, so that what else the machine does meets them alike. */
async function inTurn(scene: Scene, bundle: Bundle, times: number, progress: (line: string) => void): Promise<Copies> {
  const { facts } = bundle;
  const names = Object.keys(CONTESTANTS) as ContestantName[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<ContestantName, Run[]>;
  for (let time = 1; time <= times; time++) {
    for (const name of names) runs[name].push(await CONTESTANTS[name](scene, bundle));
    progress(
      `${facts.mebibytes} MiB ${facts.packing}, ${time} of ${times}: ${names.map((name) => `${name} ${runs[name].at(-1)?.seconds.toFixed(2)} s`).join(', ')}`,
    );
  }
  return { bundle: facts, runs };
}

export const medianSeconds = ({ runs }: Copies, name: ContestantName): number =>
  median(runs[name].map(({ seconds }) => seconds));

export const medianPeak = ({ runs }: Copies, name: ContestantName): number =>
  median(runs[name].map(({ peakBytes }) => peakBytes));
