import { print } from '../start/print';
import type { Outputs } from './artifact-checks';
import type { AwsEnvironment } from './aws-environment';
import type { Cdk } from './cdk';
import type { Clients } from './clients';
import { deniedRoleErrors } from './denied-role';
import type { ExportCase } from './export-cases';
import { dashboardArn, EXPORT_CASES, nameOf, sampleContext } from './export-cases';
import { checkExport } from './export-check';
import { functionReports } from './function-reports';
import type { Interruption } from './interruption';
import { jobOutcome } from './job-outcome';
import { observe } from './observation';
import type { ExportReport, Report } from './report';
import type { RunStacks } from './run-stacks';
import { deniedRoleApp, sampleApp } from './run-stacks';
import { waiterTimes } from './waiter-times';

/** The part of a report that the run observes. */
type Observations = { -readonly [member in ObservedMember]: Report[member] } & { readonly exports: ExportReport[] };
type ObservedMember = 'missingAsset' | 'deniedRole' | 'functions' | 'waiter';

const NOT_REACHED = { notReported: 'the run ended before' };

/** The exports and observations of one run. It creates two stacks, and destroys nothing. */
export class Run {
  /** Grows during the run, so that an interrupted run has a report, too. */
  public readonly observations: Observations = {
    exports: [],
    missingAsset: NOT_REACHED,
    deniedRole: NOT_REACHED,
    functions: NOT_REACHED,
    waiter: NOT_REACHED,
  };

  public constructor(
    private readonly clients: Clients,
    private readonly environment: AwsEnvironment,
    private readonly dashboard: string,
    private readonly stacks: RunStacks,
    private readonly cdk: Pick<Cdk, 'deploy'>,
    private readonly interruption: Pick<Interruption, 'throwIfInterrupted'>,
  ) {}

  /** @throws InterruptedError after a signal. A failed export is a part of the observations, and does not end the run. */
  public async execute(): Promise<void> {
    const { clients, stacks, observations } = this;
    let previous: Outputs | undefined;
    for (const exportCase of EXPORT_CASES) {
      this.step(`Exporting ${nameOf(exportCase)} …`);
      previous = (await this.export(exportCase, previous)) ?? previous;
      // A stack that cannot be created fails in the same way each time, and leaves a bucket each time.
      if (previous === undefined) break;
    }
    this.step('Exporting a dashboard that does not exist …');
    observations.missingAsset = await observe(() => this.missingAsset());
    this.step('Exporting with a role that may read no asset …');
    observations.deniedRole = await observe(() => this.deniedRole());
    this.step('Reading the log of isComplete and the history of the waiter …');
    observations.functions = await observe(() => functionReports(clients, stacks.sample));
    observations.waiter = await observe(() => waiterTimes(clients, stacks.sample));
  }

  private step(message: string): void {
    this.interruption.throwIfInterrupted();
    print('test:aws', message);
  }

  /** Outputs of the deployment. Undefined if it failed. */
  private async export(exportCase: ExportCase, previous: Outputs | undefined): Promise<Outputs | undefined> {
    const { clients, environment, dashboard, stacks, cdk, observations } = this;
    const start = Date.now();
    const report = (more: Omit<ExportReport, 'name' | 'startTime' | 'deploymentSeconds'>, end: number) =>
      observations.exports.push({
        name: nameOf(exportCase),
        startTime: new Date(start).toISOString(),
        deploymentSeconds: Math.round((end - start) / 1000),
        ...more,
      });
    let outputs: Outputs;
    try {
      outputs = await cdk.deploy(sampleApp(stacks.sample, sampleContext(exportCase, dashboard)));
    } catch (error) {
      report({ failure: (error as Error).message, checks: [] }, Date.now());
      return undefined;
    }
    const end = Date.now();
    try {
      report(await checkExport(clients, environment, exportCase, dashboard, outputs, previous), end);
    } catch (error) {
      report({ failure: `The artifact could not be checked: ${(error as Error).message}`, checks: [] }, end);
    }
    return outputs;
  }

  private missingAsset() {
    const { clients, environment, stacks } = this;
    return jobOutcome(clients.quickSight, {
      account: environment.account,
      jobId: `${stacks.sample}-missing`,
      assetArn: dashboardArn(environment, `${stacks.sample}-missing`),
    });
  }

  private async deniedRole() {
    const { clients, environment, dashboard, stacks, cdk } = this;
    const { RoleArn = '' } = await cdk.deploy(deniedRoleApp(stacks.deniedRole));
    return deniedRoleErrors(clients, environment, { roleArn: RoleArn, jobId: stacks.deniedRole, dashboard });
  }
}
