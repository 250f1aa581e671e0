import { RetryableError, redact, TerminalError } from '../core/errors';

/** The parts of an SDK error that tell what to do about it. */
interface ServiceError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const BUSY = new Set([
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
]);

/** HTTP statuses that say the same, whatever the error is called. */
const BUSY_STATUSES = new Set([409, 429]);

/** Credentials and policies that a deployment has just made are not known everywhere at once. */
const DENIED = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'ExpiredTokenException',
  'ExpiredToken',
]);

/** Errors of the caller, which never reach the network: they stay as they are. */
const NOT_SENT = new Set(['TypeError', 'RangeError', 'URIError', 'EndpointError', 'CredentialsProviderError']);

/** Whether no answer came, or one that says nothing of the request: the call may or may not have taken effect. */
function isUnanswered(error: ServiceError): boolean {
  const status = error.$metadata?.httpStatusCode;
  // It broke off, whatever its status.
  if (error.name === 'TimeoutError' || error.code === 'ECONNRESET') return true;
  // An answer that the SDK cannot read is a TypeError, too.
  if (status === undefined)
    return '$response' in error || !(NOT_SENT.has(error.name) || error.code?.startsWith('ERR_INVALID'));
  return status >= 500 || (status >= 200 && status < 300);
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

export function httpStatus(error: unknown): number | undefined {
  return (error as ServiceError).$metadata?.httpStatusCode;
}

/** What an error of the SDK means for the step that met it. `call` names the action and the resource, for whoever has to allow it. */
export function classifyError(error: unknown, call: { action: string; resource: string }): Error {
  if (error instanceof TerminalError || error instanceof RetryableError) return error;
  const given = error as ServiceError;
  const said = [given.name, redact(given.message)].filter(Boolean).join(': ');
  if (DENIED.has(given.name) || (given.name === 'Unknown' && httpStatus(error) === 403)) {
    return new RetryableError(
      'denied',
      `${call.action} was refused on ${call.resource} (${said}). Allow the action ${call.action} on that resource for the role of the provider's isComplete function, and in the policies of the bucket, the key and the organization.`,
    );
  }
  if (BUSY.has(given.name) || BUSY_STATUSES.has(httpStatus(error) ?? 0) || isUnanswered(given)) {
    return new RetryableError('busy', `${call.action} answered ${said}`);
  }
  return new TerminalError(`${call.action} on ${call.resource} failed: ${said}`);
}
