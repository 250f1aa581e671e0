import type { Answer } from '../core/answer';
import { bytesOf } from '../core/answer';
import { statusOf } from '../core/service-error';
import { s3Error } from '../download/s3-error';
import type { Fault, FaultTarget } from './fault';

const MESSAGES: Record<string, (target: FaultTarget) => string> = {
  AccessDeniedException: ({ operation, account = '*', region = '*', jobId = '*' }) =>
    `User: arn:aws:sts::${account}:assumed-role/stand-in/session is not authorized to perform: quicksight:${operation} on resource: ` +
    `arn:aws:quicksight:${region}:${account}:asset-bundle-export-job/${jobId} because no identity-based policy allows the ` +
    `quicksight:${operation} action`,
  ThrottlingException: () => 'Rate exceeded',
  LimitExceededException: () => 'At most 5 asset bundle export jobs can run at the same time.',
  ServiceUnavailable: () => 'Service is unable to handle request.',
  InternalFailureException: () =>
    'The request processing has failed because of an unknown error, exception or failure.',
  ExpiredTokenException: () => 'The security token included in the request is expired',
  SlowDown: () => 'Please reduce your request rate.',
};

type ErrorAnswer = (name: string, message: string, status: number) => Answer;

/** The answer that replaces the one of the operation, or undefined when the operation is called. */
export function faultAnswer(fault: Fault, target: FaultTarget, errorAnswer: ErrorAnswer): Answer | undefined {
  switch (fault.kind) {
    case 'error': {
      const message = fault.message ?? MESSAGES[fault.name]?.(target) ?? 'A fault on demand.';
      if (target.operation === 'Download') return s3Error(fault.name, message, {}, fault.status);
      return errorAnswer(fault.name, message, fault.status ?? statusOf(fault.name));
    }
    case 'answer':
      return { status: fault.status ?? 200, headers: fault.headers ?? {}, body: bytesOf(fault.body ?? '') };
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: bytesOf(
          '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><p>Sign in to go on.</p></body></html>\n',
        ),
      };
    case 's3ErrorPage':
      return s3Error(fault.code ?? 'InternalError', 'We encountered an internal error. Please try again.', {}, 200);
    case 'redirect':
      return { status: fault.status ?? 307, headers: { location: fault.location }, body: bytesOf('') };
    default:
      return undefined;
  }
}

/** Applies the faults to the answer of an operation. */
export function modifiedAnswer(answer: Answer, faults: readonly Fault[]): Answer {
  return faults.reduce((before, fault): Answer => {
    switch (fault.kind) {
      case 'cut': {
        const { body } = before;
        if (!fault.honestLength) return { ...before, cutAfterBytes: fault.afterBytes };
        return { ...before, body: { ...body, size: Math.min(fault.afterBytes, body.size) } };
      }
      case 'noContentLength':
        return { ...before, chunked: true };
      case 'headers': {
        const headers = Object.entries({ ...before.headers, ...fault.headers }).filter(
          ([, value]) => value !== undefined,
        );
        return { ...before, headers: Object.fromEntries(headers) as Record<string, string> };
      }
      default:
        return before;
    }
  }, answer);
}
