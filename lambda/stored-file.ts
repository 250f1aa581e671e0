import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RandomAccessReader } from 'yauzl';

/** The end, where a zip is read first: one request for most bundles. */
const TAIL_BYTES = 1024 * 1024;

/** What is skipped rather than asked for anew. */
const SKIPPED_BYTES = 256 * 1024;

type ReadRange = (start: number, end: number) => Promise<Readable>;

/** Reads a stored file as a zip is read, one range after the other: its end, and then from its beginning on in one request. `end` is exclusive. */
export class StoredFile extends RandomAccessReader {
  private readonly tailStart: number;
  private tail: Promise<Buffer> | undefined;
  private source: Readable | undefined;
  private chunks: AsyncIterator<Buffer> | undefined;
  private rest: Buffer = Buffer.alloc(0);
  /** Where `rest` begins. */
  private at = 0;

  constructor(private readonly size: number, private readonly readRange: ReadRange) {
    super();
    this.tailStart = Math.max(0, size - TAIL_BYTES);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(start >= this.tailStart ? this.fromTail(start, end) : this.onward(start, end), { objectMode: false });
  }

  override close(callback: (error: Error | null) => void): void {
    this.source?.destroy();
    callback(null);
  }

  private async* fromTail(start: number, end: number): AsyncGenerator<Buffer> {
    this.tail ??= this.readRange(this.tailStart, this.size).then(buffer);
    const piece = (await this.tail).subarray(start - this.tailStart, end - this.tailStart);
    if (piece.length < end - start) throw shorter();
    yield piece;
  }

  private async* onward(start: number, end: number): AsyncGenerator<Buffer> {
    if (!this.chunks || start < this.at || start > this.at + this.rest.length + SKIPPED_BYTES) await this.begin(start);
    while (this.at < end) {
      const skipped = Math.min(Math.max(0, start - this.at), this.rest.length);
      const piece = this.rest.subarray(skipped, end - this.at);
      this.at += skipped + piece.length;
      this.rest = this.rest.subarray(skipped + piece.length);
      if (piece.length > 0) yield piece;
      else if (this.at < end) await this.more();
    }
  }

  private async begin(start: number): Promise<void> {
    this.source?.destroy();
    this.source = await this.readRange(start, this.size);
    this.chunks = this.source[Symbol.asyncIterator]();
    this.at = start;
    this.rest = Buffer.alloc(0);
  }

  private async more(): Promise<void> {
    const next = await this.chunks?.next();
    if (!next || next.done) throw shorter();
    this.rest = next.value;
  }
}

const shorter = (): Error => new Error('the stored file is shorter than it was');
