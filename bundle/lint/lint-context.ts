import type { Inventory, InventoryAsset } from '../inventory-types';
import { type Arn, isAccountId, isRegion, parseArn } from './arn';
import type { LintOptions } from './lint-options';
import type { LintContext } from './lint-rule';

export function lintContext(inventory: Inventory, options: LintOptions): LintContext {
  const arns = assetArns(inventory);
  const assets = new Map(inventory.assets.map((asset) => [assetName(asset), asset]));
  const account =
    options.account ??
    inventory.sourceAccount ??
    mostFrequent(
      arns.map((arn) => arn.account),
      isAccountId,
    );
  const region =
    options.region ??
    inventory.sourceRegion ??
    mostFrequent(
      arns.map((arn) => arn.region),
      isRegion,
    );
  return {
    inventory,
    now: options.now ?? new Date(),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    findAsset: (type, id) => assets.get(assetName({ type, id })),
  };
}

export const assetName = ({ type, id }: Pick<InventoryAsset, 'type' | 'id'>): string => `${type}/${id}`;

function assetArns(inventory: Inventory): Arn[] {
  return inventory.assets
    .flatMap(({ arn, references }) => [...(arn === undefined ? [] : [arn]), ...references.map((to) => to.arn)])
    .map(parseArn)
    .filter((arn) => arn !== undefined);
}

/** Of equally frequent values, the first in the order of characters. */
function mostFrequent(values: readonly string[], isValid: (value: string) => boolean): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values.filter(isValid).sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<readonly [string | undefined, number]>(
    (most, entry) => (entry[1] > most[1] ? entry : most),
    [undefined, 0],
  )[0];
}
