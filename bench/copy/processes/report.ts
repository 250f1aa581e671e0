import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Reported {
  readonly seconds: number;
  readonly peakBytes: number;
  /** What else the copy tells. */
  readonly result?: unknown;
}

/** Runs the copy, and prints how long it took and the most memory that this process had. */
export async function report(copy: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  const result = await copy();
  const reported: Reported = { seconds: (performance.now() - begin) / 1000, peakBytes: peakBytes(), result };
  console.log(JSON.stringify(reported));
}

/** As Linux counts it from the start of this program; what getrusage() tells may be the parent's. */
function peakBytes(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
