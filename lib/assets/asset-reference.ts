import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import type { AssetType } from '../contract/asset-arn';
import {
  ASSET_ARN_EXAMPLE,
  ASSET_ID_PATTERNS,
  parseAssetArn,
  REFRESH_SCHEDULE_ID_PATTERN,
} from '../contract/asset-arn';

/** An asset as one stack sees it. */
export interface AssetReference {
  readonly arn: string;
  /** Not known of an ARN that is a token; not given for one that is wrong. */
  readonly type?: AssetType;
  /** The same for two references to one asset. */
  readonly identity: string;
  /** What is wrong with it: what was given, what is expected, what to write. */
  readonly problems: readonly string[];
}

const EXPORTABLE = [...Object.keys(ASSET_ID_PATTERNS), 'refresh-schedule (of a dataset)'];

/** An element of a list of tokens is not a token for CDK, but the list of it is. */
const unresolved = (text: string) => Token.isUnresolved(text) || Token.isUnresolved([text]);

const identityOf = (region: string, account: string, resource: string) => `${region}:${account}:${resource}`;

export function referenceById(scope: IConstruct, type: AssetType, ids: readonly string[]): AssetReference {
  const stack = Stack.of(scope);
  const [id = '', scheduleId = ''] = ids;
  const resource = type === 'refreshSchedule' ? `dataset/${id}/refresh-schedule/${scheduleId}` : `${type}/${id}`;
  const [resourceType = '', ...name] = resource.split('/');
  const arn = stack.formatArn({
    service: 'quicksight',
    resource: resourceType,
    resourceName: name.join('/'),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  const problems =
    type === 'refreshSchedule'
      ? [
          ...idProblems('dataset', ASSET_ID_PATTERNS.dataset, id),
          ...idProblems('refresh schedule', REFRESH_SCHEDULE_ID_PATTERN, scheduleId),
        ]
      : idProblems(type, ASSET_ID_PATTERNS[type], id);
  return { arn, type, identity: identityOf(stack.region, stack.account, resource), problems };
}

function idProblems(what: string, pattern: string, id: string): string[] {
  if (unresolved(id) || new RegExp(`^${pattern}$`).test(id)) return [];
  if (id.startsWith('arn:')) {
    return [`'${id}' was given as the id of a ${what}, but it is an ARN: write QuickSightAsset.fromArn('${id}').`];
  }
  return [
    `'${id}' was given as the id of a ${what}, but an id matches ${pattern}: write the id that QuickSight shows in the asset's address ` +
      'or ARN, not its name.',
  ];
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

/** The type that a resource part shows, even if the id behind it is a token. */
function typeOf(resource: string): AssetType | undefined {
  if (/^dataset\/[^/]+\/refresh-schedule\/./.test(resource)) return 'refreshSchedule';
  const type = /^([A-Za-z-]+)\/./.exec(resource)?.[1] ?? '';
  return Object.hasOwn(ASSET_ID_PATTERNS, type) ? (type as AssetType) : undefined;
}

function shapeProblems(arn: string, service: string, resource: string, type: AssetType | undefined): string[] {
  if (unresolved(service)) return [];
  const [, stranger = '', slash] = /^([A-Za-z-]+)(\/|$)/.exec(resource) ?? [];
  if (arn.startsWith('arn:') && service === 'quicksight' && stranger && !Object.hasOwn(ASSET_ID_PATTERNS, stranger)) {
    const meant = Object.keys(ASSET_ID_PATTERNS).find((each) => each.toLowerCase() === stranger.toLowerCase());
    if (meant && slash)
      return [
        `'${arn}' spells the type '${stranger}', but ARNs spell it '${meant}': write ${arn.replace(`:${stranger}/`, `:${meant}/`)}.`,
      ];
    if (!meant)
      return [
        `'${arn}' is the ARN of a ${stranger}, which a bundle cannot hold. Exportable are: ${EXPORTABLE.join(', ')}. Leave it out, or name ` +
          'an asset of these types.',
      ];
  }
  // An ARN that is built of tokens can only be held to what is written out in it.
  const wrong = unresolved(arn) ? service !== 'quicksight' || (!type && !unresolved(resource)) : !parseAssetArn(arn);
  if (!wrong) return [];
  const id = type && type !== 'refreshSchedule' ? ` with an id that matches ${ASSET_ID_PATTERNS[type]}` : '';
  return [
    `'${arn}' is not the ARN of a QuickSight asset, arn:{partition}:quicksight:{region}:{account}:${type ?? '{type}'}/{id}${id}: ` +
      `write it like ${ASSET_ARN_EXAMPLE}.`,
  ];
}

/** Told of known regions alone; one that is not the stack's is told apart. */
function partitionProblems(arn: string, partition: string, region: string): string[] {
  const expected = RegionInfo.get(region).partition;
  if (unresolved(partition) || expected === undefined || partition === expected) return [];
  return [
    `'${arn}' is in the partition ${partition}, but the region ${region} is in ${expected}: write ` +
      `${arn.replace(`arn:${partition}:`, `arn:${expected}:`)}.`,
  ];
}

function environmentProblems(scope: IConstruct, arn: string, region: string, account: string): string[] {
  const stack = Stack.of(scope);
  const problems: string[] = [];
  const compare = (what: string, given: string, expected: string) => {
    if (given && !unresolved(given) && !unresolved(expected) && given !== expected) {
      problems.push(
        `'${arn}' is in ${what} ${given}, but the stack is in ${what} ${expected}, and a job exports the assets of its own ${what}: ` +
          `name an asset of ${expected}, or move the export to a stack whose env has the ${what} ${given}.`,
      );
    }
  };
  compare('account', account, stack.account);
  compare('region', region, stack.region);
  return problems;
}
