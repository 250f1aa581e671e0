import type { BundleFormat, Inventory, InventoryAsset } from '../inventory-types';
import type { Severity } from './finding';
import type { JsonCursor, TextCursor } from './json-cursor';

/** A part of the bundle, as the rules read it. */
export interface LintPart {
  readonly path: string;
  /** Absent for a part that is not an asset: a parameter of a template, an unknown file. */
  readonly asset?: InventoryAsset;
  /** The whole content: the asset, or a resource of a template with `Type` and `Properties`. */
  readonly root: JsonCursor;
  /** The content of the asset. In a template, the `Properties` of the resource. */
  readonly properties: JsonCursor;
  /** The strings of the properties. */
  readonly texts: () => readonly TextCursor[];
}

export interface LintAssetPart extends LintPart {
  readonly asset: InventoryAsset;
}

/** Facts of the bundle that the rules share. */
export interface LintContext {
  readonly inventory: Inventory;
  readonly now: Date;
  /** Account and region that ARNs should have. Absent when the bundle shows none. */
  readonly account?: string;
  readonly region?: string;
  /** The asset of the bundle with this type and id. */
  readonly findAsset: (type: string, id: string) => InventoryAsset | undefined;
}

export interface Problem {
  /** JSON pointer. */
  readonly path?: string;
  readonly message: string;
}

/** A rule. It reads one part after another, and keeps nothing. */
export interface LintRule {
  /** In kebab case. docs/reference/lint-rules.md has a section of this name. */
  readonly id: string;
  readonly severity: Severity;
  readonly remedy: string;
  /** Default: both formats. */
  readonly format?: BundleFormat;
  readonly checkAsset?: (part: LintAssetPart, context: LintContext) => Iterable<Problem>;
  readonly checkPart?: (part: LintPart, context: LintContext) => Iterable<Problem>;
  readonly checkBundle?: (context: LintContext) => Iterable<Problem>;
}

/** A check that concerns assets of some types. */
export function forTypes(
  types: readonly string[],
  check: (part: LintAssetPart, context: LintContext) => Iterable<Problem>,
): NonNullable<LintRule['checkAsset']> {
  return (part, context) => (types.includes(part.asset.type) ? check(part, context) : []);
}
