/**
 * The sample app: a stack with one export.
 *
 *   npx cdk bootstrap aws://ACCOUNT/REGION                  once for each account and region
 *   npx cdk deploy -c assets=dashboard/sales-overview,folder/sales
 *   npx cdk destroy -c assets=dashboard/sales-overview,folder/sales
 *
 * The stack is deployed to the account and region of the AWS credentials. `cdk destroy` retains the artifact, unless
 * removalPolicy is DESTROY. In a clone of the repository, run `npm run build` first.
 *
 * Context (-c name=value, or in cdk.json):
 *   assets                    assets to export, separated by commas. Each is an ARN, or type/id with one of the types analysis,
 *                             dashboard, dataset, datasource, folder, theme, topic and vpcConnection, or
 *                             dataset/{id}/refresh-schedule/{id}. Default: the environment variable QUICKSIGHT_ASSETS
 *   exportFormat              QUICKSIGHT_JSON (default) or CLOUDFORMATION_JSON
 *   includeAllDependencies    true (default) or false
 *   includePermissions        true or false (default)
 *   includeTags               true or false (default)
 *   includeFolderMemberships  true or false (default)
 *   includeFolderMembers      RECURSE, ONE_LEVEL or NONE (default)
 *   bucketName                a versioned bucket for the artifact. Default: the construct creates one
 *   prefix                    beginning of the artifact's key, such as exports/
 *   removalPolicy             RETAIN (default) or DESTROY
 *   timeoutMinutes            1 to 60. Default: 30
 *   stackName                 name of the stack. Default: QuickSightAssetBundleExportSample
 *   trigger                   onChange (default), everyDeployment, or any text, of which each change runs a new export
 */
import { App } from 'aws-cdk-lib';
import { sampleOptions, sampleStackName } from './options';
import { SAMPLE_STACK_NAME, SampleStack } from './stack';

try {
  const app = new App();
  new SampleStack(app, sampleStackName(app.node) ?? SAMPLE_STACK_NAME, sampleOptions(app.node, process.env), {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  });
} catch (error) {
  // The message is enough for the user. A stack trace would hide it.
  console.error((error as Error).message);
  process.exitCode = 1;
}
