import fc from 'fast-check';
import { jsonBytes } from '../../../lambda/core/json-size';
import { assertResponseFits, failureReason } from '../../../lambda/lifecycle/cfn-response';
import { cloudFormationEvent } from '../../../testing/cloudformation-events';
import { character } from '../../support/character';
import { propertyOptions } from '../../support/property-options';

const event = cloudFormationEvent('Create');

/** Any UTF-16 code unit, unpaired surrogates and controls included, or any character. */
const unit = fc.oneof(
  character,
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code)),
);

test('a reason fits into the response with everything that the framework adds, whatever the text and the log group', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  const logGroups = fc.constantFrom('/aws/lambda/some-function', 'g'.repeat(512));
  fc.assert(
    fc.property(fc.string({ unit, minLength: 0, maxLength: 6000, size: 'max' }), logGroups, (message, logGroup) => {
      const reason = failureReason(event, message, logGroup);
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
      expect(reason.endsWith(`\nLog group: ${logGroup}, request request-1`)).toBe(true);
    }),
    propertyOptions(50),
  );
});

test('the last line of a reason is the log group, and the line before it reports that the text is truncated', () => {
  expect(failureReason(event, 'short', 'the-log')).toBe('short\nLog group: the-log, request request-1');
  expect(failureReason(event, 'x'.repeat(5000), 'the-log')).toMatch(
    /x…\n\[truncated; the log has the whole message\]\nLog group: the-log, request request-1$/,
  );
});

describe('a reason contains no character that CloudFormation cannot show', () => {
  const shown = (message: string) => failureReason(event, message, 'the-log').split('\nLog group: ')[0];

  test.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['a null character', 'a\u0000b', 'a\ufffdb'],
    ['a delete character', 'a\u007fb', 'a\ufffdb'],
    ['a C1 control', 'a\u0085b\u009fc', 'a\ufffdb\ufffdc'],
    ['an unpaired surrogate', 'a\ud834b\udd1e', 'a\ufffdb\ufffd'],
    ['a noncharacter', 'a\ufffeb\uffffc\u{1ffff}d', 'a\ufffdb\ufffdc\ufffdd'],
    ['the line end of Windows', 'a\r\nb\rc', 'a\nb\nc'],
  ])('%s is replaced', (_, message, expected) => expect(shown(message)).toBe(expected));

  test('line feeds, tabs and characters of any script remain', () => {
    const message = 'a\n\tb é 請交月報 𝄞 👩‍👩‍👧 \u200f\u00a0\ufffd';
    expect(shown(message)).toBe(message);
  });

  test('whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200, size: 'max' }), (message) => {
        // The characters of XML 1.0 (https://www.w3.org/TR/xml/#charsets), without the controls that it discourages.
        expect(failureReason(event, message, 'the-log')).toMatch(
          /^[\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u,
        );
      }),
      propertyOptions(200),
    );
  });
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
  const longestMessage = (of: typeof event): number => {
    for (let length = 1000; length < 4096; length++)
      if (failureReason(of, 'x'.repeat(length), 'log').includes('…')) return length - 1;
    throw new Error('no reason was truncated');
  };
  const update = cloudFormationEvent('Update', { PhysicalResourceId: 'p'.repeat(100) });
  const longest = failureReason(event, 'x'.repeat(longestMessage(event)), 'log');
  expect(4096 - responseBytes('', {}) - longest.length).toBe(1200 + 3);
  expect(longestMessage(event) - longestMessage(update)).toBe(100);
  const truncated = failureReason(event, 'x'.repeat(5000), 'log');
  expect(responseBytes('', {}) + jsonBytes(truncated)).toBeLessThanOrEqual(4096 - 1200);
  expect(responseBytes('', {}) + jsonBytes(truncated)).toBeGreaterThan(4096 - 1200 - 10);
});
