import type {
  AssetFacts,
  AssetReference,
  BundleFormat,
  BundlePart,
  Inventory,
  InventoryAsset,
} from '../../bundle/inventory-types';
import type { JsonObject, JsonValue } from '../../bundle/json-value';
import type { Finding } from '../../bundle/lint/finding';
import type { LintOptions } from '../../bundle/lint/lint-options';
import { LINT_RULES } from '../../bundle/lint/lint-rules';
import { runRules } from '../../bundle/lint/run-rules';

/** Account and region of the real bundle in local/sample-account. */
export const ACCOUNT = '198737698272';
export const REGION = 'us-east-2';

export const arnOf = (resource: string, { region = REGION, account = ACCOUNT } = {}): string =>
  `arn:aws:quicksight:${region}:${account}:${resource}`;

/** An asset of a bundle. */
export interface AssetInput {
  readonly type: string;
  readonly id: string;
  /** JSON of the asset in a `.qs` file, or the resource in a template. */
  readonly content: JsonObject;
  readonly references?: readonly AssetReference[];
  readonly facts?: AssetFacts;
}

export interface LintInput {
  readonly inventory: Inventory;
  readonly parts: readonly BundlePart[];
}

export const reference = (type: string, id: string, where: AssetReference['where']): AssetReference => ({
  arn: arnOf(`${type}/${id}`),
  type,
  id,
  where,
});

/** A `.qs` file with these assets. */
export function qsFile(assets: readonly AssetInput[], more: Partial<Inventory> = {}): LintInput {
  return inputOf('QUICKSIGHT_JSON', assets, ({ type, id }) => `${type}/${id}.json`, more);
}

/** A template with these assets as resources. The logical id of an asset is its id. */
export function template(
  assets: readonly AssetInput[],
  parameters: JsonObject = {},
  more: Partial<Inventory> = {},
): LintInput {
  const { inventory, parts } = inputOf('CLOUDFORMATION_JSON', assets, ({ id }) => `Resources/${id}`, more);
  const others = Object.entries(parameters).map(([name, content]) => partOf(`Parameters/${name}`, content));
  return { inventory, parts: [...others, ...parts] };
}

function inputOf(
  format: BundleFormat,
  assets: readonly AssetInput[],
  pathOf: (asset: AssetInput) => string,
  more: Partial<Inventory>,
): LintInput {
  return {
    inventory: {
      format,
      contentDigest: 'v2:00',
      sizeBytes: 1000,
      sha256: '00',
      assets: assets.map((asset) => assetOf(asset, pathOf(asset))),
      unknown: [],
      ...more,
    },
    parts: assets.map((asset) => partOf(pathOf(asset), asset.content)),
  };
}

function assetOf({ type, id, references = [], facts = {} }: AssetInput, path: string): InventoryAsset {
  return { type, id, path, sizeBytes: 100, digest: 'v2:00', references, facts };
}

const partOf = (path: string, content: JsonValue): BundlePart => ({ path, sizeBytes: 100, sha256: '00', content });

/** The findings of one rule. */
export async function findingsOf(ruleId: string, input: LintInput, options?: LintOptions): Promise<Finding[]> {
  return (await lintInput(input, options)).filter((finding) => finding.ruleId === ruleId);
}

export async function lintInput({ inventory, parts }: LintInput, options?: LintOptions): Promise<Finding[]> {
  return runRules(LINT_RULES, inventory, iterate(parts), options);
}

async function* iterate(parts: readonly BundlePart[]): AsyncGenerator<BundlePart> {
  yield* parts;
}
