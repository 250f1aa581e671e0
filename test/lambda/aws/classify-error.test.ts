import { classifyError, errorName, httpStatus } from '../../../lambda/aws/classify-error';
import { RetryableError, TerminalError } from '../../../lambda/core/errors';

const CALL = { action: 's3:PutObject', resource: 's3://bucket/key' };
const error = (name: string, httpStatusCode?: number, message = 'What it says.') =>
  Object.assign(new Error(message), { name, ...(httpStatusCode !== undefined && { $metadata: { httpStatusCode } }) });
const meaning = (name: string, status?: number) => classifyError(error(name, status), CALL);

test.each([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'ConflictException',
  'SlowDown',
  'RequestTimeout',
  'RequestTimeoutException',
  'ConditionalRequestConflict',
  'OperationAborted',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalFailure',
  'InternalFailureException',
])('%s passes by itself', (name) => {
  expect(meaning(name, 400)).toBeInstanceOf(RetryableError);
  expect(meaning(name, 400)).toMatchObject({
    name: 'RetryableError',
    kind: 'busy',
    message: `s3:PutObject returned ${name}: What it says.`,
  });
});

test.each([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'ExpiredTokenException',
  'ExpiredToken',
])('%s may be a permission on its way, and names what to allow where', (name) => {
  expect(meaning(name, 403)).toMatchObject({
    kind: 'denied',
    message: `Access denied: s3:PutObject on s3://bucket/key (${name}: What it says.). Allow the action for the role of the isComplete function, also in the policies of the bucket, the key and the organization.`,
  });
});

test.each<[string, number | undefined, string]>([
  // A HEAD has no body, and so its error no name.
  ['Unknown', 403, 'denied'],
  ['Unknown', 500, 'busy'],
  ['Unknown', 400, 'failed'],
  ['SomethingElse', 403, 'failed'],
  ['InternalError', 500, 'busy'],
  ['ServiceUnavailable', 503, 'busy'],
  ['Whatever', 429, 'busy'],
  ['InvalidParameterValueException', 400, 'failed'],
  ['NotFound', 499, 'failed'],
  // An answer that says nothing of the request: HTML with status 200.
  ['SyntaxError', 200, 'busy'],
  ['SyntaxError', 299, 'busy'],
  ['Odd', 199, 'failed'],
  ['PermanentRedirect', 300, 'failed'],
  ['TimeoutError', undefined, 'busy'],
  ['Error', undefined, 'busy'],
  // Errors of the caller, which never reached the network.
  ...['CredentialsProviderError', 'TypeError', 'RangeError', 'URIError', 'EndpointError'].map(
    (name): [string, undefined, string] => [name, undefined, 'failed'],
  ),
])('%s with status %s: %s', (name, status, expected) => {
  const found = meaning(name, status);
  if (expected === 'failed') {
    expect(found).toBeInstanceOf(TerminalError);
    expect(found.message).toBe(`s3:PutObject on s3://bucket/key failed: ${name}: What it says.`);
  } else expect(found).toMatchObject({ kind: expected });
});

test('an answer that the SDK cannot read is none, and what Node.js does not take is no answer', () => {
  expect(classifyError(Object.assign(error('TypeError'), { $response: {} }), CALL)).toMatchObject({ kind: 'busy' });
  expect(classifyError(Object.assign(error('Error'), { code: 'ERR_INVALID_CHAR' }), CALL)).toBeInstanceOf(
    TerminalError,
  );
  expect(classifyError(Object.assign(error('Error'), { code: 'ECONNRESET' }), CALL)).toMatchObject({ kind: 'busy' });
});

test.each([{ name: 'TimeoutError' }, { name: 'Error', code: 'ECONNRESET' }])(
  'an answer that broke off says nothing, whatever its status: %j',
  ({ name, ...more }) => {
    expect(classifyError(Object.assign(error(name, 403), more), CALL)).toMatchObject({ kind: 'busy' });
  },
);

test('what has its meaning already keeps it', () => {
  for (const given of [new TerminalError('x'), new RetryableError('busy', 'x')])
    expect(classifyError(given, CALL)).toBe(given);
});

test('no meaning tells a link', () => {
  for (const name of ['SlowDown', 'AccessDenied', 'Other'])
    expect(classifyError(error(name, 400, 'at https://example.com/secret?x'), CALL).message).not.toContain('/secret');
});

test('the parts of an error are told where it has them', () => {
  expect([
    errorName(error('SlowDown')),
    errorName('no error'),
    httpStatus(error('x', 404)),
    httpStatus(error('x')),
  ]).toEqual(['SlowDown', 'Error', 404, undefined]);
});
