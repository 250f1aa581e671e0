/**
 * The sample app: a stack with one export.
 *
 *   npx cdk bootstrap aws://ACCOUNT/REGION                  once for each account and region
 *   npx cdk deploy -c assets=dashboard/sales-overview,folder/sales
 *   npx cdk destroy -c assets=dashboard/sales-overview,folder/sales
 *
 * It goes to the account and region of the AWS credentials. The artifact is kept when the stack is destroyed, unless
 * removalPolicy says otherwise. In a clone of the repository, `npm run build` comes first.
 *
 * Context (-c name=value, or in cdk.json):
 *   assets                    what to export, divided by commas: ARNs, or type/id with the types analysis, dashboard, dataset,
 *                             datasource, folder, theme, topic, vpcConnection, or dataset/{id}/refresh-schedule/{id}.
 *                             The environment variable QUICKSIGHT_ASSETS says the same.
 *   exportFormat              QUICKSIGHT_JSON (default) or CLOUDFORMATION_JSON
 *   includeAllDependencies    true (default) or false
 *   includePermissions        true or false (default)
 *   includeTags               true or false (default)
 *   includeFolderMemberships  true or false (default)
 *   includeFolderMembers      RECURSE, ONE_LEVEL or NONE (default)
 *   bucketName                a versioned bucket for the artifact; by default the construct makes one
 *   prefix                    what the artifact's key begins with, for instance exports/
 *   removalPolicy             RETAIN (default) or DESTROY
 *   timeoutMinutes            1 to 60; 30 by default
 *   trigger                   onChange (default), everyDeployment, or any text: a change of it exports again
 */
import { App } from 'aws-cdk-lib';
import { sampleOptions } from './options';
import { SAMPLE_STACK_NAME, SampleStack } from './stack';

try {
  const app = new App();
  new SampleStack(app, SAMPLE_STACK_NAME, sampleOptions(app.node, process.env), {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  });
} catch (error) {
  // What is wrong is in the message; a stack trace would bury it.
  console.error((error as Error).message);
  process.exitCode = 1;
}
