import type { JsonValue } from '../json-value';

/**
 * Kind of a change. `moved`: another place among its neighbours, in its layout, or in another sheet. `renamed`: another name
 * or title.
 */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved' | 'renamed';

/** One place of an asset that differs. */
export interface Change {
  /**
   * JSON pointer (RFC 6901) into the normalized content of the later asset. Of a removed value, into that of the earlier
   * asset. Empty for the whole content.
   */
  readonly path: string;
  /** The same place for people, for example `sheet "Overview" › visual "Revenue" › title.visibility`. */
  readonly label: string;
  readonly kind: ChangeKind;
  /** Absent when the value was added. Of a move, the earlier place. */
  readonly before?: JsonValue;
  /** Absent when the value was removed. Of a move, the later place. */
  readonly after?: JsonValue;
}

/** An asset of both bundles whose content differs. */
export interface ChangedAsset {
  /** `type/id`. */
  readonly asset: string;
  /** In the order of the content. */
  readonly changes: readonly Change[];
}

/** A change that can break another asset, or that deletes something. */
export interface DestructiveChange {
  /** `type/id`. */
  readonly asset: string;
  /** A sentence. */
  readonly reason: string;
}

/** The difference between two bundles. Assets are named `type/id`, and the lists are ordered by that. */
export interface BundleDiff {
  /** True when nothing differs but internal ids and the order that has no meaning. */
  readonly same: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedAsset[];
  readonly destructive: readonly DestructiveChange[];
  /** Names of the assets above, by `type/id`. An asset without a name is absent. */
  readonly names: Readonly<Record<string, string>>;
}
