import type { AssetType } from './asset-types';

export type Definition = Record<string, unknown>;

/** An error in a definition, in the form of DescribeDashboardDefinition and DescribeAnalysisDefinition. */
export interface DefinitionError {
  readonly Type: string;
  readonly Message: string;
  readonly ViolatedEntities?: ReadonlyArray<{ readonly Path: string }>;
}

/** Behaviour of an asset that its definition does not contain: the key `$standIn` in the file of the asset. */
export interface AssetCondition {
  /** Errors that make each export of the asset fail. Default: none. */
  readonly definitionErrors?: readonly DefinitionError[];
  /** Warnings of an export. They fail the export in strict mode. Default: none. */
  readonly warnings?: readonly string[];
}

export interface Asset extends AssetCondition {
  readonly type: AssetType;
  /** The part of the ARN after the account: `dashboard/{id}`. */
  readonly resource: string;
  /** The name of its entry in a bundle. */
  readonly entryName: string;
  readonly definition: Definition;
  /** The bytes of its entry in a bundle. */
  readonly content: Buffer;
}
