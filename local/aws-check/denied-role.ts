import { DescribeDashboardDefinitionCommand, QuickSightClient } from '@aws-sdk/client-quicksight';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { AwsEnvironment } from './aws-environment';
import type { Clients } from './clients';
import { dashboardArn } from './export-cases';
import type { JobOutcome } from './job-outcome';
import { jobOutcome } from './job-outcome';
import type { ServiceError } from './service-result';
import { afterPropagation, resultOf } from './service-result';

/** Errors of a role that may run export jobs and may read no asset. */
export interface DeniedRoleErrors {
  /** Error of DescribeDashboardDefinition, which needs quicksight:DescribeDashboard. Absent if the call succeeds. */
  readonly call?: ServiceError;
  /** End of an export job of a dashboard that exists. */
  readonly job: JobOutcome;
}

/** A client with the credentials of a role. @throws Error if the principal may not assume the role. */
async function clientOfRole({ sts }: Pick<Clients, 'sts'>, region: string, roleArn: string): Promise<QuickSightClient> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test-aws', DurationSeconds: 900 });
  const assumed = await afterPropagation(
    () => sts.send(command),
    // A role that was just created cannot be assumed at once.
    ({ name }) => name.startsWith('AccessDenied'),
  );
  if ('error' in assumed)
    throw new Error(
      `The role without rights could not be assumed (${assumed.error.name}: ${assumed.error.message}). The principal needs sts:AssumeRole on it.`,
    );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = assumed.value.Credentials ?? {};
  return new QuickSightClient({
    region,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  });
}

export async function deniedRoleErrors(
  clients: Pick<Clients, 'sts'>,
  environment: AwsEnvironment,
  { roleArn, jobId, dashboard }: { readonly roleArn: string; readonly jobId: string; readonly dashboard: string },
): Promise<DeniedRoleErrors> {
  const { account, region } = environment;
  const quickSight = await clientOfRole(clients, region, roleArn);
  const job = await jobOutcome(quickSight, { account, jobId, assetArn: dashboardArn(environment, dashboard) });
  const call = await resultOf(() =>
    quickSight.send(new DescribeDashboardDefinitionCommand({ AwsAccountId: account, DashboardId: dashboard })),
  );
  return { job, ...('error' in call && { call: call.error }) };
}
