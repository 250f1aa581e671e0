import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that can be read from any offset, any number of times. */
export interface Bytes {
  readonly size: number;
  /** Reads from `start` to `end`, which is excluded. */
  read(start: number, end: number): Readable;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
  /** Send the body without a Content-Length. */
  readonly chunked?: boolean;
  /** Destroy the socket after this number of bytes, although Content-Length is larger. */
  readonly cutAfterBytes?: number;
}

const CHUNK_BYTES = 64 * 1024;

export function bytesOf(content: Buffer | string): Bytes {
  const buffer = Buffer.from(content as string);
  return {
    size: buffer.length,
    read: (start, end) => Readable.from(slices(buffer.subarray(start, end)), { objectMode: false }),
  };
}

function* slices(buffer: Buffer): Generator<Buffer> {
  for (let at = 0; at < buffer.length; at += CHUNK_BYTES) yield buffer.subarray(at, at + CHUNK_BYTES);
}

/** Reads all bytes into memory. */
export async function readAll(bytes: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes.read(0, bytes.size)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function send(response: ServerResponse, method: string, answer: Answer): Promise<void> {
  const { status, headers, body, chunked, cutAfterBytes } = answer;
  response.writeHead(status, { ...headers, ...(chunked ? {} : { 'content-length': String(body.size) }) });
  if (method === 'HEAD' || status === 304) {
    response.end();
  } else if (cutAfterBytes === undefined) {
    await pipeline(body.read(0, body.size), response);
  } else {
    response.flushHeaders();
    await pipeline(body.read(0, Math.min(cutAfterBytes, body.size)), response, { end: false });
    // Wait until the kernel has the bytes: destroy() discards the ones that it does not have.
    await new Promise((done) => response.write('', done));
    response.socket?.destroy();
  }
}
