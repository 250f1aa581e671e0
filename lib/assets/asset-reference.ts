import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import { ASSET_ARN_EXAMPLE, arnResource, parseAssetArn } from '../contract/asset-arn';
import type { AssetType } from '../contract/asset-types';
import { ALL_ASSET_TYPES, ASSET_TYPES } from '../contract/asset-types';

/** An asset in the environment of a stack. */
export interface AssetReference {
  readonly arn: string;
  /** Undefined for an invalid ARN, and for an ARN that is a token. */
  readonly type?: AssetType;
  /** Equal for two references to the same asset. */
  readonly identity: string;
  /** Errors of the id or the ARN, each with the value and the remedy. */
  readonly problems: readonly string[];
}

const RESOURCES = Object.values(ASSET_TYPES).map(({ resource }) => resource);

/** The first part of each resource: `dashboard`, `dataset`. */
const ARN_TYPES = RESOURCES.map((resource) => resource.split('/')[0] ?? '');

/** CDK recognizes an element of a tokenized list only inside a list. */
const unresolved = (text: string) => Token.isUnresolved(text) || Token.isUnresolved([text]);

const identityOf = (region: string, account: string, resource: string) => `${region}:${account}:${resource}`;

/** @param ids The ids by their names in `ASSET_TYPES`. */
export function referenceById(
  scope: IConstruct,
  type: AssetType,
  ids: Readonly<Record<string, string>>,
): AssetReference {
  const stack = Stack.of(scope);
  const resource = arnResource(type, (name) => ids[name] ?? '');
  const [resourceType = '', ...name] = resource.split('/');
  const arn = stack.formatArn({
    service: 'quicksight',
    resource: resourceType,
    resourceName: name.join('/'),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  const problems = Object.entries(ids).flatMap(([name, id]) => idProblems(name, ASSET_TYPES[type].idPattern, id));
  return { arn, type, identity: identityOf(stack.region, stack.account, resource), problems };
}

function idProblems(name: string, pattern: string, id: string): string[] {
  if (unresolved(id) || new RegExp(`^${pattern}$`).test(id)) return [];
  if (id.startsWith('arn:')) return [`${name} '${id}' is an ARN. Use QuickSightAsset.fromArn('${id}').`];
  return [`${name} '${id}' does not match ${pattern}. Use the id from the asset's URL or ARN, not its name.`];
}

export function referenceByArn(scope: IConstruct, arn: string): AssetReference {
  const parts = arn.split(':');
  const [prefix = '', partition = '', service = '', region = '', account = ''] = parts;
  const resource = parts.slice(5).join(':');
  if (unresolved(arn) && (prefix !== 'arn' || parts.length < 6)) return { arn, identity: arn, problems: [] };
  const type = typeOf(resource);
  const problems = [
    ...shapeProblems(arn, service, resource, type),
    ...partitionProblems(arn, partition, region),
    ...environmentProblems(scope, arn, region, account),
  ];
  return { arn, type: problems.length ? undefined : type, identity: identityOf(region, account, resource), problems };
}

/** The type that a resource shows, even if its ids are tokens. */
function typeOf(resource: string): AssetType | undefined {
  const startsLike = (type: AssetType) => new RegExp(`^${arnResource(type, () => '[^/]+')}`).test(resource);
  // The resource of a refresh schedule starts like that of its data set.
  return startsLike('refreshSchedule') ? 'refreshSchedule' : ALL_ASSET_TYPES.find(startsLike);
}

function shapeProblems(arn: string, service: string, resource: string, type: AssetType | undefined): string[] {
  if (unresolved(service)) return [];
  const [, arnType = '', slash] = /^([A-Za-z-]+)(\/|$)/.exec(resource) ?? [];
  if (arn.startsWith('arn:') && service === 'quicksight' && arnType && !ARN_TYPES.includes(arnType)) {
    const spelling = ARN_TYPES.find((each) => each.toLowerCase() === arnType.toLowerCase());
    if (spelling && slash) {
      return [
        `'${arn}' has the type '${arnType}' instead of '${spelling}'. Use ${arn.replace(`:${arnType}/`, `:${spelling}/`)}.`,
      ];
    }
    if (!spelling) {
      return [
        `'${arn}' is the ARN of a ${arnType}, which a bundle cannot contain. Use an asset of these types: ${RESOURCES.join(', ')}.`,
      ];
    }
  }
  // Only the literal parts of an ARN with tokens can be validated.
  const isInvalid = unresolved(arn)
    ? service !== 'quicksight' || (!type && !unresolved(resource))
    : !parseAssetArn(arn);
  if (!isInvalid) return [];
  const expected = type ? arnResource(type, () => ASSET_TYPES[type].idPattern) : '{type}/{id}';
  return [
    `'${arn}' is not the ARN of a QuickSight asset, arn:{partition}:quicksight:{region}:{account}:${expected}. ` +
      `Use an ARN such as ${ASSET_ARN_EXAMPLE}.`,
  ];
}

/** The partition of a region is known for the regions of aws-cdk-lib only. */
function partitionProblems(arn: string, partition: string, region: string): string[] {
  const expected = RegionInfo.get(region).partition;
  if (unresolved(partition) || expected === undefined || partition === expected) return [];
  return [
    `'${arn}' has the partition ${partition}, but region ${region} is in partition ${expected}. Use ` +
      `${arn.replace(`arn:${partition}:`, `arn:${expected}:`)}.`,
  ];
}

function environmentProblems(scope: IConstruct, arn: string, region: string, account: string): string[] {
  const stack = Stack.of(scope);
  const compare = (noun: string, actual: string, expected: string): string[] =>
    !actual || unresolved(actual) || unresolved(expected) || actual === expected
      ? []
      : [
          `'${arn}' is in ${noun} ${actual}, but the stack is in ${noun} ${expected}. An export job exports assets of its own ` +
            `${noun} only. Use an asset of ${noun} ${expected}, or move the export to a stack whose env has ${noun} ${actual}.`,
        ];
  return [...compare('account', account, stack.account), ...compare('region', region, stack.region)];
}
