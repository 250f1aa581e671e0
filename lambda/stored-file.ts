import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RandomAccessReader } from 'yauzl';

/** The end, where a zip is read first: one request for most bundles. */
const TAIL_BYTES = 1024 * 1024;

/** What is skipped rather than asked for anew. */
const SKIPPED_BYTES = 256 * 1024;

/** Reads a file by ranges, as a zip is read: its end, and then one range after the other in one request. `end` is exclusive. */
export class StoredFile extends RandomAccessReader {
  private readonly tailStart: number;
  private tail: Promise<Buffer> | undefined;
  /** Where the last range ended, for the next one to go on; whoever reads has it for himself. */
  private resting: Cursor | undefined;

  constructor(private readonly size: number, private readonly readRange: (start: number, end: number) => Promise<Readable>) {
    super();
    this.tailStart = Math.max(0, size - TAIL_BYTES);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(start >= this.tailStart ? this.fromTail(start, end) : this.onward(start, end), { objectMode: false });
  }

  override close(callback: (error: Error | null) => void): void {
    this.resting?.close();
    callback(null);
  }

  private async* fromTail(start: number, end: number): AsyncGenerator<Buffer> {
    this.tail ??= this.readRange(this.tailStart, this.size).then(buffer);
    const piece = (await this.tail).subarray(start - this.tailStart, end - this.tailStart);
    if (piece.length < end - start) throw endsTooEarly();
    yield piece;
  }

  private async* onward(start: number, end: number): AsyncGenerator<Buffer> {
    const cursor = await this.cursorAt(start);
    let done = false;
    try {
      while (cursor.at < start) await cursor.next(start - cursor.at);
      while (!done) {
        const piece = await cursor.next(end - cursor.at);
        done = cursor.at === end;
        if (done) this.resting = cursor;
        yield piece;
      }
    } finally {
      if (!done) cursor.close();
    }
  }

  private async cursorAt(start: number): Promise<Cursor> {
    const cursor = this.resting;
    this.resting = undefined;
    if (cursor && cursor.at <= start && start <= cursor.at + SKIPPED_BYTES) return cursor;
    cursor?.close();
    return new Cursor(start, await this.readRange(start, this.size));
  }
}

/** A place in the file, and what comes from there on. */
class Cursor {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(public at: number, private readonly source: Readable) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** The next bytes, `most` at most, and one at least. */
  async next(most: number): Promise<Buffer> {
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

  close(): void {
    this.source.destroy();
  }
}

const endsTooEarly = (): Error => new Error('it ends before what it should hold');
