import { LimitExceededError, RetryableError, TerminalError } from '../core/errors';
import { redactedExcerpt } from '../core/redact';

/** The members of an SDK error that decide its class. */
interface ServiceError extends Error {
  readonly code?: string;
  /** The host of a failed DNS lookup. */
  readonly hostname?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const BUSY = new Set([
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
]);

/** HTTP statuses of a busy service, whatever the name of the error. */
const BUSY_STATUSES = new Set([409, 429]);

/** New credentials and policies take time to propagate. */
const DENIED = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'ExpiredTokenException',
  'ExpiredToken',
]);

/** Client-side errors that happen before a request is sent. A retry does not help. */
const NOT_SENT = new Set(['TypeError', 'RangeError', 'URIError', 'EndpointError', 'CredentialsProviderError']);

/** True when the call returned nothing usable. It may have taken effect. */
function isUnanswered(error: ServiceError): boolean {
  const status = error.$metadata?.httpStatusCode;
  // The connection broke while the response was read, whatever its status.
  if (error.name === 'TimeoutError' || error.code === 'ECONNRESET') return true;
  // The SDK throws a TypeError for a response that it cannot parse.
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

/** The call that failed, for the person who has to allow it. */
interface FailedCall {
  readonly action: string;
  readonly resource: string;
  readonly region?: string;
}

/** Regions and endpoints of QuickSight. */
const ENDPOINTS_PAGE = 'https://docs.aws.amazon.com/general/latest/gr/quicksight.html';

/** Turns an error of the SDK into one that the engine retries or reports. */
export function classifyError(error: unknown, { action, resource, region }: FailedCall): Error {
  if (error instanceof TerminalError || error instanceof RetryableError) return error;
  const serviceError = error as ServiceError;
  const { name } = serviceError;
  const reported = redactedExcerpt([name, serviceError.message].filter(Boolean).join(': '));
  if (DENIED.has(name) || (name === 'Unknown' && httpStatus(error) === 403)) {
    return new RetryableError(
      'denied',
      `Access denied: ${action} on ${resource} (${reported}). Allow the action for the role of the isComplete function, also in the policies of the bucket, the key and the organization.`,
    );
  }
  if (serviceError.code === 'ENOTFOUND') {
    const service = action.startsWith('s3:') ? 'S3' : 'QuickSight';
    const where = region === undefined ? '' : ` in ${region}`;
    return new RetryableError(
      'unresolved',
      `${service} has no endpoint${where}: the host name ${serviceError.hostname} does not resolve (${action}). Deploy to a region where QuickSight is available: ${ENDPOINTS_PAGE}`,
    );
  }
  if (name === 'LimitExceededException') return new LimitExceededError(`${action} returned ${reported}`);
  if (BUSY.has(name) || BUSY_STATUSES.has(httpStatus(error) ?? 0) || isUnanswered(serviceError)) {
    return new RetryableError('busy', `${action} returned ${reported}`);
  }
  return new TerminalError(`${action} on ${resource} failed: ${reported}`);
}
