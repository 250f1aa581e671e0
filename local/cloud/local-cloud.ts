import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { CdkRun } from './cdk-cli';
import { CdkCommand } from './cdk-cli';
import type { CloudPlace } from './environment';
import { credentials, DEFAULT_PLACE } from './environment';
import { clientEnvironment } from './environment-variables';
import type { ClientConfig, ExecutionHistory, LogLine } from './inspection';
import { eventsOf, executionHistories, logLines } from './inspection';
import { MiniStack } from './ministack';

export interface LocalCloudOptions extends Partial<CloudPlace> {
  /** What Lambda functions and the AWS CLI find as AWS_ENDPOINT_URL_QUICKSIGHT. */
  readonly quickSightUrl?: string;
  /** What Lambda functions find in their environment besides. */
  readonly functionEnvironment?: NodeJS.ProcessEnv;
  /** Default: any free port. */
  readonly port?: number;
  /** How many Lambda functions run at once; what is more is throttled. Default: as many as the machine bears. */
  readonly functionsAtOnce?: number;
  /** Whether IAM policies are enforced, those of functions' roles included. Default: false. */
  readonly enforceIam?: boolean;
}

export interface AppOptions extends Pick<CdkRun, 'cwd' | 'onLine'> {
  /** The command that runs the app, or the folder that `synth` gave back. Default: what cdk.json says. */
  readonly app?: string;
  readonly context?: Readonly<Record<string, string>>;
  /** Default: all stacks of the app. */
  readonly stacks?: readonly string[];
  /** Further arguments of the CLI. */
  readonly args?: readonly string[];
}

export interface Deployment {
  /** The outputs of each stack. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the CLI printed. */
  readonly text: string;
}

/** CloudFormation, Lambda, Step Functions, S3 and what else a stack needs, on this machine, for the real CDK CLI. */
export class LocalCloud {
  private readonly commands = new Set<CdkCommand>();

  private constructor(
    private readonly ministack: MiniStack,
    public readonly place: CloudPlace,
    private readonly quickSightUrl: string | undefined,
  ) {}

  public static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const {
      account = DEFAULT_PLACE.account,
      region = DEFAULT_PLACE.region,
      quickSightUrl,
      functionEnvironment,
      port,
      functionsAtOnce,
      enforceIam = false,
    } = options;
    const ministack = await MiniStack.start({
      place: { account, region },
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

  /** A folder for the files of whoever works with this local cloud; gone when it has stopped. */
  public get folder(): string {
    return this.ministack.folder;
  }

  /** The environment for programs that talk to the local cloud: the AWS CLI, CDK apps, scripts. */
  public env(): NodeJS.ProcessEnv {
    return clientEnvironment(this.endpoint, this.place, this.quickSightUrl);
  }

  /** What an SDK client for any service of the local cloud is made with. */
  public clientConfig(): ClientConfig {
    return { endpoint: this.endpoint, region: this.place.region, credentials: credentials(this.place) };
  }

  /** Runs the CDK CLI to its end and gives back what it printed; a CdkError says what went wrong. */
  public async cdk(args: readonly string[], run: Pick<CdkRun, 'cwd' | 'onLine'> = {}): Promise<string> {
    const command = new CdkCommand([...args, '--no-notices', '--no-color'], { ...run, env: this.env() });
    this.commands.add(command);
    try {
      return await command.done();
    } finally {
      this.commands.delete(command);
    }
  }

  public bootstrap(run: Pick<CdkRun, 'onLine'> = {}): Promise<string> {
    // From where no cdk.json names an app: bootstrapping needs none.
    return this.cdk(['bootstrap', `aws://${this.place.account}/${this.place.region}`], { ...run, cwd: this.folder });
  }

  /** The folder with the synthesized app. It is gone when the local cloud has stopped. */
  public async synth(options: AppOptions = {}): Promise<string> {
    const folder = await this.newFolder('assembly');
    await this.cdk(
      ['synth', ...(options.stacks ?? []), ...appArguments(options), '--quiet', '--output', folder],
      options,
    );
    return folder;
  }

  public async deploy(options: AppOptions = {}): Promise<Deployment> {
    const outputsFile = join(await this.newFolder('outputs'), 'outputs.json');
    const settings = ['--require-approval', 'never', '--progress', 'events', '--outputs-file', outputsFile];
    const text = await this.cdk(
      ['deploy', ...stacksOf(options), ...(await this.isolated(options)), ...settings],
      options,
    );
    // A stack without outputs leaves no file.
    const outputs = await readFile(outputsFile, 'utf8').catch(() => '{}');
    return { outputs: JSON.parse(outputs) as Deployment['outputs'], text };
  }

  /** Destroys the stacks and gives back what the CLI printed. */
  public async destroy(options: AppOptions = {}): Promise<string> {
    return this.cdk(['destroy', ...stacksOf(options), ...(await this.isolated(options)), '--force'], options);
  }

  /** What functions logged. */
  public lambdaLogs(): Promise<LogLine[]> {
    return logLines(this.clientConfig());
  }

  /** What every execution of every state machine did, with its data. */
  public stateMachineHistories(): Promise<ExecutionHistory[]> {
    return executionHistories(this.clientConfig());
  }

  /** A stack's events, the earliest first; none if there is no such stack. */
  public stackEvents(stack: string): Promise<StackEvent[]> {
    return eventsOf(this.clientConfig(), stack);
  }

  /** The end of what MiniStack printed. */
  public get log(): string {
    return this.ministack.log;
  }

  /** Ends everything that was started here, and removes its files. May be called more than once. */
  public async stop(): Promise<void> {
    await Promise.all([...this.commands].map((command) => command.stop()));
    await this.ministack.stop();
  }

  /** An app that is run again writes into a folder of its own, so that commands side by side do not meet. */
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
