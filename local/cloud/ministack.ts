import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MiniStackSettings } from './environment-variables';
import { ministackEnvironment } from './environment-variables';
import { freePort, requireFree } from './free-port';
import { Guarded } from './guarded';
import { lambdaRuntimeModules, ministackPython } from './paths';

export interface MiniStackOptions
  extends Pick<MiniStackSettings, 'place' | 'functionEnvironment' | 'functionsAtOnce' | 'enforceIam'> {
  /** Default: any free one. */
  readonly port?: number;
}

const READY_WITHIN_MS = 60_000;
const ATTEMPTS = 5;
const LOG_LENGTH = 1_000_000;

/** A MiniStack of our own on the loopback interface, with all its files in a folder of its own. */
export class MiniStack {
  private readonly command: Guarded;
  private printed = '';

  private constructor(
    public readonly endpoint: string,
    /** Its files, and those of whoever works with it; gone when it has stopped. */
    public readonly folder: string,
    [python, ...program]: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv,
  ) {
    const onOutput = (text: string) => (this.printed = (this.printed + text).slice(-LOG_LENGTH));
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
        // A free port may be taken between its choice and its use.
        if (attempt < ATTEMPTS && options.port === undefined && /already in use/i.test(log)) continue;
        throw new Error(`MiniStack did not start: ${(error as Error).message}.${quoted(log)}`, { cause: error });
      }
    }
  }

  private static async launch(options: MiniStackOptions, port: number): Promise<MiniStack> {
    const [python, runtimeModules] = [ministackPython(), lambdaRuntimeModules()];
    const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
    await mkdir(join(folder, 'tmp'));
    const env = ministackEnvironment({ ...options, port, folder, runtimeModules });
    const program = options.enforceIam ? [join(__dirname, 'ministack_enforced.py')] : ['-m', 'ministack'];
    return new MiniStack(`http://127.0.0.1:${port}`, folder, [python, ...program], env);
  }

  /** The end of what MiniStack printed so far. */
  public get log(): string {
    return this.printed;
  }

  /** Ends MiniStack and its Lambda functions and removes its files. May be called more than once. */
  public async stop(): Promise<void> {
    await this.command.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (!this.command.running) throw new Error('it ended at once');
      if ((await editionAt(this.endpoint)) === basename(this.folder)) return;
      await sleep(50);
    }
    throw new Error(`it did not answer on ${this.endpoint} within ${READY_WITHIN_MS / 1000} seconds`);
  }
}

/** The name that the MiniStack at the endpoint was given (see `ministackEnvironment`): another one may have taken the port. */
async function editionAt(endpoint: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) });
    return ((await response.json()) as { edition?: string }).edition;
  } catch {
    return undefined;
  }
}

function quoted(log: string): string {
  const last = log.trimEnd().split('\n').slice(-10).join('\n');
  return last === '' ? '' : ` Its last lines:\n${last}`;
}
