import { DescribeAssetBundleExportJobCommand } from '@aws-sdk/client-quicksight';
import trimmed from '../../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { ACCOUNT } from '../fixtures';
import { Harness } from '../harness';
import { EXPORT_OPERATIONS, requestOf, violationsOf } from '../model/violations';

afterEach(() => Harness.stopAll());

test('each violated constraint is refused over HTTP, and starts nothing', async () => {
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

test('a body that is too long is refused', async () => {
  const harness = await Harness.start();
  const answer = await harness.raw(
    'POST',
    `/accounts/${ACCOUNT}/asset-bundle-export-jobs/export`,
    'x'.repeat(5_000_000),
  );
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([413, 'RequestEntityTooLargeException']);
});

test('who does not sign is refused', async () => {
  const harness = await Harness.start();
  const answer = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs`, undefined, {});
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([403, 'MissingAuthenticationTokenException']);
});

test('the name of an error may have a suffix in the header', async () => {
  const harness = await Harness.start({ errorTypeSuffix: true });
  const { headers } = await harness.raw('GET', `/accounts/${ACCOUNT}/asset-bundle-export-jobs/no`);
  expect(headers['x-amzn-errortype']).toBe(
    'ResourceNotFoundException:http://internal.amazon.com/coral/com.amazonaws.quicksight/',
  );
  const command = new DescribeAssetBundleExportJobCommand({ AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'no' });
  await expect(harness.client().send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

describe('the server', () => {
  test('listens on the loopback interface alone, once', async () => {
    const harness = await Harness.start();
    await expect(harness.standIn.start()).rejects.toThrow('is already running');
    await harness.standIn.stop();
    await expect(harness.standIn.start({ host: '0.0.0.0' })).rejects.toThrow(
      'listens only on the loopback interface. Use 127.0.0.1, ::1 or localhost instead of 0.0.0.0.',
    );
    await harness.standIn.stop();
    expect((await harness.standIn.start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('says so when the port is taken', async () => {
    const [one, other] = [await Harness.start(), await Harness.start()];
    await other.standIn.stop();
    const port = Number(new URL(one.url).port);
    await expect(other.standIn.start({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is already in use. Stop the process that listens on it, or choose another port (0 selects a free one).`,
    );
  });
});
