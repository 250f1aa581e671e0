/** The end of a request: its message is what the person on call reads in the stack's events. */
export class TerminalError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'TerminalError';
    // The framework puts the stack behind the message into the 4,096 bytes that CloudFormation takes: one line, no frames.
    this.stack = this.name;
  }
}

/** Something that may pass by itself: the step is taken again, as long as the deadline allows. */
export class RetryableError extends Error {
  public constructor(
    /** `denied` is waited out only as long as permissions take to propagate, `busy` until the deadline. */
    public readonly kind: 'busy' | 'denied',
    message: string,
  ) {
    super(message);
    this.name = 'RetryableError';
  }
}

/** The text as JSON has it in an answer: escapes and UTF-8 count. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
}

/** The longest beginning of `text` that takes at most `maxBytes` in a JSON answer, its end marked when it was cut. */
export function shorten(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (jsonBytes(`${characters.slice(0, middle).join('')}…`) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('')}…`;
}

/** Scheme and host of a link that has a query, in plain, in JSON (`https:\/\/`) or percent-encoded; the bounds keep the search short. */
const LINK =
  /([a-z][a-z0-9+.-]{0,30}(?::|%3a)(?:\\?\/|%2f){2})(?:[^\s/"'<>?@\\]{0,500}@)?([^\s/"'<>?@\\%]+)[^\s"'<>]*?(?:\?|%3f)[^\s"'<>]*/gi;

const SIGNED = /X-Amz-[A-Za-z-]+(?:=|%3d)[^\s"'<>&]+/gi;

/** Foreign text with user, path and query of every link that has a query taken out: such a link may be the DownloadUrl. */
export function redact(text: string): string {
  return text.replace(LINK, '$1$2/***').replace(SIGNED, 'X-Amz-***');
}
