import type { AssetType } from './asset-arn';

export type Definition = Record<string, unknown>;

/** An error in an asset's definition, as DescribeDashboardDefinition and DescribeAnalysisDefinition list it. */
export interface DefinitionError {
  readonly Type: string;
  readonly Message: string;
  readonly ViolatedEntities?: ReadonlyArray<{ readonly Path: string }>;
}

/** What the stand-in is told about an asset beside its definition: the key `$standIn` in a file of a folder. */
export interface AssetCondition {
  /** Errors that make each export of the asset fail. Default: none. */
  readonly definitionErrors?: readonly DefinitionError[];
  /** Messages that a successful export shows as warnings, and that fail it in strict mode. Default: none. */
  readonly warnings?: readonly string[];
}

export interface Asset extends AssetCondition {
  readonly type: AssetType;
  /** How the asset's ARN ends: `dashboard/{id}`. */
  readonly resource: string;
  /** The name of its entry in a bundle. */
  readonly entryName: string;
  readonly definition: Definition;
  /** The bytes of its entry in a bundle. */
  readonly content: Buffer;
}
