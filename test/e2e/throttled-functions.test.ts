import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { AssetCatalog } from '../../local/quicksight';
import { CloudFormationDriver } from '../../testing/cloudformation-driver';
import { assetArn } from '../../testing/cloudformation-events';
import { Deployed, STACK } from '../../testing/deployed-stack';

jest.setTimeout(180_000);

let deployed: Deployed;
let driver: CloudFormationDriver;
let bucket: string;

beforeAll(async () => {
  const assets = new AssetCatalog().add('dashboard/sales', {
    resourceType: 'dashboard',
    dashboardId: 'sales',
    name: 'Sales',
  });
  // A request uses two functions. Three concurrent requests are throttled at times, but one function can always run.
  deployed = await Deployed.start({ assets, durations: { queuedMs: 100, runningMs: 300 } }, { functionsAtOnce: 4 });
  const { outputs } = await deployed.cloud.deploy({ context: { assets: 'dashboard/sales' } });
  bucket = outputs[STACK]?.ArtifactBucket ?? '';
  driver = await CloudFormationDriver.of(deployed.cloud, await deployed.serviceToken());
});
afterAll(() => deployed.stop());

const create = () =>
  driver.send(
    'Create',
    {
      LogicalResourceId: `R${randomUUID().slice(0, 8)}`,
      ResourceProperties: {
        ResourceArns: [assetArn('dashboard/sales')],
        ExportFormat: 'QUICKSIGHT_JSON',
        ArtifactBucket: bucket,
      },
    },
    120_000,
  );

async function functionName(logicalId: RegExp): Promise<string> {
  const { StackResources = [] } = await new CloudFormationClient(deployed.cloud.clientConfig()).send(
    new DescribeStackResourcesCommand({ StackName: STACK }),
  );
  const [found, ...more] = StackResources.filter(
    ({ ResourceType, LogicalResourceId = '' }) =>
      ResourceType === 'AWS::Lambda::Function' && logicalId.test(LogicalResourceId),
  );
  if (!found?.PhysicalResourceId || more.length > 0)
    throw new Error(`The stack does not have exactly one function ${String(logicalId)}.`);
  return found.PhysicalResourceId;
}

test.each([
  ["the framework's onEvent", /frameworkonEvent/],
  ['our onEvent', /ProviderOnEvent/],
  ["the framework's isComplete", /frameworkisComplete/],
  ['our isComplete', /ProviderIsComplete/],
])('an export resumes when %s is no longer throttled', async (_, logicalId) => {
  const lambda = new LambdaClient(deployed.cloud.clientConfig());
  const FunctionName = await functionName(logicalId);
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  const answer = create();
  // Longer than an export without throttling.
  expect(await Promise.race([answer, sleep(6_000)])).toBeUndefined();
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect(await answer).toMatchObject({ Reason: 'SUCCESS', Data: { JobStatus: 'SUCCESSFUL' } });
});

test('exports succeed when they need more concurrent functions than the account allows', async () => {
  const answers = await Promise.all([create(), create(), create()]);
  expect(answers.map(({ Reason }) => Reason)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
});
