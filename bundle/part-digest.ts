import { hash } from 'node:crypto';
import { contentDigest } from './content-digest';
import type { BundlePart } from './inventory-types';
import { normalize } from './normalize';

/** A new version begins when `normalize` changes, because digests of two versions cannot be compared. */
const VERSION = 'v2:';

/** SHA-256 of the normalized content of a part, or of its bytes if it has no content. Starts with the version. */
export function partDigest(type: string, { content, sha256 }: BundlePart): string {
  return `${VERSION}${content === undefined ? sha256 : hash('sha256', JSON.stringify(normalize(type, content)))}`;
}

/** Digest of a whole bundle. Starts with the version. */
export function bundleDigest(parts: ReadonlyArray<{ readonly path: string; readonly digest: string }>): string {
  const entries = parts.map(({ path, digest }) => ({ path, sha256: digest.slice(VERSION.length) }));
  return `${VERSION}${contentDigest(entries)}`;
}
