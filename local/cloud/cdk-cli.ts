import { Guarded } from './guarded';
import { cdkCli, PROJECT } from './paths';

export interface CdkRun {
  readonly env: NodeJS.ProcessEnv;
  /** Default: the project's folder. Its cdk.json defines the sample app. */
  readonly cwd?: string;
  /** Called with each line of the CLI's output. */
  readonly onLine?: (line: string) => void;
}

/** A failed command of the CDK CLI, with its output. */
export class CdkError extends Error {
  public constructor(
    command: string,
    public readonly exitCode: number,
    public readonly text: string,
  ) {
    super(`cdk ${command} failed (exit code ${exitCode}):\n${excerpt(text)}`);
  }
}

/** The lines of the output from the error on, or else the last ones. Many log lines may follow the error. */
function excerpt(text: string): string {
  const lines = text.trimEnd().split('\n');
  const start = lines.findIndex((line) => line.includes('❌'));
  return (start < 0 ? lines.slice(-20) : lines.slice(start, start + 20)).join('\n');
}

/** A running command of the project's CDK CLI. */
export class CdkCommand {
  private text = '';
  private incompleteLine = '';
  private readonly command: Guarded;

  public constructor(
    private readonly args: readonly string[],
    private readonly run: CdkRun,
  ) {
    const { env, cwd = PROJECT } = run;
    this.command = new Guarded(process.execPath, [cdkCli(), ...args], {
      env,
      cwd,
      onOutput: (text) => this.append(text),
    });
  }

  /** The output of the command. Rejects with a CdkError when the command fails. */
  public async done(): Promise<string> {
    const exitCode = await this.command.ended;
    this.append('\n');
    if (exitCode !== 0) throw new CdkError(this.args[0] ?? '', exitCode, this.text);
    return this.text;
  }

  public stop(): Promise<void> {
    return this.command.stop();
  }

  private append(text: string): void {
    this.text += text;
    const lines = (this.incompleteLine + text).split('\n');
    this.incompleteLine = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.run.onLine?.(line);
  }
}
