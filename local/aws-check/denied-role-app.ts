/**
 * A stack with a role that may run export jobs and may read no asset. `npm run test:aws` assumes the role, deploys the stack under
 * the name in the context value stackName, and destroys it.
 */
import { App, Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

const app = new App();
const stack = new Stack(app, String(app.node.tryGetContext('stackName')), {
  description: 'A role without access to QuickSight assets, for npm run test:aws',
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
const role = new iam.Role(stack, 'DeniedRole', {
  assumedBy: new iam.AccountRootPrincipal(),
  inlinePolicies: {
    Jobs: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ['quicksight:StartAssetBundleExportJob', 'quicksight:DescribeAssetBundleExportJob'],
          resources: [`arn:${Aws.PARTITION}:quicksight:${stack.region}:${stack.account}:asset-bundle-export-job/*`],
        }),
      ],
    }),
  },
});
new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
