import type { IncomingMessage } from 'node:http';

/** Far more than the model's limits let through. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The body of a request; undefined when it is longer than any operation takes. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // What is too long is read to its end, so that the client comes to read the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}
