import { createHash, type Hash, hash } from 'node:crypto';
import { TokenType } from '@streamparser/json';
import { BundleLimitError } from './bundle-limit-error';

export type Scalar = string | number | boolean | null;

/** The key is undefined where the key of a member is expected. */
export type JsonPath = ReadonlyArray<string | number | undefined>;

export interface DigestedValue {
  /** The JSON text of a scalar, or the digest of an object or list. */
  readonly text: string;
  readonly scalar?: Scalar;
}

/** Memory for one text and for the members of the open objects. Texts of QuickSight have at most 250,000 characters. */
const MAX_HELD_BYTES = 2 * 1024 ** 2;

/** Memory for a member besides its key and its text. */
const MEMBER_BYTES = 64;

/** Levels of objects and lists. Definitions of QuickSight have fewer than 50. */
const MAX_LEVELS = 500;

/** The members of an object are sorted at its end. A list is hashed item by item. */
type Container =
  | { readonly members: Map<string, string>; heldBytes: number }
  | { readonly members?: undefined; readonly hash: Hash };

/**
 * Computes digests of JSON values while they are tokenized. No value is built, so memory does not grow with its size.
 *
 * The digest of an object or list is the SHA-256 of its JSON text without white space, with members sorted by key, and with
 * its digest in place of each inner object or list. The order of members and the layout do not change it.
 */
export class JsonDigest {
  private readonly path: Array<string | number | undefined> = [];
  private readonly open: Container[] = [];
  private heldBytes = 0;
  private tokens = 0;

  /**
   * @param depth Number of keys of the values to digest. The members of the objects above them are not held.
   * @param onValue Receives each complete value and its path, which is valid during the call.
   */
  public constructor(
    private readonly depth: number,
    private readonly onValue: (path: JsonPath, value: DigestedValue) => void,
  ) {}

  public get tokenCount(): number {
    return this.tokens;
  }

  /**
   * Reads a token of valid JSON. Other tokens lead to a meaningless digest.
   *
   * @throws BundleLimitError if an object has too many members or too many levels.
   */
  public write({ token, value }: { readonly token: TokenType; readonly value: unknown }): void {
    this.tokens++;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) this.begin(token === TokenType.LEFT_BRACE);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.end();
    else if (token !== TokenType.COLON && token !== TokenType.COMMA) this.scalar(value as Scalar);
  }

  /** @throws BundleLimitError if a text of this length exceeds the limit, together with the members of the open objects. */
  public assertRoomFor(bytes: number): void {
    const needed = this.heldBytes + bytes;
    if (needed <= MAX_HELD_BYTES) return;
    throw this.limitError(
      `a text, or the members of an object, of ${needed} bytes or more, and the limit is ${MAX_HELD_BYTES} (2 MiB)`,
    );
  }

  private limitError(problem: string): BundleLimitError {
    const keys = this.path.slice(0, this.depth).filter((key) => key !== undefined);
    const where = keys.join('/').slice(0, 200) || 'the template';
    return new BundleLimitError(`${where} has ${problem}. Export it as QUICKSIGHT_JSON, which has no such limit.`);
  }

  private begin(isObject: boolean): void {
    if (this.open.length === MAX_LEVELS) {
      throw this.limitError(`more than ${MAX_LEVELS} levels of objects and lists, which is the limit`);
    }
    this.open.push(isObject ? { members: new Map(), heldBytes: 0 } : { hash: createHash('sha256').update('[') });
    this.path.push(isObject ? undefined : 0);
  }

  private end(): void {
    this.path.pop();
    const closed = this.open.pop();
    if (!closed) return;
    if (!closed.members) return this.complete({ text: closed.hash.update(']').digest('hex') });
    this.heldBytes -= closed.heldBytes;
    const members = [...closed.members].sort(([one], [other]) => (one < other ? -1 : 1));
    const text = members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',');
    this.complete({ text: hash('sha256', `{${text}}`) });
  }

  private scalar(scalar: Scalar): void {
    const isKey = this.open.at(-1)?.members !== undefined && this.path.at(-1) === undefined;
    if (isKey) this.path[this.path.length - 1] = String(scalar);
    // JSON has no text for the Infinity that 1e999 is parsed to.
    else this.complete({ text: typeof scalar === 'number' ? String(scalar) : JSON.stringify(scalar), scalar });
  }

  private complete(value: DigestedValue): void {
    this.onValue(this.path, value);
    const container = this.open.at(-1);
    const key = this.path.at(-1);
    if (container && this.path.length > this.depth) this.add(container, key, value.text);
    this.path[this.path.length - 1] = container?.members ? undefined : Number(key) + 1;
  }

  private add(container: Container, key: string | number | undefined, text: string): void {
    if (!container.members) {
      container.hash.update(key === 0 ? text : `,${text}`);
      return;
    }
    const bytes = MEMBER_BYTES + String(key).length + text.length;
    container.members.set(String(key), text);
    container.heldBytes += bytes;
    this.heldBytes += bytes;
    this.assertRoomFor(0);
  }
}
