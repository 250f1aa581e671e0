/** The call never takes effect; it is answered with an error of the service, or of S3 for a download. */
export interface ErrorFault {
  readonly kind: 'error';
  /** The error's name, such as ThrottlingException, LimitExceededException, AccessDeniedException, InternalFailureException, SlowDown. */
  readonly name: string;
  /** Default: what goes with the name, else 400. */
  readonly status?: number;
  /** Default: a sentence that goes with the name. */
  readonly message?: string;
}

/** The call never takes effect; the answer is this one, as a proxy might give it. */
export interface AnswerFault {
  readonly kind: 'answer';
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: empty. */
  readonly body?: string | Buffer;
}

/** The call never takes effect; the answer is a page in HTML with status 200. */
export interface HtmlFault {
  readonly kind: 'html';
}

/** The call never takes effect: the connection is reset. */
export interface ResetFault {
  readonly kind: 'reset';
}

/** The call takes effect, and then the connection is reset. */
export interface LostAnswerFault {
  readonly kind: 'lostAnswer';
}

/** No answer ever, until the client gives up or the stand-in is stopped. */
export interface HangFault {
  readonly kind: 'hang';
  /** Whether the call takes effect. Default: false. */
  readonly takesEffect?: boolean;
}

/** The call takes effect, and the answer's body ends after so many bytes. */
export interface CutFault {
  readonly kind: 'cut';
  readonly afterBytes: number;
  /** Whether Content-Length is what is sent, so that nobody but a reader of the body can tell. Default: false. */
  readonly honestLength?: boolean;
}

/** Download only: the link is answered as one that has expired. */
export interface ExpiredFault {
  readonly kind: 'expired';
}

/** Download only: an error of S3 in XML, but with status 200. */
export interface S3ErrorPageFault {
  readonly kind: 's3ErrorPage';
  /** Default: InternalError. */
  readonly code?: string;
}

/** Download only: other bytes, under the ETag and, where they are as many, the Content-Length of the right ones. */
export interface WrongBytesFault {
  readonly kind: 'wrongBytes';
  /** Default: the right ones, the middle byte inverted. */
  readonly content?: Buffer | ((right: Buffer) => Buffer);
}

/** Download only: other bytes under their own ETag, as if the file had been made again. */
export interface ChangedFault {
  readonly kind: 'changed';
  readonly content: Buffer | ((right: Buffer) => Buffer);
}

/** Download only: Range is ignored, and Accept-Ranges not sent. Goes together with another fault. */
export interface NoRangesFault {
  readonly kind: 'noRanges';
}

/** The body comes in chunks, without a Content-Length. Goes together with another fault. */
export interface NoContentLengthFault {
  readonly kind: 'noContentLength';
}

/** The answer has these headers, too; undefined takes one away. Goes together with another fault. */
export interface HeadersFault {
  readonly kind: 'headers';
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The call never takes effect: it is sent elsewhere. */
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

/** What a fault can be aimed at. */
export interface FaultTarget {
  readonly operation: string;
  readonly method: string;
  readonly account?: string;
  readonly region?: string;
  readonly jobId?: string;
  /** The Range header of a download. */
  readonly range?: string;
}

export interface FaultAim {
  /** StartAssetBundleExportJob and so on, or Download. Default: any. */
  readonly operation?: string;
  /** How many requests meet it. Default: 1. */
  readonly times?: number;
  /** How many requests that it is aimed at pass before. Default: 0. */
  readonly after?: number;
  /** Which of the operation's requests are meant. Default: all. */
  readonly when?: (target: FaultTarget) => boolean;
}

export type Fault = FaultKind & FaultAim;

/** These change how an answer looks and leave room for another fault. */
const MANNERS = ['noRanges', 'noContentLength', 'headers'];

export function isManner(fault: Fault): boolean {
  return MANNERS.includes(fault.kind);
}
