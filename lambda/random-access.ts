import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RandomAccessReader } from 'yauzl';

/** One request for most bundles, and little memory for the largest. */
const BLOCK_BYTES = 1024 * 1024;

/** A zip is read from its end, and then from its beginning on: the directory's block and the current one. */
const BLOCKS_KEPT = 3;

/** Reads a stored file at any place, by blocks that are kept for a while. `end` is exclusive. */
export class BlockReader extends RandomAccessReader {
  private readonly blocks = new Map<number, Promise<Buffer>>();

  constructor(private readonly size: number, private readonly readRange: (start: number, end: number) => Promise<Readable>) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end), { objectMode: false });
  }

  private async* pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const index = Math.floor(at / BLOCK_BYTES);
      const block = await this.block(index);
      const piece = block.subarray(at - index * BLOCK_BYTES, Math.min(end - index * BLOCK_BYTES, block.length));
      if (piece.length === 0) throw new Error('the stored file is shorter than it was');
      yield piece;
      at += piece.length;
    }
  }

  private block(index: number): Promise<Buffer> {
    const kept = this.blocks.get(index);
    this.blocks.delete(index);
    const start = index * BLOCK_BYTES;
    const block = kept ?? this.readRange(start, Math.min(start + BLOCK_BYTES, this.size)).then(buffer);
    this.blocks.set(index, block);
    const [oldest] = this.blocks.keys();
    if (this.blocks.size > BLOCKS_KEPT && oldest !== undefined) this.blocks.delete(oldest);
    return block;
  }
}
