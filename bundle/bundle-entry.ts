/** One part of a bundle: a file of a zip, or a member of a section of a template. */
export interface BundleEntry {
  /** Path in the zip, or `Section/LogicalId` in a template. */
  readonly path: string;
  /** SHA-256 of a file, or the digest of a member as `JsonDigest` computes it, in hex. */
  readonly sha256: string;
  /** Present when the entry is an asset. */
  readonly asset?: BundleAsset;
}

export interface BundleAsset {
  /** Spelled as in the bundle: `dashboard` or `AWS::QuickSight::Dashboard`. */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}
