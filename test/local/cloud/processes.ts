import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The ids of the processes of the local cloud with this folder: its guardian, MiniStack and the functions. */
export async function processesOf(folder: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return { pid: Number(pid), parent: Number(parent), args };
    });
  const found = new Set(all.filter(({ args }) => args.includes(folder)).map(({ pid }) => pid));
  for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  return [...found];
}

export const isAlive = async (pid: number): Promise<boolean> => {
  // A zombie is not alive.
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

/** The processes, the folder and the endpoint that still exist some time after the end of a local cloud. */
export async function leftovers({
  pids,
  folder,
  endpoint,
}: {
  pids: readonly number[];
  folder: string;
  endpoint: string;
}): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const left = [];
    for (const pid of pids) if (await isAlive(pid)) left.push(`process ${pid}`);
    if (existsSync(folder)) left.push(folder);
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      left.push(endpoint);
    if (left.length === 0 || tries === 50) return left;
    await sleep(100);
  }
}
