import fc from 'fast-check';
import { jsonBytes } from '../../../lambda/core/json-size';
import { assertResponseFits, truncateReason } from '../../../lambda/lifecycle/cfn-response';
import { cloudFormationEvent } from '../../../testing/cloudformation-events';
import { character } from '../../support/character';
import { propertyOptions } from '../../support/property-options';

const event = cloudFormationEvent('Create');

test('a truncated reason fits into the response with everything that the framework adds, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 0, maxLength: 6000, size: 'max' }), (message) => {
      const reason = truncateReason(event, message, '/aws/lambda/some-function');
      const { StackId, RequestId, LogicalResourceId } = event;
      const response = {
        Status: 'FAILED',
        Reason: `${reason}\n\nLogs: /aws/lambda/${'f'.repeat(64)}\n`,
        StackId,
        RequestId,
        LogicalResourceId,
        PhysicalResourceId: 'p'.repeat(102),
      };
      expect(jsonBytes(response)).toBeLessThanOrEqual(4096);
    }),
    propertyOptions(50),
  );
});

test('a truncated reason names the log that has the whole message, and a short reason is unchanged', () => {
  expect(truncateReason(event, 'short', 'the-log')).toBe('short');
  expect(truncateReason(event, 'x'.repeat(5000), 'the-log')).toMatch(
    /x…\n\[truncated; the whole message is in the log group the-log, request request-1\]$/,
  );
});

test('attributes that do not fit fail with the property to shorten', () => {
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(1000) })).not.toThrow();
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'é'.repeat(2000) })).toThrow(
    /has 4\d{3} bytes \(at most 4096\)\. Shorten the prefix/,
  );
});

/** Size of the response that the framework sends, including the names of its members. */
const responseBytes = (physicalResourceId: string, Data: object, Reason = 'SUCCESS'): number => {
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

test('attributes of exactly 4,096 bytes pass, and one byte more fails', () => {
  const room = 4096 - responseBytes('job', { ArtifactKey: '' });
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(room) })).not.toThrow();
  expect(() => assertResponseFits(event, 'job', { ArtifactKey: 'k'.repeat(room + 1) })).toThrow(
    'has 4097 bytes (at most 4096)',
  );
});

test('a reason may fill the response except for 1,200 bytes, which the framework may add', () => {
  const longestReason = (of: typeof event): number => {
    for (let length = 1000; length < 4096; length++)
      if (truncateReason(of, 'x'.repeat(length), 'log').length !== length) return length - 1;
    throw new Error('no reason was truncated');
  };
  const update = cloudFormationEvent('Update', { PhysicalResourceId: 'p'.repeat(100) });
  expect(4096 - responseBytes('', {}) - longestReason(event)).toBe(1200 + 2);
  expect(longestReason(event) - longestReason(update)).toBe(100);
  const truncated = truncateReason(event, 'x'.repeat(5000), 'log');
  expect(responseBytes('', {}) + jsonBytes(truncated)).toBeLessThanOrEqual(4096 - 1200);
  expect(responseBytes('', {}) + jsonBytes(truncated)).toBeGreaterThan(4096 - 1200 - 10);
});
