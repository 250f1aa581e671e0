import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface GuardedOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Folder to delete after the command has ended. */
  readonly folder?: string;
  /** Called with each piece of output, including standard error. */
  readonly onOutput: (text: string) => void;
}

/** A command that ends, with all its child processes, no later than this process, however this process ends. */
export class Guarded {
  /** Exit code, after all processes have ended. Never rejects. */
  public readonly ended: Promise<number>;
  private readonly guardian: ChildProcess;
  private group: number | undefined;
  private hasEnded = false;

  public constructor(command: string, args: readonly string[], { env, cwd, folder = '-', onOutput }: GuardedOptions) {
    this.guardian = spawn(process.execPath, [join(__dirname, 'guardian.mjs'), folder, command, ...args], {
      // A session of its own: Ctrl-C then reaches only this process, which stops everything in order.
      detached: true,
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    // The guardian may have exited before its input is closed.
    this.guardian.stdin?.on('error', () => {});
    this.guardian.stdio[3]?.on('data', (text: Buffer) => (this.group = Number(text)));
    for (const stream of [this.guardian.stdout, this.guardian.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
    this.ended = new Promise((resolve) => {
      const end = (code: number) => {
        this.hasEnded = true;
        resolve(code);
      };
      this.guardian
        .once('error', () => end(1))
        .once('exit', () => this.killGroup())
        .once('close', (code) => end(code ?? 1));
    });
  }

  public get running(): boolean {
    return !this.hasEnded;
  }

  /** Ends the command and all its child processes. May be called more than once. */
  public async stop(): Promise<void> {
    this.guardian.stdin?.end();
    await this.ended;
  }

  /** Covers a guardian that was killed. */
  private killGroup(): void {
    if (this.group === undefined) return;
    try {
      process.kill(-this.group, 'SIGKILL');
    } catch {
      // The group has already ended.
    }
  }
}
