import fc from 'fast-check';
import { checkAnswer, fittingReason } from '../../lambda/answer';
import { jsonBytes } from '../../lambda/failure';
import { cloudFormationEvent } from '../support/events';

const event = cloudFormationEvent('Create');

test('a reason fits with all that the framework adds, whatever the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 6000, size: 'max' }), (message) => {
    const reason = fittingReason(event, message, '/aws/lambda/some-function');
    const { StackId, RequestId, LogicalResourceId } = event;
    const answer = { Status: 'FAILED', Reason: `${reason}\n\nLogs: /aws/lambda/${'f'.repeat(64)}\n`, StackId, RequestId, LogicalResourceId, PhysicalResourceId: 'p'.repeat(102) };
    expect(jsonBytes(answer)).toBeLessThanOrEqual(4096);
  }), { numRuns: 50 });
});

test('a reason that was cut says where all of it is, a short one stays as it is', () => {
  expect(fittingReason(event, 'short', 'the-log')).toBe('short');
  expect(fittingReason(event, 'x'.repeat(5000), 'the-log')).toMatch(/x…\n\[shortened; the whole message is in the log group the-log, request request-1\]$/);
});

test('attributes that do not fit fail with what to shorten', () => {
  expect(() => checkAnswer(event, 'job', { ArtifactKey: 'k'.repeat(1000) })).not.toThrow();
  expect(() => checkAnswer(event, 'job', { ArtifactKey: 'é'.repeat(2000) })).toThrow(/would have 4\d{3} bytes.*shorten the prefix/);
});
