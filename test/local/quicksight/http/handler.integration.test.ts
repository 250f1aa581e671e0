import { DescribeAssetBundleExportJobCommand } from '@aws-sdk/client-quicksight';
import trimmed from '../../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { ACCOUNT } from '../fixtures';
import { Harness } from '../harness';
import { EXPORT_OPERATIONS, requestOf, violationsOf } from '../model/violations';

afterEach(() => Harness.stopAll());

test('a request that violates a constraint is rejected and starts no job', async () => {
  const harness = await Harness.start();
  const model = trimmed as unknown as ServiceModel;
  for (const operation of EXPORT_OPERATIONS) {
    for (const { title, input, error, parts } of violationsOf(model, operation)) {
      const { method, path, body } = requestOf(model, operation, input);
      const { status, headers, text } = await harness.raw(method, path, body);
      expect([title, status, headers['x-amzn-errortype']]).toEqual([title, 400, error]);
      const { Message, RequestId } = JSON.parse(text);
      expect(RequestId).toBe(headers['x-amzn-requestid']);
      for (const part of parts) expect(Message).toContain(part);
    }
  }
  expect(harness.standIn.jobs).toEqual([]);
});

test.each([
  ['POST', '/accounts/111122223333/asset-bundle-export-jobs/job', 404, 'UnknownOperationException'],
  ['DELETE', '/accounts/111122223333/asset-bundle-export-jobs', 404, 'UnknownOperationException'],
  ['POST', '/accounts/111122223333/asset-bundle-import-jobs/import', 404, 'UnknownOperationException'],
  ['GET', '/', 404, 'UnknownOperationException'],
  ['GET', '/accounts/111122223333/asset-bundle-export-jobs/%E0%A4%A', 400, 'ValidationException'],
  ['GET', '/accounts/111122223333/asset-bundle-export-jobs/', 400, 'ValidationException'],
  ['POST', '/accounts/111122223333/asset-bundle-export-jobs/export', 400, 'ValidationException'],
])('%s %s answers %d %s', async (method, path, status, name) => {
  const harness = await Harness.start();
  const answer = await harness.raw(method, path);
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, name]);
  expect(JSON.parse(answer.text)).toEqual({
    Message: expect.any(String),
    RequestId: answer.headers['x-amzn-requestid'],
  });
});

test('a body that is too long is rejected', async () => {
  const harness = await Harness.start();
  const answer = await harness.raw(
    'POST',
    `/accounts/${ACCOUNT}/asset-bundle-export-jobs/export`,
    'x'.repeat(5_000_000),
  );
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([413, 'RequestEntityTooLargeException']);
});

test('an unsigned request is rejected', async () => {
  const harness = await Harness.start();
  const answer = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs`, undefined, {});
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([403, 'MissingAuthenticationTokenException']);
});

test('errorTypeSuffix adds a suffix to the name of an error in the header', async () => {
  const harness = await Harness.start({ errorTypeSuffix: true });
  const { headers } = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs/no`);
  expect(headers['x-amzn-errortype']).toBe(
    'ResourceNotFoundException:http://internal.amazon.com/coral/com.amazonaws.quicksight/',
  );
  const command = new DescribeAssetBundleExportJobCommand({ AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'no' });
  await expect(harness.client().send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
