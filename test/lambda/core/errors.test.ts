import fc from 'fast-check';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';
import { jsonBytes, truncate } from '../../../lambda/core/json-size';
import { redact } from '../../../lambda/core/redact';

describe('shorten', () => {
  test('keeps to the bytes that JSON takes, whatever the text, and cuts no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 5, max: 200 }), (text, room) => {
        const short = truncate(text, room);
        expect(jsonBytes(short)).toBeLessThanOrEqual(room);
        expect(short === text || text.startsWith(short.slice(0, -1))).toBe(true);
        expect(short).not.toMatch(/[\ud800-\udbff]…$/);
      }),
    );
  });

  test('marks the cut', () => expect(truncate('abcdefghij', 9)).toBe('abcd…'));

  test('leaves what just fits', () =>
    expect([truncate('abcdefghij', 12), truncate('abcdefghij', 11)]).toEqual(['abcdefghij', 'abcdef…']));
});

describe('redact', () => {
  const URL =
    'https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/123456789012/job/x/assetbundle-job.qs?X-Amz-Signature=secret&X-Amz-Expires=300';

  test('takes path and query of a link out of any text', () => {
    const safe = redact(`Could not fetch ${URL}, sorry`);
    expect(safe).toContain('https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/***');
    expect(safe).not.toMatch(/secret|assetbundle-job|X-Amz-Expires/);
  });

  test('takes a signature out where it stands alone', () => {
    expect(redact('query X-Amz-Signature=secret&x-amz-security-token=secret, sorry')).toBe(
      'query X-Amz-***&X-Amz-*** sorry',
    );
  });

  test('leaves other text alone', () => {
    const text = 'Look into s3://bucket/prefix/assetbundle-x.manifest.json or https://docs.aws.amazon.com/quicksight/';
    expect(redact(text)).toBe(text);
  });
});

test('a failure brings no stack frames into the answer', () => {
  expect(new TerminalError('two\nlines').stack?.split('\n')).toHaveLength(1);
});

test('failures are told apart by name', () => {
  expect([new TerminalError('x').name, new RetryableError('busy', 'x').name, new TerminalError('x').stack]).toEqual([
    'TerminalError',
    'RetryableError',
    'TerminalError',
  ]);
});

test('bytes are counted as JSON writes them', () => {
  expect([jsonBytes('é'), jsonBytes('"'), jsonBytes('\n'), jsonBytes({ a: 1 }), jsonBytes(undefined)]).toEqual([
    4, 4, 4, 7, 0,
  ]);
});
