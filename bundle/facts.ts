import type { AssetType } from '../lib/contract/asset-types';
import { expressionText } from './expression-text';
import type { AssetFacts } from './inventory-types';
import { itemsOf, memberOf } from './json-members';
import type { JsonValue } from './json-value';
import type { PartAsset } from './part-asset';

/** Facts of an asset that matter for a promotion. None if its content was not parsed. */
export function factsOf({ type, properties }: PartAsset): AssetFacts {
  if (properties === undefined) return {};
  const principals = principalsOf(properties);
  return { ...(FACTS[type]?.(properties) ?? {}), ...(principals && { principals }) };
}

const FACTS: Partial<Record<AssetType, (properties: JsonValue) => AssetFacts>> = {
  dataset: (properties) => {
    const importMode = memberOf(properties, 'importMode');
    const isNew = ['dataPrepConfiguration', 'semanticModelConfiguration'].some((name) => memberOf(properties, name));
    return {
      ...((importMode === 'SPICE' || importMode === 'DIRECT_QUERY') && { importMode }),
      dataSetShape: isNew ? 'new' : 'legacy',
    };
  },
  datasource: (properties) => {
    const kind = memberOf(properties, 'type');
    return { ...(typeof kind === 'string' && { dataSourceKind: kind }), hasSecret: hasSecret(properties) };
  },
};

/** `credentials.secretArn` in requests of the service, `secretArn` in its responses. */
function hasSecret(properties: JsonValue): boolean {
  return [properties, memberOf(properties, 'credentials')].some((holder) => memberOf(holder, 'secretArn'));
}

/** Sorted. Undefined if the export has no permissions. */
function principalsOf(properties: JsonValue): string[] | undefined {
  const lists = [properties, memberOf(properties, 'linkSharingConfiguration')].map((holder) =>
    memberOf(holder, 'permissions'),
  );
  if (!lists.some((list) => list !== undefined && list !== null)) return undefined;
  const principals = lists.flatMap(itemsOf).map((permission) => expressionText(memberOf(permission, 'principal')));
  return [...new Set(principals.filter((principal) => principal !== undefined))].sort();
}
