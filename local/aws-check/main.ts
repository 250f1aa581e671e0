import { print } from '../start/print';
import type { AwsEnvironment } from './aws-environment';
import { awsEnvironment } from './aws-environment';
import type { StackApp } from './cdk';
import { Cdk } from './cdk';
import type { CleanUpReport } from './clean-up';
import { cleanUp } from './clean-up';
import { cleanUpTools } from './clean-up-tools';
import type { Clients } from './clients';
import { clientsOf } from './clients';
import { confirm, plan } from './confirm';
import { InterruptedError, Interruption } from './interruption';
import { NotReadyError } from './not-ready-error';
import type { CheckOptions } from './options';
import { redactLinks } from './redaction';
import { failuresOf, REPORT_VERSION } from './report';
import { requireBootstrap, requireDashboard } from './requirements';
import { Run } from './run';
import type { RunStacks } from './run-stacks';
import { deniedRoleApp, newStackName, sampleApp, stacksOf } from './run-stacks';
import { versions, writeReport } from './write-report';

const EXIT_CODE_FAILED = 1;
const EXIT_CODE_NOT_READY = 2;

/** `npm run test:aws`: exports a dashboard in a real AWS account, and reports what only AWS can show. */
export async function main(options: CheckOptions): Promise<void> {
  try {
    const environment = await awsEnvironment(options.region);
    const session = new Session(environment, stacksOf(options.destroy ?? newStackName()));
    process.exitCode =
      options.destroy === undefined
        ? await session.check(options.dashboard ?? '', options.yes)
        : await session.destroy();
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_CODE_NOT_READY;
  }
}

/** The work of the command in one account and region, on the stacks of one run. */
class Session {
  private readonly clients: Clients;
  private readonly cdk: Cdk;

  public constructor(
    private readonly environment: AwsEnvironment,
    private readonly stacks: RunStacks,
  ) {
    this.clients = clientsOf(environment.region);
    this.cdk = new Cdk(environment.region, (line) => SHOWN_LINES.test(line) && print('cdk', line));
  }

  /** Exports, writes the report and destroys. Returns the exit code. */
  public async check(dashboard: string, yes: boolean): Promise<number> {
    const { environment, stacks, clients, cdk } = this;
    await requireBootstrap(clients, environment);
    const theme = (await requireDashboard(clients, environment, dashboard)) ?? 'none';
    console.log(plan(environment, dashboard, stacks));
    await confirm(yes);

    const startTime = Date.now();
    const interruption = new Interruption(() => console.error(this.remains('Stopped. What exists was not destroyed.')));
    const run = new Run(clients, environment, dashboard, stacks, cdk, interruption);
    const error = await run.execute().then(
      () => undefined,
      (reason: Error) => reason,
    );
    const failure = error instanceof InterruptedError ? undefined : error?.message;
    const cleaned = await this.cleanUp();
    const result = { exports: run.observations.exports, cleanUp: cleaned, failure };
    const failures = failuresOf(result);
    const report = {
      version: REPORT_VERSION,
      outcome: interruption.exitCode !== undefined ? 'interrupted' : failures.length > 0 ? 'failed' : 'passed',
      startTime: new Date(startTime).toISOString(),
      seconds: Math.round((Date.now() - startTime) / 1000),
      stack: stacks.sample,
      partition: environment.partition,
      region: environment.region,
      theme,
      versions: await versions(),
      ...run.observations,
      ...result,
    } as const;
    const files = await writeReport(report, { account: environment.account, dashboard });
    for (const reason of failures) console.error(redactLinks(reason));
    console.log(`Outcome: ${report.outcome}\nReport:  ${files.join(', ')}`);
    return interruption.exitCode ?? (report.outcome === 'passed' ? 0 : EXIT_CODE_FAILED);
  }

  /** Destroys what an earlier run left. Returns the exit code. */
  public async destroy(): Promise<number> {
    const { left } = await this.cleanUp();
    return left.length === 0 ? 0 : EXIT_CODE_FAILED;
  }

  private async cleanUp(): Promise<CleanUpReport> {
    const { environment, stacks, clients, cdk } = this;
    print('test:aws', `Destroying ${stacks.sample} …`);
    const destroy = (stack: string) => cdk.destroy(appOf(stack, stacks));
    const tools = cleanUpTools(clients, environment.account, destroy);
    const report = await cleanUp([stacks.sample, stacks.deniedRole], tools);
    const destroyed = [
      ...report.destroyedStacks.map((stack) => `the stack ${stack}`),
      ...report.deletedBuckets.map(({ bucket, versions: count }) => `the bucket ${bucket} with ${count} versions`),
    ];
    print('test:aws', `Destroyed: ${destroyed.join(', ') || 'nothing was left'}.`);
    if (report.left.length > 0) {
      const list = report.left.map(({ resource, reason }) => `  ${resource}: ${reason}`).join('\n');
      console.error(this.remains(`The clean-up is not complete. These remain:\n${list}\n`));
    }
    return report;
  }

  private remains(reason: string): string {
    const { account, region } = this.environment;
    const { sample, deniedRole } = this.stacks;
    return (
      `${reason} In the account ${account} and the region ${region}, run \`npm run test:aws -- --destroy ${sample} --region ${region}\` ` +
      `with valid credentials. It destroys the stacks ${sample} and ${deniedRole} and their bucket.`
    );
  }
}

/** Lines of the CDK CLI that show progress: the stack, the custom resource, and failures. */
const SHOWN_LINES = /Custom::|AWS::CloudFormation::Stack|FAILED|ROLLBACK|✅|❌/;

/** `cdk destroy` synthesizes the app, whose assets do not matter then. */
const appOf = (stack: string, { deniedRole }: RunStacks): StackApp =>
  stack === deniedRole ? deniedRoleApp(stack) : sampleApp(stack, { assets: 'dashboard/none' });
