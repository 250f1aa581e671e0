import { RetryableError, TerminalError } from '../../../lambda/core/errors';

test('the stack of a TerminalError is one line without frames, because CloudFormation shows it', () => {
  expect(new TerminalError('two\nlines').stack).toBe('TerminalError');
});

test('an error carries the name of its class, which Lambda reports', () => {
  expect([new TerminalError('x').name, new RetryableError('busy', 'x').name]).toEqual([
    'TerminalError',
    'RetryableError',
  ]);
});

test('a RetryableError has a kind', () => {
  expect(new RetryableError('denied', 'x')).toMatchObject({ kind: 'denied', message: 'x' });
});
