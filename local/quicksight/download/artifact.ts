import { createHash } from 'node:crypto';
import type { Bytes } from '../core/answer';
import { bytesOf } from '../core/answer';

/** The file of a job. */
export interface Artifact extends Bytes {
  /** Value of the ETag header, including its quotes. */
  readonly etag: string;
}

export function artifactOf(content: Buffer): Artifact {
  return { ...bytesOf(content), etag: `"${createHash('md5').update(content).digest('hex')}"` };
}
