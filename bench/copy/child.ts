import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Ended {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** The highest memory of each of its processes, added up. */
  readonly peakBytes: number;
  readonly output: string;
}

const LOOK_EVERY_MS = 10;

/** Runs a command to its end, and looks at its memory meanwhile: Linux keeps the peak, so that little escapes between two looks. */
export function runToEnd(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const peaks = new Map<number, number>();
    const look = setInterval(() => {
      for (const pid of family(child.pid)) peaks.set(pid, peakOf(pid) ?? peaks.get(pid) ?? 0);
    }, LOOK_EVERY_MS);
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child
      .once('error', reject)
      .once('exit', () => clearInterval(look))
      .once('close', (code) => {
        const seconds = (performance.now() - begin) / 1000;
        if (code !== 0) reject(new Error(`${command} ended with ${code}: ${errors.trim()}`));
        else resolve({ seconds, peakBytes: [...peaks.values()].reduce((sum, peak) => sum + peak, 0), output });
      });
  });
}

function family(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
}

function peakOf(pid: number): number | undefined {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Empty for a process that is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
