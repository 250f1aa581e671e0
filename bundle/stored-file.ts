import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RandomAccessReader } from 'yauzl';

/** The end, where a zip is read first: one request for most bundles. */
const TAIL_BYTES = 1024 * 1024;

/** What is skipped rather than asked for anew. */
const SKIPPED_BYTES = 256 * 1024;

/** A zip is read in its directory, which may be longer than the end, and in its entries, in turn. */
const MAX_CURSORS = 2;

/** Reads a file by ranges, as a zip is read: its end, and then one range after the other in one request. `end` is exclusive. */
export class StoredFile extends RandomAccessReader {
  private readonly tailStart: number;
  private tail: Promise<Buffer> | undefined;
  /** Where the last ranges ended, for the next ones to go on; whoever reads has a cursor for himself. */
  private resting: Cursor[] = [];

  public constructor(
    private readonly size: number,
    private readonly readRange: (start: number, end: number) => Promise<Readable>,
  ) {
    super();
    this.tailStart = Math.max(0, size - TAIL_BYTES);
  }

  /** For a directory of thousands of entries, streams as the base class makes them would take most of the memory of a copy. */
  public override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const copy = async (): Promise<void> => {
      let at = offset;
      for await (const piece of this.range(position, position + length)) at += piece.copy(target, at);
    };
    copy().then(() => callback(null), callback);
  }

  /** The bytes from `start` on, `end` excluded. */
  public range(start: number, end: number): AsyncGenerator<Buffer> {
    return start >= this.tailStart ? this.fromTail(start, end) : this.onward(start, end);
  }

  public override close(callback: (error: Error | null) => void): void {
    for (const cursor of this.resting) cursor.close();
    callback(null);
  }

  private async *fromTail(start: number, end: number): AsyncGenerator<Buffer> {
    this.tail ??= this.readRange(this.tailStart, this.size).then(buffer);
    const piece = (await this.tail).subarray(start - this.tailStart, end - this.tailStart);
    if (piece.length < end - start) throw endsTooEarly();
    yield piece;
  }

  private async *onward(start: number, end: number): AsyncGenerator<Buffer> {
    const cursor = await this.cursorAt(start);
    let done = false;
    try {
      while (cursor.at < start) await cursor.next(start - cursor.at);
      while (!done) {
        const piece = await cursor.next(end - cursor.at);
        done = cursor.at === end;
        if (done) this.keep(cursor);
        yield piece;
      }
    } finally {
      if (!done) cursor.close();
    }
  }

  private async cursorAt(start: number): Promise<Cursor> {
    const index = this.resting.findIndex(({ at }) => at <= start && start <= at + SKIPPED_BYTES);
    const [cursor] = index < 0 ? [] : this.resting.splice(index, 1);
    return cursor ?? new Cursor(start, await this.readRange(start, this.size));
  }

  private keep(cursor: Cursor): void {
    this.resting.push(cursor);
    if (this.resting.length > MAX_CURSORS) this.resting.shift()?.close();
  }
}

/** A place in the file, and what comes from there on. */
class Cursor {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  public constructor(
    public at: number,
    private readonly source: Readable,
  ) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** The next bytes, `most` at most, and one at least. */
  public async next(most: number): Promise<Buffer> {
    while (this.rest.length === 0) {
      const { done, value } = await this.chunks.next();
      if (done) throw endsTooEarly();
      this.rest = value;
    }
    const piece = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(piece.length);
    this.at += piece.length;
    return piece;
  }

  public close(): void {
    this.source.destroy();
  }
}

const endsTooEarly = (): Error => new Error('it ends before what it should hold');
