import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NotReadyError } from './not-ready-error';

/** The account and region of a run, and the principal that runs it. */
export interface AwsEnvironment {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the principal. */
  readonly caller: string;
}

/** The environment of the AWS credentials. @throws NotReadyError without credentials or a region. */
export async function awsEnvironment(chosenRegion?: string): Promise<AwsEnvironment> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const sts = new STSClient({ region: chosenRegion ?? (AWS_REGION || AWS_DEFAULT_REGION || undefined) });
  const region = await sts.config.region().catch(() => {
    throw new NotReadyError('The region is missing. Use --region, or set AWS_REGION.');
  });
  try {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { partition: Arn.split(':')[1] ?? '', account: Account, region, caller: Arn };
  } catch (error) {
    const { name, message } = error as Error;
    throw new NotReadyError(
      `AWS credentials are missing or were rejected (${name}: ${message}). Set them in the usual environment: AWS_PROFILE after ` +
        '`aws sso login`, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `aws sts get-caller-identity` must succeed.',
    );
  } finally {
    sts.destroy();
  }
}
