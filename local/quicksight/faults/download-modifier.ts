import { readAll } from '../core/answer';
import type { Artifact } from '../download/artifact';
import { artifactOf } from '../download/artifact';
import type { DownloadModifier } from '../download/download';
import type { Fault } from './fault';

/** The changes that the faults make to a download. */
export function downloadModifier(faults: readonly Fault[]): DownloadModifier {
  const wrong = faults.find((fault) => fault.kind === 'wrongBytes');
  const changed = faults.find((fault) => fault.kind === 'changed');
  return {
    expired: faults.some(({ kind }) => kind === 'expired'),
    noRanges: faults.some(({ kind }) => kind === 'noRanges'),
    ...(wrong
      ? { replace: async (right) => ({ ...(await replaced(right, wrong.content ?? inverted)), etag: right.etag }) }
      : {}),
    ...(changed ? { replace: (right) => replaced(right, changed.content) } : {}),
  };
}

async function replaced(right: Artifact, content: Buffer | ((right: Buffer) => Buffer)): Promise<Artifact> {
  return artifactOf(typeof content === 'function' ? content(await readAll(right)) : content);
}

function inverted(right: Buffer): Buffer {
  const wrong = Buffer.from(right);
  const middle = wrong.length >> 1;
  if (wrong.length > 0) wrong[middle] = ~(wrong[middle] ?? 0) & 0xff;
  return wrong;
}
