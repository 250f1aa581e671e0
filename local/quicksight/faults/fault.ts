/** The call has no effect. The answer is an error of QuickSight, or of S3 for a download. */
export interface ErrorFault {
  readonly kind: 'error';
  /** Name of the error, such as ThrottlingException, LimitExceededException, AccessDeniedException, InternalFailureException, SlowDown. */
  readonly name: string;
  /** Default: the status of the named error, or 400. */
  readonly status?: number;
  /** Default: the message of the named error. */
  readonly message?: string;
}

/** The call has no effect. The answer is this one, for example of a proxy. */
export interface AnswerFault {
  readonly kind: 'answer';
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: empty. */
  readonly body?: string | Buffer;
}

/** The call has no effect. The answer is an HTML page with status 200. */
export interface HtmlFault {
  readonly kind: 'html';
}

/** The call has no effect. The connection is reset. */
export interface ResetFault {
  readonly kind: 'reset';
}

/** The call takes effect, and then the connection is reset. */
export interface LostAnswerFault {
  readonly kind: 'lostAnswer';
}

/** The stand-in never answers. The connection ends with the client or the stand-in. */
export interface HangFault {
  readonly kind: 'hang';
  /** True if the call takes effect. Default: false. */
  readonly takesEffect?: boolean;
}

/** The call takes effect. The body of the answer ends after `afterBytes` bytes. */
export interface CutFault {
  readonly kind: 'cut';
  readonly afterBytes: number;
  /** Send the shortened length as Content-Length. Only a reader of the body can detect that. Default: false. */
  readonly honestLength?: boolean;
}

/** Download only: S3 reports the link as expired. */
export interface ExpiredFault {
  readonly kind: 'expired';
}

/** Download only: an XML error of S3 with status 200. */
export interface S3ErrorPageFault {
  readonly kind: 's3ErrorPage';
  /** Default: InternalError. */
  readonly code?: string;
}

/** Download only: wrong bytes with the ETag of the right ones. */
export interface WrongBytesFault {
  readonly kind: 'wrongBytes';
  /** Default: the right bytes with the middle byte inverted. */
  readonly content?: Buffer | ((right: Buffer) => Buffer);
}

/** Download only: other bytes with their own ETag, as after an overwrite of the object. */
export interface ChangedFault {
  readonly kind: 'changed';
  readonly content: Buffer | ((right: Buffer) => Buffer);
}

/** Download only: the server ignores Range and omits Accept-Ranges. Combines with another fault. */
export interface NoRangesFault {
  readonly kind: 'noRanges';
}

/** The body has chunked encoding and no Content-Length. Combines with another fault. */
export interface NoContentLengthFault {
  readonly kind: 'noContentLength';
}

/** Sets headers of the answer, and removes the undefined ones. Combines with another fault. */
export interface HeadersFault {
  readonly kind: 'headers';
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The call has no effect. The answer is a redirect. */
export interface RedirectFault {
  readonly kind: 'redirect';
  readonly location: string;
  /** Default: 307. */
  readonly status?: number;
}

export type FaultKind =
  | ErrorFault
  | AnswerFault
  | HtmlFault
  | ResetFault
  | LostAnswerFault
  | HangFault
  | CutFault
  | ExpiredFault
  | S3ErrorPageFault
  | WrongBytesFault
  | ChangedFault
  | NoRangesFault
  | NoContentLengthFault
  | HeadersFault
  | RedirectFault;

/** The request that a fault may affect. */
export interface FaultTarget {
  readonly operation: string;
  readonly method: string;
  readonly account?: string;
  readonly region?: string;
  readonly jobId?: string;
  /** Range header of a download. */
  readonly range?: string;
}

export interface FaultAim {
  /** Name of an operation, or `Download`. Default: any. */
  readonly operation?: string;
  /** Number of requests that the fault affects. Default: 1. */
  readonly times?: number;
  /** Number of matching requests that pass first. Default: 0. */
  readonly after?: number;
  /** Selects requests. Default: all. */
  readonly when?: (target: FaultTarget) => boolean;
}

export type Fault = FaultKind & FaultAim;

const RESPONSE_MODIFIERS: ReadonlyArray<Fault['kind']> = ['noRanges', 'noContentLength', 'headers'];

/** True for a fault that changes only the form of an answer, and so combines with another fault. */
export function isResponseModifier({ kind }: Fault): boolean {
  return RESPONSE_MODIFIERS.includes(kind);
}
