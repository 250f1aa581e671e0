import { Readable } from 'node:stream';

/** S3 takes no chunk of less than 8 KiB but the last, and each costs time. */
const CHUNK_BYTES = 64 * 1024;

interface SendOptions {
  readonly abortSignal: AbortSignal;
  /** The SDK counts it from the first byte that is sent: of a long body, only silence tells (`socketTimeout`). */
  readonly requestTimeout: 0;
}

/**
 * Sends a body as it comes. An error of its source would reach nobody in the SDK: the process would end by it, and the request
 * never. So the request is aborted, before the source seems to end: what S3 has got by then has no end, and is not kept.
 *
 * @throws what the source throws, and else what `send` does.
 */
export async function sendStreamed<T>(
  bytes: AsyncIterable<Buffer>,
  send: (body: Readable, options: SendOptions) => Promise<T>,
): Promise<T> {
  const request = new AbortController();
  let broken: { readonly error: unknown } | undefined;
  async function* guarded(): AsyncGenerator<Buffer> {
    try {
      yield* inChunks(bytes);
    } catch (error) {
      broken = { error };
      request.abort();
    }
  }
  const body = Readable.from(guarded(), { objectMode: false });
  try {
    return await send(body, { abortSignal: request.signal, requestTimeout: 0 });
  } catch (error) {
    throw broken ? broken.error : error;
  } finally {
    // S3 may have answered before the end.
    body.destroy();
    request.abort();
  }
}

async function* inChunks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    // Without a copy where it is but one.
    yield pieces.length === 1 ? piece : Buffer.concat(pieces);
    [pieces, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(pieces);
}
