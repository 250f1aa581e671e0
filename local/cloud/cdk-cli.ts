import { Guarded } from './guarded';
import { cdkCli, PROJECT } from './paths';

export interface CdkRun {
  readonly env: NodeJS.ProcessEnv;
  /** Default: the project's folder, whose cdk.json names the sample app. */
  readonly cwd?: string;
  /** Gets each line that the CLI prints, as it does. */
  readonly onLine?: (line: string) => void;
}

/** A command of the CDK CLI that failed, with all that it printed. */
export class CdkError extends Error {
  public constructor(
    command: string,
    public readonly exitCode: number,
    public readonly text: string,
  ) {
    super(`cdk ${command} failed (exit code ${exitCode}):\n${gist(text)}`);
  }
}

/** Where the CLI says what failed; it may print many lines of logs after that. */
function gist(text: string): string {
  const lines = text.trimEnd().split('\n');
  const begin = lines.findIndex((line) => line.includes('❌'));
  return (begin < 0 ? lines.slice(-20) : lines.slice(begin, begin + 20)).join('\n');
}

/** The project's own CDK CLI, at work. */
export class CdkCommand {
  private text = '';
  private rest = '';
  private readonly command: Guarded;

  public constructor(
    private readonly args: readonly string[],
    private readonly run: CdkRun,
  ) {
    const { env, cwd = PROJECT } = run;
    this.command = new Guarded(process.execPath, [cdkCli(), ...args], {
      env,
      cwd,
      onOutput: (text) => this.take(text),
    });
  }

  /** What it printed, when it has ended well. Rejects with a CdkError otherwise. */
  public async done(): Promise<string> {
    const exitCode = await this.command.ended;
    this.take('\n');
    if (exitCode !== 0) throw new CdkError(this.args[0] ?? '', exitCode, this.text);
    return this.text;
  }

  public stop(): Promise<void> {
    return this.command.stop();
  }

  private take(text: string): void {
    this.text += text;
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.run.onLine?.(line);
  }
}
