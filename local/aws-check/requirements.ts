import { DescribeDashboardDefinitionCommand } from '@aws-sdk/client-quicksight';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { AwsEnvironment } from './aws-environment';
import type { Clients } from './clients';
import { NotReadyError } from './not-ready-error';
import { httpStatusOf } from './service-result';

/** The bucket of `cdk bootstrap` with its default qualifier, which the sample app uses. */
const stagingBucket = ({ account, region }: AwsEnvironment) => `cdk-hnb659fds-assets-${account}-${region}`;

/** @throws NotReadyError if the account and region are not bootstrapped. */
export async function requireBootstrap({ s3 }: Pick<Clients, 's3'>, environment: AwsEnvironment): Promise<void> {
  const { account, region } = environment;
  try {
    await s3.send(new HeadBucketCommand({ Bucket: stagingBucket(environment), ExpectedBucketOwner: account }));
  } catch (error) {
    // A principal that may not read the bucket may still deploy with the roles of the bootstrap.
    if (httpStatusOf(error) !== 404) return;
    throw new NotReadyError(
      `The account and region are not bootstrapped: the bucket ${stagingBucket(environment)} does not exist. Run ` +
        `\`npx cdk bootstrap aws://${account}/${region}\` once.`,
    );
  }
}

/** ARN of the theme of a dashboard, if it has one. @throws NotReadyError if the dashboard cannot be read. */
export async function requireDashboard(
  { quickSight }: Pick<Clients, 'quickSight'>,
  { account, region }: AwsEnvironment,
  dashboard: string,
): Promise<string | undefined> {
  try {
    const { ThemeArn } = await quickSight.send(
      new DescribeDashboardDefinitionCommand({ AwsAccountId: account, DashboardId: dashboard }),
    );
    return ThemeArn;
  } catch (error) {
    const { name, message } = error as Error;
    throw new NotReadyError(
      `The dashboard ${dashboard} cannot be read in the account ${account} and the region ${region} (${name}: ${message}). Check ` +
        'the id and the region. The principal needs quicksight:DescribeDashboard.',
    );
  }
}
