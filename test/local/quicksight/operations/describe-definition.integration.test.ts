import { DescribeAnalysisDefinitionCommand, DescribeDashboardDefinitionCommand } from '@aws-sdk/client-quicksight';
import { ACCOUNT } from '../fixtures';
import { Harness } from '../harness';

afterEach(() => Harness.stopAll());

test('the operations for definitions return the errors that an export job does not list', async () => {
  const errors = [{ Type: 'COLUMN_NOT_FOUND' as const, Message: 'no column', ViolatedEntities: [{ Path: 'sheet/1' }] }];
  const harness = await Harness.start({ definitionErrors: { 'dashboard/sales': errors } });
  const client = harness.client();
  const dashboard = await client.send(
    new DescribeDashboardDefinitionCommand({ AwsAccountId: ACCOUNT, DashboardId: 'sales' }),
  );
  expect(dashboard).toMatchObject({
    Errors: errors,
    Name: 'Sales',
    DashboardId: 'sales',
    ResourceStatus: 'CREATION_SUCCESSFUL',
    Status: 200,
  });
  expect(dashboard.Definition?.DataSetIdentifierDeclarations).toMatchObject([{ Identifier: 'joined' }]);
  expect(
    await client.send(new DescribeAnalysisDefinitionCommand({ AwsAccountId: ACCOUNT, AnalysisId: 'study' })),
  ).toMatchObject({ Errors: [], AnalysisId: 'study' });
  for (const command of [
    new DescribeDashboardDefinitionCommand({ AwsAccountId: ACCOUNT, DashboardId: 'no' }),
    new DescribeAnalysisDefinitionCommand({ AwsAccountId: ACCOUNT, AnalysisId: 'no' }),
  ]) {
    await expect(client.send(command as DescribeDashboardDefinitionCommand)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  }
});
