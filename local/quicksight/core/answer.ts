import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that can be read from any place, as often as is wanted. `end` is the first byte that is not read. */
export interface Bytes {
  readonly size: number;
  read(start: number, end: number): Readable;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
  /** Send the body without a Content-Length. */
  readonly chunked?: boolean;
  /** Destroy the socket after so many bytes of the body, while the headers promise all of it. */
  readonly cutAfter?: number;
}

const CHUNK = 64 * 1024;

export function bytesOf(content: Buffer | string): Bytes {
  const buffer = Buffer.from(content as string);
  return {
    size: buffer.length,
    read: (start, end) => Readable.from(slices(buffer.subarray(start, end)), { objectMode: false }),
  };
}

function* slices(buffer: Buffer): Generator<Buffer> {
  for (let at = 0; at < buffer.length; at += CHUNK) yield buffer.subarray(at, at + CHUNK);
}

/** Everything that the bytes hold, for those who need it at once. */
export async function readAll(bytes: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes.read(0, bytes.size)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function send(response: ServerResponse, method: string, answer: Answer): Promise<void> {
  const { status, headers, body, chunked, cutAfter } = answer;
  response.writeHead(status, { ...headers, ...(chunked ? {} : { 'content-length': String(body.size) }) });
  if (method === 'HEAD' || status === 304) {
    response.end();
  } else if (cutAfter === undefined) {
    await pipeline(body.read(0, body.size), response);
  } else {
    response.flushHeaders();
    await pipeline(body.read(0, Math.min(cutAfter, body.size)), response, { end: false });
    // Only what has reached the kernel survives the end of the socket.
    await new Promise((done) => response.write('', done));
    response.socket?.destroy();
  }
}
