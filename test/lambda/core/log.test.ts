import { functionLogGroup, logOf } from '../../../lambda/core/log';
import { captureOutput } from '../../support/capture-output';

let output: string[];
beforeEach(() => {
  output = captureOutput();
  process.env.POWERTOOLS_SERVICE_NAME = 'asset-bundle-export';
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.POWERTOOLS_SERVICE_NAME;
});

const lines = (): Array<Record<string, unknown>> => output.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line has its level, its message, the fields of the log and its own fields', () => {
  const log = logOf({ jobId: 'job', requestType: 'Create' });
  log.info('one', { requeueAfterMs: 5, key: 'k' });
  log.warn('two', { reason: 'r' });
  log.error('three');
  const common = { service: 'asset-bundle-export', jobId: 'job', requestType: 'Create' };
  expect(lines()).toEqual([
    expect.objectContaining({ level: 'INFO', message: 'one', ...common, requeueAfterMs: 5, key: 'k' }),
    expect.objectContaining({ level: 'WARN', message: 'two', ...common, reason: 'r' }),
    expect.objectContaining({ level: 'ERROR', message: 'three', ...common }),
  ]);
  expect(lines()[2]).not.toHaveProperty('reason');
  expect(lines()[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('a line contains no link, neither from the fields of the log nor from its own', () => {
  const link = 'https://b.s3.amazonaws.com/secret?X-Amz-Signature=secret';
  const log = logOf({ physicalResourceId: link });
  log.info('one', { reason: `at ${link}` });
  log.warn('two', { reason: link });
  log.error('three', { reason: link });
  expect(output).toHaveLength(3);
  expect(output.join()).not.toContain('secret');
  expect(lines()[0]).toMatchObject({
    reason: 'at https://b.s3.amazonaws.com/***',
    physicalResourceId: 'https://b.s3.amazonaws.com/***',
  });
});

test('two logs do not share fields', () => {
  const [one, other] = [logOf({ jobId: 'one' }), logOf({ logicalResourceId: 'other' })];
  one.info('x');
  other.info('y');
  expect(lines()[1]).toMatchObject({ logicalResourceId: 'other' });
  expect(lines()[1]).not.toHaveProperty('jobId');
});

test('the log group of a function is the one that Lambda reports, or else the default of its name', () => {
  expect([
    functionLogGroup({ AWS_LAMBDA_LOG_GROUP_NAME: '/our/group', AWS_LAMBDA_FUNCTION_NAME: 'is-complete' }),
    functionLogGroup({ AWS_LAMBDA_FUNCTION_NAME: 'is-complete' }),
    functionLogGroup({}),
  ]).toEqual(['/our/group', '/aws/lambda/is-complete', '/aws/lambda/']);
});
