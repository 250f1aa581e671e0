import { createHash } from 'node:crypto';
import type { Bytes } from '../core/answer';
import { bytesOf } from '../core/answer';

/** The file that a job made. */
export interface Artifact extends Bytes {
  /** With its quotes, as the header has it. */
  readonly etag: string;
}

export function artifactOf(content: Buffer): Artifact {
  return { ...bytesOf(content), etag: `"${createHash('md5').update(content).digest('hex')}"` };
}
