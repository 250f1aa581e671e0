import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { LocalCloudOptions } from '../../local/cloud';
import { PROJECT } from '../../local/cloud';
import { AssetCatalog } from '../../local/quicksight';
import type { TimedAnswer } from '../../testing/cloudformation-answers';
import type { RequestType, Sent } from '../../testing/cloudformation-driver';
import { CloudFormationDriver } from '../../testing/cloudformation-driver';
import { Deployed } from '../../testing/deployed-stack';

const TIMEOUT_MS = 3600 * 1000;

export interface Exported extends TimedAnswer {
  /** Time at which CloudFormation sent the request, in milliseconds since 1970. */
  readonly sent: number;
  /** Time at which the job was SUCCESSFUL, in milliseconds since 1970. */
  readonly successful: number;
  readonly jobId: string;
}

export interface DeploymentOptions extends Pick<LocalCloudOptions, 'functionsAtOnce' | 'functionEnvironment'> {
  /** The intervals of the usual handlers' waiters, in seconds. */
  readonly usualIntervals?: readonly number[];
}

/** The providers, deployed by the CDK CLI on the local cloud. The id of the dashboard is the duration of the job in milliseconds. */
export class DeploymentSetup {
  private readonly drivers = new Map<string, CloudFormationDriver>();

  private constructor(
    public readonly deployed: Deployed,
    private readonly assets: AssetCatalog,
    private readonly outputs: Readonly<Record<string, string>>,
  ) {}

  public static async start({ usualIntervals = [], ...options }: DeploymentOptions = {}): Promise<DeploymentSetup> {
    const usual = await usualHandler();
    const assets = withDashboard(new AssetCatalog(), 0);
    const deployed = await Deployed.start(
      {
        assets,
        durationsOf: ({ ResourceArns: [arn = ''] }) => ({ queuedMs: 0, runningMs: Number(arn.split('/').at(-1)) }),
      },
      options,
    );
    try {
      process.env.USUAL_HANDLER = usual;
      process.env.USUAL_INTERVALS = usualIntervals.join(',');
      const { outputs } = await deployed.cloud.deploy({
        app: `node --import tsx ${join('bench', 'deployment', 'app.ts')}`,
      });
      return new DeploymentSetup(deployed, assets, outputs.Bench ?? {});
    } catch (error) {
      await deployed.stop();
      throw error;
    }
  }

  public stop(): Promise<void> {
    return this.deployed.stop();
  }

  /** Sends a Create and waits for the response. `provider` is Ours, Usual2 and so on. Each account has its own five slots. */
  public export(provider: string, milliseconds: number, account = newAccount()): Promise<Exported> {
    return this.send(provider, 'Create', {
      ...resource(account),
      ResourceProperties: this.properties(milliseconds, account),
    });
  }

  /** Sends a Create, and an Update of the same resource whose job takes as long. */
  public async exportTwice(provider: string, milliseconds: number, account: string): Promise<[Exported, Exported]> {
    const ids = resource(account);
    const [before, after] = [false, true].map((IncludeTags) => ({
      ...this.properties(milliseconds, account),
      IncludeTags,
    }));
    const created = await this.send(provider, 'Create', { ...ids, ResourceProperties: before as object });
    const updated = await this.send(provider, 'Update', {
      ...ids,
      PhysicalResourceId: created.answer.PhysicalResourceId,
      ResourceProperties: after as object,
      OldResourceProperties: before,
    });
    return [created, updated];
  }

  private properties(milliseconds: number, account: string): object {
    withDashboard(this.assets, milliseconds);
    return {
      ResourceArns: [`arn:aws:quicksight:us-east-1:${account}:dashboard/${milliseconds}`],
      ExportFormat: 'QUICKSIGHT_JSON',
      ArtifactBucket: this.outputs.BucketName,
      TimeoutSeconds: 3600,
    };
  }

  private async send(provider: string, requestType: RequestType, request: Sent): Promise<Exported> {
    const driver = await this.driver(provider);
    const sent = Date.now();
    const timed = await driver.sendTimed(requestType, request, TIMEOUT_MS);
    if (timed.answer.Status !== 'SUCCESS') throw new Error(`${provider} responded FAILED: ${timed.answer.Reason}`);
    const jobId = timed.answer.PhysicalResourceId;
    const job = this.deployed.standIn.jobs.find((started) => started.job.id === jobId);
    if (!job) throw new Error(`The stand-in has not received job ${jobId}.`);
    return { ...timed, sent, successful: job.job.ends, jobId };
  }

  private async driver(provider: string): Promise<CloudFormationDriver> {
    const token = this.outputs[provider] ?? this.outputs[`${provider}Token`];
    if (token === undefined)
      throw new Error(`Unknown provider ${provider}: the outputs are ${Object.keys(this.outputs).join(', ')}.`);
    const found = this.drivers.get(provider) ?? (await CloudFormationDriver.of(this.deployed.cloud, token));
    this.drivers.set(provider, found);
    return found;
  }
}

const resource = (account: string) => ({
  StackId: `arn:aws:cloudformation:us-east-1:${account}:stack/Bench/${account}`,
  LogicalResourceId: `R${randomUUID().slice(0, 8)}`,
});

export const newAccount = (): string => String(randomInt(1e11, 1e12 / 4));

function withDashboard(assets: AssetCatalog, milliseconds: number): AssetCatalog {
  return assets.add(`dashboard/${milliseconds}`, {
    resourceType: 'dashboard',
    dashboardId: String(milliseconds),
    name: 'A dashboard',
    definition: 'x'.repeat(4000),
  });
}

async function usualHandler(): Promise<string> {
  const folder = join(PROJECT, '.local', 'bench', 'usual-handler');
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(__dirname, 'usual-handler.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
  });
  return folder;
}
