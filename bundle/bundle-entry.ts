import { createHash } from 'node:crypto';

/** One part of a bundle: a file of the zip, or a member of a template's section. */
export interface BundleEntry {
  /** Its path in the zip, or `Section/LogicalId` in a template. */
  readonly path: string;
  /** SHA-256 of what it says, in hex. */
  readonly sha256: string;
  /** Set for an asset alone. */
  readonly asset?: BundleAsset;
}

export interface BundleAsset {
  /** As the bundle spells it: `dashboard`, or `AWS::QuickSight::Dashboard`. */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}

/** A hash of what the bundle says: the same for the same entries, in whatever order, packed however and whenever. */
export function contentDigest(entries: readonly BundleEntry[]): string {
  const lines = entries.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
