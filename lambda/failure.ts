/** The end of a request: its message is what the person on call reads in the stack's events. */
export class ExportFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExportFailure';
    // The framework puts the stack behind the message into the 4,096 bytes that CloudFormation takes: one line, no frames.
    this.stack = this.name;
  }
}

/** Something that may pass by itself: the step is taken again, as long as the deadline allows. */
export class Transient extends Error {
  constructor(
    /** `denied` is waited out only as long as permissions take to propagate, `busy` until the deadline. */
    readonly kind: 'busy' | 'denied',
    message: string,
  ) {
    super(message);
    this.name = 'Transient';
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

/** Foreign text with the path and query of every link that has a query taken out: such a link may be the DownloadUrl. */
export function redact(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s/"'<>?]+)[^\s"'<>?]*\?[^\s"'<>]*/gi, '$1/***')
    .replace(/\bX-Amz-[A-Za-z-]+=[^\s"'<>&]+/gi, 'X-Amz-***');
}
