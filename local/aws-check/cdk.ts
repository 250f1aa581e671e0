import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdkCommand } from '../cloud/cdk-cli';
import type { Outputs } from './artifact-checks';

/** A CDK app with one stack, which takes its name from the context value stackName. */
export interface StackApp {
  readonly stack: string;
  /** Command that runs the app. */
  readonly app: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** The project's CDK CLI in a region of the account of the AWS credentials. */
export class Cdk {
  public constructor(
    private readonly region: string,
    private readonly onLine: (line: string) => void,
  ) {}

  /** Deploys a stack and returns its outputs. @throws CdkError if the deployment fails. */
  public deploy(app: StackApp): Promise<Outputs> {
    return inTemporaryFolder(async (folder) => {
      const outputsFile = join(folder, 'outputs.json');
      const settings = ['--require-approval', 'never', '--progress', 'events', '--outputs-file', outputsFile];
      await this.run('deploy', app, folder, settings);
      const outputs = JSON.parse(await readFile(outputsFile, 'utf8')) as Record<string, Outputs>;
      return outputs[app.stack] ?? {};
    });
  }

  /** Destroys a stack. Succeeds if the stack does not exist. @throws CdkError if the stack is not deleted. */
  public destroy(app: StackApp): Promise<void> {
    return inTemporaryFolder((folder) => this.run('destroy', app, folder, ['--force']));
  }

  private async run(command: string, { stack, app, context = {} }: StackApp, folder: string, settings: string[]) {
    const values = { ...context, stackName: stack };
    const contextArguments = Object.entries(values).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
    const isolated = ['--app', app, '--output', join(folder, 'assembly'), ...contextArguments];
    const args = [command, '--all', ...isolated, ...settings, '--no-notices', '--no-color'];
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      NO_COLOR: '1',
    };
    delete env.FORCE_COLOR;
    await new CdkCommand(args, { env, onLine: this.onLine }).done();
  }
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'test-aws-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
