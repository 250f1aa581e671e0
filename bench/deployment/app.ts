/** The deployed app of the measurements: our provider, and a provider with the usual handlers for each interval. */
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cr from 'aws-cdk-lib/custom-resources';
import { AssetBundleExport, QuickSightAsset } from '../../lib';
import { ExportProvider } from '../../lib/export/export-provider';

const app = new App();
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region, USUAL_HANDLER, USUAL_INTERVALS = '' } = process.env;
const stack = new Stack(app, 'Bench', { env: { account, region } });
const bucket = new s3.Bucket(stack, 'Bundles', { versioned: true, removalPolicy: RemovalPolicy.DESTROY });

new AssetBundleExport(stack, 'First', { assets: [QuickSightAsset.dashboard('0')], bucket });
new CfnOutput(stack, 'Ours', { value: ExportProvider.getOrCreate(stack).serviceToken });
new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });

for (const seconds of USUAL_INTERVALS.split(',').filter(Boolean)) {
  const handler = (name: string) => {
    const fn = new lambda.Function(stack, `Usual${seconds}${name}`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      code: lambda.Code.fromAsset(USUAL_HANDLER ?? ''),
      handler: `index.${name}`,
      timeout: Duration.minutes(5),
    });
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['quicksight:*', 's3:*'], resources: ['*'] }));
    return fn;
  };
  const provider = new cr.Provider(stack, `Usual${seconds}`, {
    onEventHandler: handler('onEvent'),
    isCompleteHandler: handler('isComplete'),
    queryInterval: Duration.seconds(Number(seconds)),
    totalTimeout: Duration.hours(1),
  });
  new CfnOutput(stack, `Usual${seconds}Token`, { value: provider.serviceToken });
}
