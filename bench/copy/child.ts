import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Ended {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** Processor time of the process and its child processes. Linux reports it in steps of 10 ms. */
  readonly cpuSeconds: number;
  /** Sum of the peak memory of each process. */
  readonly peakBytes: number;
  readonly output: string;
}

const SAMPLE_INTERVAL_MS = 10;

/** Linux reports processor time to programs in this unit on every architecture. */
const TICKS_PER_SECOND = 100;

/**
 * Runs a command until it ends. One command at a time, because processor time is counted for all child processes together.
 * Linux keeps the peak memory of a process, so a sample misses only growth in the last milliseconds.
 */
export function runToEnd(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [begin, cpuBefore] = [performance.now(), cpuSecondsOfEndedChildren()];
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const peaks = new Map<number, number>();
    const sampling = setInterval(() => {
      for (const pid of processTree(child.pid)) peaks.set(pid, peakOf(pid) ?? peaks.get(pid) ?? 0);
    }, SAMPLE_INTERVAL_MS);
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child
      .once('error', reject)
      .once('exit', () => clearInterval(sampling))
      .once('close', (code) => {
        const seconds = (performance.now() - begin) / 1000;
        const cpuSeconds = cpuSecondsOfEndedChildren() - cpuBefore;
        const peakBytes = [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
        if (code !== 0) reject(new Error(`${command} ended with ${code}: ${errors.trim()}`));
        else resolve({ seconds, cpuSeconds, peakBytes, output });
      });
  });
}

/** The fields cutime and cstime of proc_pid_stat(5), which include the child processes of child processes. */
function cpuSecondsOfEndedChildren(): number {
  const fields = read('/proc/self/stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

function processTree(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(processTree)];
}

function peakOf(pid: number): number | undefined {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Empty for a process that has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
