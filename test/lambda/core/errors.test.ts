import { LimitExceededError, RetryableError, TerminalError } from '../../../lambda/core/errors';

test('the stack of a TerminalError is one line without frames, because CloudFormation shows it', () => {
  expect(new TerminalError('two\nlines').stack).toBe('TerminalError');
});

test('an error carries the name of its class, which Lambda reports', () => {
  const errors = [new TerminalError('x'), new RetryableError('busy', 'x'), new LimitExceededError('x')];
  expect(errors.map(({ name }) => name)).toEqual(['TerminalError', 'RetryableError', 'LimitExceededError']);
});

test('a RetryableError has a kind', () => {
  for (const kind of ['busy', 'denied', 'unresolved'] as const)
    expect(new RetryableError(kind, 'x')).toMatchObject({ kind, message: 'x' });
});

test('a LimitExceededError is busy', () => {
  expect(new LimitExceededError('x')).toMatchObject({ kind: 'busy', message: 'x' });
});
