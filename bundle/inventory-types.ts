import type { JsonValue } from './json-value';

/** Format of a bundle, as StartAssetBundleExportJob spells it. */
export type BundleFormat = 'QUICKSIGHT_JSON' | 'CLOUDFORMATION_JSON';

/** One part of a bundle: a file of a zip or folder, or a resource of a template. */
export interface BundlePart {
  /** Path in the zip or folder. In a template `Resources/{logical id}`, `Parameters/{name}`, `Description` … */
  readonly path: string;
  /** Bytes, uncompressed. In a template those of the JSON text without white space. */
  readonly sizeBytes: number;
  /** SHA-256 of these bytes, in hex. */
  readonly sha256: string;
  /** Absent when the part is not `{folder}/{name}.json`, or exceeds a limit of docs/reference/content-digest.md. */
  readonly content?: JsonValue;
}

/** A bundle: a `.qs` file, an unpacked folder, or a template. Each part is verified when it is read. */
export interface OpenBundle {
  readonly format: BundleFormat;
  /** Bytes of the file. For a folder, the sum of its files. */
  readonly sizeBytes: number;
  /** SHA-256 of the file, in hex. Absent for a folder. */
  readonly sha256?: string;
  /** May be called again. @throws InvalidBundleError or BundleLimitError. */
  parts(): AsyncIterable<BundlePart>;
}

/** Where a referenced asset is: in this bundle, a theme that AWS manages, or elsewhere. */
export type ReferenceLocation = 'bundle' | 'managed' | 'outside';

export interface AssetReference {
  /** As it is in the bundle. In a template it may be the text of an expression. The id of the data set of a schedule. */
  readonly arn: string;
  readonly type: string;
  readonly id: string;
  readonly where: ReferenceLocation;
}

/** Facts of an asset that matter for a promotion. Each is absent where it has no meaning for the type. */
export interface AssetFacts {
  readonly importMode?: 'SPICE' | 'DIRECT_QUERY';
  /** `new`: with data preparation of 2025-11 and later. */
  readonly dataSetShape?: 'legacy' | 'new';
  /** `type` of a data source, for example `ATHENA`. */
  readonly dataSourceKind?: string;
  /** True when a data source carries a secret. A password cannot be exported. */
  readonly hasSecret?: boolean;
  /** Principals in the permissions. */
  readonly principals?: readonly string[];
}

/** An asset of a bundle. */
export interface InventoryAsset {
  /** As the folders of a bundle spell it: `dashboard`, `dataset`, `vpcConnection`, `refreshSchedule` … */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  /** ARN of the asset in the source account, where the bundle shows that account and region. */
  readonly arn?: string;
  readonly path: string;
  /** Bytes, uncompressed. */
  readonly sizeBytes: number;
  /** `v2:` and the SHA-256 of the normalized content, in hex. */
  readonly digest: string;
  readonly references: readonly AssetReference[];
  readonly facts: AssetFacts;
}

/** Contents of a bundle. */
export interface Inventory {
  readonly format: BundleFormat;
  /** `v2:` and the SHA-256 of the normalized content of all parts, in hex. */
  readonly contentDigest: string;
  readonly sizeBytes: number;
  readonly sha256?: string;
  /** Account and region of the source, where all ARNs agree. */
  readonly sourceAccount?: string;
  readonly sourceRegion?: string;
  /** Ordered by type and id. */
  readonly assets: readonly InventoryAsset[];
  /** Paths of files and resources that belong to no known asset type, sorted. */
  readonly unknown: readonly string[];
}
