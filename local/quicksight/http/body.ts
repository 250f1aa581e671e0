import type { IncomingMessage } from 'node:http';

/** Far above the limits of the model. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The body of a request, or undefined when it is longer than any operation accepts. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // Read a long body to its end: a client reads the answer only after it has sent its request.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}
