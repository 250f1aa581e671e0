import { createHash } from 'node:crypto';
import type { Asset } from '../assets/asset';
import { parseAssetArn } from '../assets/asset-arn';
import { ASSET_TYPES } from '../assets/asset-types';
import { omittedKeys, without } from './quicksight-json';
import type { ExportRequest, PropertyOverride } from './request';

type Json = Record<string, unknown>;

/** An export in the format CLOUDFORMATION_JSON: a template, not a zip file. */
export function cloudFormationJson(assets: readonly Asset[], request: ExportRequest): Buffer {
  const prefixed = prefixForAllResources(request);
  const parameters: Json = prefixed ? { PrefixForAllResources: { Type: 'String', Default: '' } } : {};
  const resources: Json = {};
  const logicalIds = new Map(assets.map((asset) => [asset.resource, logicalId(asset)]));
  for (const asset of assets) {
    const id = logicalId(asset);
    const properties = propertiesOf(asset, request, logicalIds);
    for (const name of overridesOf(asset, request)) override(properties, id, name, parameters);
    if (prefixed) prefixId(properties, asset);
    resources[id] = { Type: `AWS::QuickSight::${ASSET_TYPES[asset.type].apiName}`, Properties: properties };
  }
  return Buffer.from(
    JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Parameters: parameters, Resources: resources }),
  );
}

function logicalId({ type, resource }: Asset): string {
  const hash = createHash('sha256').update(resource).digest('hex').slice(0, 8);
  return `${ASSET_TYPES[type].apiName}${resource
    .replace(/^\w+\//, '')
    .replace(/\W|_/g, '')
    .slice(0, 200)}${hash}`;
}

function propertiesOf(asset: Asset, request: ExportRequest, logicalIds: Map<string, string>): Json {
  const exported = without(asset.definition, ['resourceType', ...omittedKeys(request)]);
  return { AwsAccountId: { Ref: 'AWS::AccountId' }, ...(toTemplate(exported, logicalIds) as Json) };
}

/** Converts members to PascalCase, and ARNs of resources in the template to `Fn::GetAtt`. */
function toTemplate(value: unknown, logicalIds: Map<string, string>): unknown {
  if (typeof value === 'string') {
    const { account, resource = '' } = parseAssetArn(value) ?? {};
    // A theme of AWS is not in the template, even if a theme of the account has the same id.
    const id = account === 'aws' ? undefined : logicalIds.get(resource);
    return id ? { 'Fn::GetAtt': [id, 'Arn'] } : value;
  }
  if (Array.isArray(value)) return value.map((item) => toTemplate(item, logicalIds));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [capitalize(key), toTemplate(item, logicalIds)]),
  );
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function prefixForAllResources({ CloudFormationOverridePropertyConfiguration: configuration }: ExportRequest): boolean {
  const prefix = configuration?.['ResourceIdOverrideConfiguration'] as { PrefixForAllResources?: boolean } | undefined;
  return prefix?.PrefixForAllResources === true;
}

function prefixId(properties: Json, asset: Asset): void {
  const key = `${ASSET_TYPES[asset.type].apiName}Id`;
  const id = properties[key] ?? asset.resource.slice(asset.resource.lastIndexOf('/') + 1);
  properties[key] = { 'Fn::Join': ['', [{ Ref: 'PrefixForAllResources' }, id]] };
}

function overridesOf(
  asset: Asset,
  { CloudFormationOverridePropertyConfiguration: configuration }: ExportRequest,
): string[] {
  const lists = Object.values(configuration ?? {}).filter((list) => Array.isArray(list)) as PropertyOverride[][];
  const matching = lists.flat().filter(({ Arn }) => parseAssetArn(Arn)?.resource === asset.resource);
  return [...new Set(matching.flatMap(({ Properties }) => Properties))];
}

function override(properties: Json, id: string, name: string, parameters: Json): void {
  const parameter = `${id}${name}`;
  const holder = holderOf(properties, name) ?? properties;
  const present = holder[name];
  const scalar = ['string', 'number', 'boolean'].includes(typeof present);
  parameters[parameter] = {
    Type: typeof present === 'number' ? 'Number' : 'String',
    ...(scalar ? { Default: present } : {}),
  };
  holder[name] = { Ref: parameter };
}

/** The outermost object with the property: `SslProperties` for `DisableSsl`, the asset itself for `Name`. */
function holderOf(properties: Json, name: string): Json | undefined {
  const level: unknown[] = [properties];
  for (const value of level) {
    if (typeof value !== 'object' || value === null) continue;
    if (name in value) return value as Json;
    level.push(...(Object.values(value) as unknown[]));
  }
  return undefined;
}
