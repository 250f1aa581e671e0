import { classifyError, errorName, httpStatus } from '../../../lambda/aws/classify-error';
import { LimitExceededError, RetryableError, TerminalError } from '../../../lambda/core/errors';

const CALL = { action: 's3:PutObject', resource: 's3://bucket/key' };
const error = (name: string, httpStatusCode?: number, message = 'Its message.') =>
  Object.assign(new Error(message), { name, ...(httpStatusCode !== undefined && { $metadata: { httpStatusCode } }) });
const classified = (name: string, status?: number) => classifyError(error(name, status), CALL);

test.each([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
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
])('%s is retried until the deadline', (name) => {
  expect(classified(name, 400)).toBeInstanceOf(RetryableError);
  expect(classified(name, 400)).toMatchObject({
    name: 'RetryableError',
    kind: 'busy',
    message: `s3:PutObject returned ${name}: Its message.`,
  });
});

test('LimitExceededException is retried until the deadline, as a request that waits for a slot', () => {
  expect(classified('LimitExceededException', 409)).toBeInstanceOf(LimitExceededError);
  expect(classified('LimitExceededException', 409)).toMatchObject({
    kind: 'busy',
    message: 's3:PutObject returned LimitExceededException: Its message.',
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
])('%s is retried while policies propagate, and names the action to allow and the resource', (name) => {
  expect(classified(name, 403)).toMatchObject({
    kind: 'denied',
    message: `Access denied: s3:PutObject on s3://bucket/key (${name}: Its message.). Allow the action for the role of the isComplete function, also in the policies of the bucket, the key and the organization.`,
  });
});

test.each<[string, number | undefined, string]>([
  // The response to HEAD has no body, so the SDK has no name for its error.
  ['Unknown', 403, 'denied'],
  ['Unknown', 500, 'busy'],
  ['Unknown', 400, 'failed'],
  ['SomethingElse', 403, 'failed'],
  ['InternalError', 500, 'busy'],
  ['ServiceUnavailable', 503, 'busy'],
  ['Whatever', 429, 'busy'],
  ['InvalidParameterValueException', 400, 'failed'],
  ['NotFound', 499, 'failed'],
  // A response that the SDK cannot parse, such as HTML with status 200.
  ['SyntaxError', 200, 'busy'],
  ['SyntaxError', 299, 'busy'],
  ['Odd', 199, 'failed'],
  ['PermanentRedirect', 300, 'failed'],
  ['TimeoutError', undefined, 'busy'],
  ['Error', undefined, 'busy'],
  // Errors before a request is sent.
  ...['CredentialsProviderError', 'TypeError', 'RangeError', 'URIError', 'EndpointError'].map(
    (name): [string, undefined, string] => [name, undefined, 'failed'],
  ),
])('%s with HTTP status %s is classified as %s', (name, status, expected) => {
  const result = classified(name, status);
  if (expected === 'failed') {
    expect(result).toBeInstanceOf(TerminalError);
    expect(result.message).toBe(`s3:PutObject on s3://bucket/key failed: ${name}: Its message.`);
  } else expect(result).toMatchObject({ kind: expected });
});

test('a TypeError of a response that the SDK cannot parse is retried', () => {
  expect(classifyError(Object.assign(error('TypeError'), { $response: {} }), CALL)).toMatchObject({ kind: 'busy' });
});

test('an error of Node.js is final when it rejects the arguments, and retried when the connection broke', () => {
  expect(classifyError(Object.assign(error('Error'), { code: 'ERR_INVALID_CHAR' }), CALL)).toBeInstanceOf(
    TerminalError,
  );
  expect(classifyError(Object.assign(error('Error'), { code: 'ECONNRESET' }), CALL)).toMatchObject({ kind: 'busy' });
});

test.each([{ name: 'TimeoutError' }, { name: 'Error', code: 'ECONNRESET' }])(
  'a broken connection is retried, whatever the HTTP status: %j',
  ({ name, ...more }) => {
    expect(classifyError(Object.assign(error(name, 403), more), CALL)).toMatchObject({ kind: 'busy' });
  },
);

describe('a host name that does not resolve', () => {
  const unresolved = (code: string) =>
    Object.assign(error('Error', undefined, `getaddrinfo ${code} quicksight.us-west-1.amazonaws.com`), {
      code,
      hostname: 'quicksight.us-west-1.amazonaws.com',
      $metadata: { attempts: 1, totalRetryDelay: 0 },
    });
  const call = { action: 'quicksight:StartAssetBundleExportJob', resource: 'arn', region: 'us-west-1' };

  test('is retried for a limited time, and names the region and the list of supported regions', () => {
    const result = classifyError(unresolved('ENOTFOUND'), call);
    expect(result).toBeInstanceOf(RetryableError);
    expect(result).toMatchObject({
      kind: 'unresolved',
      message:
        'QuickSight has no endpoint in us-west-1: the host name quicksight.us-west-1.amazonaws.com does not resolve (quicksight:StartAssetBundleExportJob). Deploy to a region where QuickSight is available: https://docs.aws.amazon.com/general/latest/gr/quicksight.html',
    });
  });

  test('may be a host of S3', () => {
    const s3Error = Object.assign(error('Error'), { code: 'ENOTFOUND', hostname: 'b.s3.xx-none-1.amazonaws.com' });
    expect(classifyError(s3Error, CALL).message).toMatch(
      /^S3 has no endpoint: the host name b\.s3\.xx-none-1\.amazonaws\.com does not resolve \(s3:PutObject\)\. Deploy to a region/,
    );
  });

  test('is retried until the deadline when the resolver does not respond', () => {
    expect(classifyError(unresolved('EAI_AGAIN'), call)).toMatchObject({ kind: 'busy' });
  });
});

test('an error that is classified already is returned unchanged', () => {
  for (const classifiedError of [new TerminalError('x'), new RetryableError('busy', 'x')])
    expect(classifyError(classifiedError, CALL)).toBe(classifiedError);
});

test('no message contains the link of the original error', () => {
  for (const name of ['SlowDown', 'AccessDenied', 'Other'])
    expect(classifyError(error(name, 400, 'at https://example.com/secret?x'), CALL).message).not.toContain('/secret');
});

test('a long error of a service is cut', () => {
  for (const name of ['SlowDown', 'AccessDenied', 'Other', 'X'.repeat(10_000)]) {
    const { message } = classifyError(error(name, 400, 'x'.repeat(1_000_000)), CALL);
    expect(message.length).toBeGreaterThan(4096);
    expect(message.length).toBeLessThan(5000);
  }
});

test('errorName and httpStatus read the members that the error has', () => {
  expect([
    errorName(error('SlowDown')),
    errorName('no error'),
    httpStatus(error('x', 404)),
    httpStatus(error('x')),
  ]).toEqual(['SlowDown', 'Error', 404, undefined]);
});
