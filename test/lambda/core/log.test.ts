import { logOf } from '../../../lambda/core/log';
import { capturePrinted } from '../../support/capture-output';

let printed: string[];
beforeEach(() => {
  printed = capturePrinted();
  process.env.POWERTOOLS_SERVICE_NAME = 'asset-bundle-export';
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.POWERTOOLS_SERVICE_NAME;
});

const lines = (): Array<Record<string, unknown>> => printed.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line has its level, its message, what every line has and what it adds', () => {
  const log = logOf({ jobId: 'job', requestType: 'Create' });
  log.info('one', { requeueAfterMs: 5, key: 'k' });
  log.warn('two', { reason: 'r' });
  log.error('three');
  const always = { service: 'asset-bundle-export', jobId: 'job', requestType: 'Create' };
  expect(lines()).toEqual([
    expect.objectContaining({ level: 'INFO', message: 'one', ...always, requeueAfterMs: 5, key: 'k' }),
    expect.objectContaining({ level: 'WARN', message: 'two', ...always, reason: 'r' }),
    expect.objectContaining({ level: 'ERROR', message: 'three', ...always }),
  ]);
  expect(lines()[2]).not.toHaveProperty('reason');
  expect(lines()[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('no line holds a link, wherever it comes from', () => {
  const link = 'https://b.s3.amazonaws.com/secret?X-Amz-Signature=secret';
  const log = logOf({ physicalResourceId: link });
  log.info('one', { reason: `at ${link}` });
  log.warn('two', { reason: link });
  log.error('three', { reason: link });
  expect(printed).toHaveLength(3);
  expect(printed.join()).not.toContain('secret');
  expect(lines()[0]).toMatchObject({
    reason: 'at https://b.s3.amazonaws.com/***',
    physicalResourceId: 'https://b.s3.amazonaws.com/***',
  });
});

test('the logs of two requests do not mix', () => {
  const [one, other] = [logOf({ jobId: 'one' }), logOf({ logicalResourceId: 'other' })];
  one.info('x');
  other.info('y');
  expect(lines()[1]).toMatchObject({ logicalResourceId: 'other' });
  expect(lines()[1]).not.toHaveProperty('jobId');
});
