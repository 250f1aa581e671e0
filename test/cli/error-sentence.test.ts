import { readFile } from 'node:fs/promises';
import { errorSentence } from '../../cli/error-sentence';

test('an error of the file system names the file and the reason', async () => {
  const error: unknown = await readFile('/absent/bundle.qs').catch((reason: unknown) => reason);
  expect(errorSentence(error)).toBe('/absent/bundle.qs: no such file or directory');
});

test('a message is one line without control characters', () => {
  expect(errorSentence(new Error('entry \u001b[31m: damaged\n  at byte 5\n'))).toBe(
    'entry \\u001b[31m: damaged at byte 5',
  );
});

test.each([
  [new RangeError(''), 'RangeError'],
  [Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }), 'write EPIPE'],
])('%p is reported as "%s"', (error, expected) => {
  expect(errorSentence(error)).toBe(expected);
});
