import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface GuardedOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Removed when the command has ended. */
  readonly folder?: string;
  /** Gets what it prints, errors too, as it does. */
  readonly onOutput: (text: string) => void;
}

/** A command with all that it starts, which ends at the latest when this process does, however this one ends. */
export class Guarded {
  /** The exit code, when all is gone. Never rejects. */
  public readonly ended: Promise<number>;
  private readonly guardian: ChildProcess;
  private group: number | undefined;
  private over = false;

  public constructor(command: string, args: readonly string[], { env, cwd, folder = '-', onOutput }: GuardedOptions) {
    this.guardian = spawn(process.execPath, [join(__dirname, 'guardian.mjs'), folder, command, ...args], {
      // Of a session of its own: a Ctrl-C at the terminal reaches this process alone, which ends things in order.
      detached: true,
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    // It may be gone when it is told to end.
    this.guardian.stdin?.on('error', () => {});
    this.guardian.stdio[3]?.on('data', (text: Buffer) => (this.group = Number(text)));
    for (const stream of [this.guardian.stdout, this.guardian.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
    this.ended = new Promise((resolve) => {
      const end = (code: number) => {
        this.over = true;
        resolve(code);
      };
      this.guardian
        .once('error', () => end(1))
        .once('exit', () => this.killGroup())
        .once('close', (code) => end(code ?? 1));
    });
  }

  public get running(): boolean {
    return !this.over;
  }

  /** Ends the command and all that it started. May be called more than once. */
  public async stop(): Promise<void> {
    this.guardian.stdin?.end();
    await this.ended;
  }

  /** For the case that someone ended the guardian itself. */
  private killGroup(): void {
    if (this.group === undefined) return;
    try {
      process.kill(-this.group, 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  }
}
