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
  for (const kind of ['busy', 'denied', 'unresolved'] as const)
    expect(new RetryableError(kind, 'x')).toMatchObject({ kind, message: 'x' });
});
