import fc from 'fast-check';
import { jsonBytes } from '../../../lambda/core/json-size';
import { assertResponseFits, truncateReason } from '../../../lambda/lifecycle/cfn-response';
import { cloudFormationEvent } from '../../../testing/cloudformation-events';
import { cases } from '../../support/property-options';

const event = cloudFormationEvent('Create');

test('a reason fits with all that the framework adds, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 6000, size: 'max' }), (message) => {
      const reason = truncateReason(event, message, '/aws/lambda/some-function');
      const { StackId, RequestId, LogicalResourceId } = event;
      const answer = {
        Status: 'FAILED',
        Reason: `${reason}\n\nLogs: /aws/lambda/${'f'.repeat(64)}\n`,
        StackId,
        RequestId,
        LogicalResourceId,
        PhysicalResourceId: 'p'.repeat(102),
      };
      expect(jsonBytes(answer)).toBeLessThanOrEqual(4096);
    }),
    cases(50),
  );
});

test('a reason that was cut says where all of it is, a short one stays as it is', () => {
  expect(truncateReason(event, 'short', 'the-log')).toBe('short');
  expect(truncateReason(event, 'x'.repeat(5000), 'the-log')).toMatch(
    /x…\n\[truncated; the whole message is in the log group the-log, request request-1\]$/,
  );
});

test('attributes that do not fit fail with what to shorten', () => {
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(1000) })).not.toThrow();
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'é'.repeat(2000) })).toThrow(
    /has 4\d{3} bytes \(at most 4096\)\. Shorten the prefix/,
  );
});

/** An answer as the framework sends it; the names of its members count as well. */
const answerBytes = (physicalResourceId: string, Data: object, Reason = 'SUCCESS'): number => {
  const { StackId, RequestId, LogicalResourceId } = event;
  return Buffer.byteLength(
    JSON.stringify({
      Status: 'SUCCESS',
      Reason,
      StackId,
      RequestId,
      PhysicalResourceId: physicalResourceId,
      LogicalResourceId,
      Data,
    }),
  );
};

test('attributes that just fit pass, one byte more does not', () => {
  const room = 4096 - answerBytes('job', { ArtifactKey: '' });
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(room) })).not.toThrow();
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(room + 1) })).toThrow(
    'has 4097 bytes (at most 4096)',
  );
});

test('a reason has all the room but what the framework may add', () => {
  const longest = (from: typeof event): number => {
    for (let length = 1000; length < 4096; length++)
      if (truncateReason(from, 'x'.repeat(length), 'log').length !== length) return length - 1;
    throw new Error('it has no end');
  };
  const update = cloudFormationEvent('Update', { PhysicalResourceId: 'p'.repeat(100) });
  expect(4096 - answerBytes('', {}) - longest(event)).toBe(1200 + 2);
  expect(longest(event) - longest(update)).toBe(100);
  const shortened = truncateReason(event, 'x'.repeat(5000), 'log');
  expect(answerBytes('', {}) + jsonBytes(shortened)).toBeLessThanOrEqual(4096 - 1200);
  expect(answerBytes('', {}) + jsonBytes(shortened)).toBeGreaterThan(4096 - 1200 - 10);
});
