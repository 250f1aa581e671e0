import { createHash } from 'node:crypto';
import type { BundleEntry } from './bundle-entry';

/** A hash of the entries of a bundle, in hex. Order, compression and times of the entries do not change it. */
export function contentDigest(entries: readonly BundleEntry[]): string {
  const lines = entries.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
