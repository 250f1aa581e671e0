import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';

/** A client for each service that the command calls itself. The CDK CLI has its own. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly logs: CloudWatchLogsClient;
  readonly quickSight: QuickSightClient;
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly sts: STSClient;
}

export function clientsOf(region: string): Clients {
  return {
    cloudFormation: new CloudFormationClient({ region }),
    logs: new CloudWatchLogsClient({ region }),
    quickSight: new QuickSightClient({ region }),
    s3: new S3Client({ region }),
    sfn: new SFNClient({ region }),
    sts: new STSClient({ region }),
  };
}
