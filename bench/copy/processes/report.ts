import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Reported {
  readonly seconds: number;
  /** Processor time in all threads. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Facts of the copy that the caller verifies. */
  readonly result?: unknown;
}

/** Runs the copy, and prints its duration, its processor time and the peak memory of this process. */
export async function report(copy: () => Promise<unknown>): Promise<void> {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  const result = await copy();
  const { user, system } = process.cpuUsage(before);
  const reported: Reported = {
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: peakBytes(),
    result,
  };
  console.log(JSON.stringify(reported));
}

/** Linux counts VmHWM from the start of this program. The value of getrusage() may be that of the parent process. */
export function peakBytes(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
