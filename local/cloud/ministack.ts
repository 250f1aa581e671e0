import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MiniStackSettings } from './environment-variables';
import { ministackVariables } from './environment-variables';
import { freePort, requireFree } from './free-port';
import { Guarded } from './guarded';
import { lambdaRuntimeModules, ministackPython } from './paths';

export interface MiniStackOptions
  extends Pick<MiniStackSettings, 'environment' | 'functionEnvironment' | 'functionsAtOnce' | 'enforceIam'> {
  /** Default: any free port. */
  readonly port?: number;
}

const START_TIMEOUT_MS = 60_000;
const MAX_ATTEMPTS = 5;
const MAX_LOG_CHARACTERS = 1_000_000;

/** A MiniStack on the loopback interface. All its files are in one temporary folder. */
export class MiniStack {
  private readonly command: Guarded;
  private output = '';

  private constructor(
    public readonly endpoint: string,
    /** Folder of its files and of those of the callers. Deleted when MiniStack stops. */
    public readonly folder: string,
    [python, ...program]: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv,
  ) {
    const onOutput = (text: string) => (this.output = (this.output + text).slice(-MAX_LOG_CHARACTERS));
    this.command = new Guarded(python, program, { env, cwd: folder, folder, onOutput });
  }

  public static async start(options: MiniStackOptions): Promise<MiniStack> {
    if (options.port !== undefined) await requireFree(options.port);
    for (let attempt = 1; ; attempt += 1) {
      const ministack = await MiniStack.launch(options, options.port ?? (await freePort()));
      try {
        await ministack.ready();
        return ministack;
      } catch (error) {
        await ministack.stop();
        const { log } = ministack;
        // Another process may bind the free port before MiniStack does.
        if (attempt < MAX_ATTEMPTS && options.port === undefined && /already in use/i.test(log)) continue;
        throw new Error(`MiniStack did not start: ${(error as Error).message}.${lastLines(log)}`, { cause: error });
      }
    }
  }

  private static async launch(options: MiniStackOptions, port: number): Promise<MiniStack> {
    const [python, runtimeModules] = [ministackPython(), lambdaRuntimeModules()];
    const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
    await mkdir(join(folder, 'tmp'));
    const env = ministackVariables({ ...options, port, folder, runtimeModules });
    const program = options.enforceIam ? [join(__dirname, 'ministack_enforced.py')] : ['-m', 'ministack'];
    return new MiniStack(`http://127.0.0.1:${port}`, folder, [python, ...program], env);
  }

  /** The last lines of MiniStack's output. */
  public get log(): string {
    return this.output;
  }

  /** Stops MiniStack and its Lambda functions and deletes its files. May be called more than once. */
  public async stop(): Promise<void> {
    await this.command.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (!this.command.running) throw new Error('the process exited');
      if ((await editionAt(this.endpoint)) === basename(this.folder)) return;
      await sleep(50);
    }
    throw new Error(`no answer on ${this.endpoint} within ${START_TIMEOUT_MS / 1000} seconds`);
  }
}

/** The MINISTACK_EDITION of the MiniStack at the endpoint. Another MiniStack may listen on the port. */
async function editionAt(endpoint: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) });
    return ((await response.json()) as { edition?: string }).edition;
  } catch {
    return undefined;
  }
}

function lastLines(log: string): string {
  const last = log.trimEnd().split('\n').slice(-10).join('\n');
  return last === '' ? '' : ` The last lines of its output:\n${last}`;
}
