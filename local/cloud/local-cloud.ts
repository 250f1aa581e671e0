import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { CdkRun } from './cdk-cli';
import { CdkCommand } from './cdk-cli';
import type { CloudAssembly } from './cloud-assembly';
import { readCloudAssembly } from './cloud-assembly';
import type { CloudEnvironment } from './environment';
import { credentials, DEFAULT_ENVIRONMENT } from './environment';
import { clientVariables } from './environment-variables';
import type { ClientConfig, ExecutionHistory, LogLine } from './inspection';
import { eventsOf, executionHistories, logLines } from './inspection';
import { MiniStack } from './ministack';

export interface LocalCloudOptions extends Partial<CloudEnvironment> {
  /** Value of AWS_ENDPOINT_URL_QUICKSIGHT for Lambda functions, the AWS CLI and the CDK CLI. */
  readonly quickSightUrl?: string;
  /** Additional environment variables of Lambda functions. */
  readonly functionEnvironment?: NodeJS.ProcessEnv;
  /** Port on 127.0.0.1. Default: any free port. */
  readonly port?: number;
  /** Maximum number of concurrent Lambda functions. Further invocations are throttled. Default: the limit of MiniStack. */
  readonly functionsAtOnce?: number;
  /** Enforce IAM policies, including those of the functions' roles. Default: false. */
  readonly enforceIam?: boolean;
}

export interface AppOptions extends Pick<CdkRun, 'cwd' | 'onLine'> {
  /** Command that runs the app, or a folder with a cloud assembly. Default: the app in cdk.json. */
  readonly app?: string;
  readonly context?: Readonly<Record<string, string>>;
  /** Default: all stacks of the app. */
  readonly stacks?: readonly string[];
  /** Additional arguments of the CLI. */
  readonly args?: readonly string[];
}

export interface Deployment {
  /** The outputs of each stack. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Output of the CLI. */
  readonly text: string;
}

/** CloudFormation, Lambda, Step Functions, S3 and the other services of a stack on this machine, for the real CDK CLI. */
export class LocalCloud {
  private readonly commands = new Set<CdkCommand>();

  private constructor(
    private readonly ministack: MiniStack,
    public readonly environment: CloudEnvironment,
    private readonly quickSightUrl: string | undefined,
  ) {}

  public static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const {
      account = DEFAULT_ENVIRONMENT.account,
      region = DEFAULT_ENVIRONMENT.region,
      quickSightUrl,
      functionEnvironment,
      port,
      functionsAtOnce,
      enforceIam = false,
    } = options;
    const ministack = await MiniStack.start({
      environment: { account, region },
      functionEnvironment: {
        ...functionEnvironment,
        ...(quickSightUrl === undefined ? {} : { AWS_ENDPOINT_URL_QUICKSIGHT: quickSightUrl }),
      },
      port,
      functionsAtOnce,
      enforceIam,
    });
    return new LocalCloud(ministack, { account, region }, quickSightUrl);
  }

  public get endpoint(): string {
    return this.ministack.endpoint;
  }

  /** Folder for files of the callers. Deleted when the local cloud stops. */
  public get folder(): string {
    return this.ministack.folder;
  }

  /** Environment variables for clients of the local cloud: the AWS CLI, CDK apps, scripts. */
  public environmentVariables(): NodeJS.ProcessEnv {
    return clientVariables(this.endpoint, this.environment, this.quickSightUrl);
  }

  /** Configuration of an SDK client for any service of the local cloud. */
  public clientConfig(): ClientConfig {
    return { endpoint: this.endpoint, region: this.environment.region, credentials: credentials(this.environment) };
  }

  /** Runs the CDK CLI and returns its output. @throws CdkError if the CLI fails. */
  public async cdk(args: readonly string[], run: Pick<CdkRun, 'cwd' | 'onLine'> = {}): Promise<string> {
    const command = new CdkCommand([...args, '--no-notices', '--no-color'], {
      ...run,
      env: this.environmentVariables(),
    });
    this.commands.add(command);
    try {
      return await command.done();
    } finally {
      this.commands.delete(command);
    }
  }

  public bootstrap(run: Pick<CdkRun, 'onLine'> = {}): Promise<string> {
    // Bootstrapping needs no app, so run it in a folder without cdk.json.
    return this.cdk(['bootstrap', `aws://${this.environment.account}/${this.environment.region}`], {
      ...run,
      cwd: this.folder,
    });
  }

  /** Synthesizes the app into a cloud assembly. The folder is deleted when the local cloud stops. */
  public async synth(options: AppOptions = {}): Promise<CloudAssembly> {
    const folder = await this.newFolder('assembly');
    await this.cdk(
      ['synth', ...(options.stacks ?? []), ...appArguments(options), '--quiet', '--output', folder],
      options,
    );
    return readCloudAssembly(folder);
  }

  public async deploy(options: AppOptions = {}): Promise<Deployment> {
    const outputsFile = join(await this.newFolder('outputs'), 'outputs.json');
    const settings = ['--require-approval', 'never', '--progress', 'events', '--outputs-file', outputsFile];
    const text = await this.cdk(
      ['deploy', ...stacksOf(options), ...(await this.isolated(options)), ...settings],
      options,
    );
    // The CLI writes no file for a stack without outputs.
    const outputs = await readFile(outputsFile, 'utf8').catch(() => '{}');
    return { outputs: JSON.parse(outputs) as Deployment['outputs'], text };
  }

  /** Destroys the stacks and returns the output of the CLI. */
  public async destroy(options: AppOptions = {}): Promise<string> {
    return this.cdk(['destroy', ...stacksOf(options), ...(await this.isolated(options)), '--force'], options);
  }

  /** Log lines of all functions. */
  public lambdaLogs(): Promise<LogLine[]> {
    return logLines(this.clientConfig());
  }

  /** History of every execution of every state machine, including its data. */
  public stateMachineHistories(): Promise<ExecutionHistory[]> {
    return executionHistories(this.clientConfig());
  }

  /** Events of a stack, the earliest first. Empty if the stack does not exist. */
  public stackEvents(stack: string): Promise<StackEvent[]> {
    return eventsOf(this.clientConfig(), stack);
  }

  /** The last lines of MiniStack's output. */
  public get log(): string {
    return this.ministack.log;
  }

  /** Stops all processes of this local cloud and deletes their files. May be called more than once. */
  public async stop(): Promise<void> {
    await Promise.all([...this.commands].map((command) => command.stop()));
    await this.ministack.stop();
  }

  /** Each command synthesizes into its own folder, so that concurrent commands do not collide. */
  private async isolated(options: AppOptions): Promise<string[]> {
    return [...appArguments(options), '--output', await this.newFolder('assembly')];
  }

  private newFolder(name: string): Promise<string> {
    return mkdtemp(join(this.folder, `${name}-`));
  }
}

const stacksOf = ({ stacks }: AppOptions) => stacks ?? ['--all'];

function appArguments({ app, context = {}, args = [] }: AppOptions): string[] {
  const pairs = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  return [...(app === undefined ? [] : ['--app', app]), ...pairs, ...args];
}
