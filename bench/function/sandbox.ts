import { accessSync, constants, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processorShare } from './processor-share';

const [CPU, MEMORY] = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup/memory'];

const PERIOD_MICROSECONDS = 20_000;

/** The weight of a sandbox beside the other processes of the machine, which have 1,024 each. */
const CPU_SHARES = 32_768;

let sandboxes = 0;

/** The limits of a Lambda function, as control groups of Linux (version 1): its memory, and its processors after the initialization. */
export class Sandbox {
  private readonly cpu: string;
  private readonly memory: string;

  /** @param memoryMegabytes memory size of the function, in MB. */
  public constructor(memoryMegabytes: number) {
    const name = `bench-${process.pid}-${++sandboxes}`;
    [this.cpu, this.memory] = [join(CPU, name), join(MEMORY, name)];
    for (const group of [this.cpu, this.memory]) mkdirSync(group);
    const quota = Math.round(processorShare(memoryMegabytes) * PERIOD_MICROSECONDS);
    writeFileSync(join(this.cpu, 'cpu.cfs_period_us'), String(PERIOD_MICROSECONDS));
    writeFileSync(join(this.cpu, 'cpu.cfs_quota_us'), String(quota));
    writeFileSync(join(this.cpu, 'cpu.shares'), String(CPU_SHARES));
    writeFileSync(join(this.memory, 'memory.limit_in_bytes'), String(memoryMegabytes * 2 ** 20));
  }

  /** The reason why this machine cannot measure, with the remedy. */
  public static unavailable(): string | undefined {
    try {
      for (const group of [CPU, MEMORY]) accessSync(join(group, 'cgroup.procs'), constants.W_OK);
      return undefined;
    } catch {
      return `Needs root on Linux with control groups of version 1 (writable ${CPU} and ${MEMORY}), which limit a process as Lambda does.`;
    }
  }

  /** A command that runs `command` with the memory limit. */
  public limited(command: string, args: readonly string[]): [string, string[]] {
    const script = 'echo $$ > "$1" && shift && exec "$@"';
    return ['sh', ['-c', script, 'sh', join(this.memory, 'cgroup.procs'), command, ...args]];
  }

  /** Limits the processors of a process. Lambda does so after the initialization. */
  public throttle(pid: number): void {
    writeFileSync(join(this.cpu, 'cgroup.procs'), String(pid));
  }

  /** Call this after the process has ended. */
  public remove(): void {
    for (const group of [this.cpu, this.memory]) rmdirSync(group);
  }
}
