import { TerminalError } from '../../../lambda/core/errors';
import { reportFailure, requestFields } from '../../../lambda/lifecycle/report-failure';
import { cloudFormationEvent, STACK_ID } from '../../../testing/cloudformation-events';
import { type LogLine, recordedLog } from '../../../testing/recorded-log';

const EVENT = cloudFormationEvent('Create');
const IDENTITY = {
  requestType: 'Create',
  cloudFormationRequestId: 'request-1',
  stackId: STACK_ID,
  logicalResourceId: 'Sales',
};

let lines: LogLine[];
beforeEach(() => {
  lines = [];
});
const report = (error: unknown): TerminalError => reportFailure(error, EVENT, recordedLog(lines), 'the-log');

test('the fields of a request name its physical id as the job id unless they differ', () => {
  expect(requestFields(EVENT, 'one')).toEqual({ ...IDENTITY, physicalResourceId: 'one', jobId: 'one' });
  expect(requestFields(EVENT, 'one', 'two')).toEqual({ ...IDENTITY, physicalResourceId: 'one', jobId: 'two' });
});

test('a TerminalError keeps its message, and names the log group', () => {
  const failure = report(new TerminalError('The bucket is missing.'));
  expect(failure).toBeInstanceOf(TerminalError);
  expect(failure.message).toBe('The bucket is missing.\nLog group: the-log, request request-1');
  expect(lines).toEqual([{ level: 'error', message: 'request failed', reason: 'The bucket is missing.' }]);
});

test('an unexpected error becomes a TerminalError with its name and without a link', () => {
  const failure = report(new RangeError('at https://example.com/secret?secret'));
  expect(failure).toBeInstanceOf(TerminalError);
  expect(failure.message).toMatch(
    /^RangeError: at https:\/\/example\.com\/\*\*\* \(unexpected error, please report it\)\nLog group: /,
  );
});

test('a link in the message of any error is redacted', () => {
  const failure = report(new TerminalError('at https://example.com/secret?secret'));
  expect(failure.message).toMatch(/^at https:\/\/example\.com\/\*\*\*\nLog group: /);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('a long unexpected error keeps the request to report it', () => {
  expect(report(new RangeError('x'.repeat(1_000_000))).message.length).toBeLessThan(4096);
  expect(lines[0]?.reason).toMatch(/x… \(unexpected error, please report it\)$/);
});

test('a control character is replaced for CloudFormation', () => {
  expect(report(new TerminalError('a\u001bb')).message).toMatch(/^a\ufffdb\n/);
});

test('a long message is truncated for CloudFormation and whole in the log', () => {
  const { message } = report(new TerminalError('x'.repeat(5000)));
  expect(message).toMatch(/\[truncated; the log has the whole message\]\nLog group: the-log, request request-1$/);
  expect(message.length).toBeLessThan(4096);
  expect(lines[0]?.reason).toBe('x'.repeat(5000));
});
