import { ALL_ASSET_TYPES, ASSET_TYPES, type AssetType } from '../lib/contract/asset-types';
import { expressionText, literalText } from './expression-text';
import type { BundleFormat, BundlePart } from './inventory-types';
import { memberOf } from './json-members';
import type { JsonValue } from './json-value';

/** Asset that a part of a bundle defines. */
export interface PartAsset {
  readonly type: AssetType;
  /**
   * The name of its file without `.json`. In a template the same text, without the values that CloudFormation inserts. The
   * logical id if it has no text of its own.
   */
  readonly id: string;
  readonly name?: string;
  /** Logical id in a template. */
  readonly logicalId?: string;
  /** Members of the file, or `Properties` of the resource. Absent when the part has no content. */
  readonly properties?: JsonValue;
}

/** Between the ids of a data set and of its schedule, in the name of a file. */
export const SCHEDULE_SEPARATOR = '--refresh-schedule--';

const BY_CLOUDFORMATION_TYPE = new Map(ALL_ASSET_TYPES.map((type) => [ASSET_TYPES[type].cloudFormationType, type]));

/** The asset of a part. Undefined for a part that belongs to no known asset type. */
export function assetOf(format: BundleFormat, { path, content }: BundlePart): PartAsset | undefined {
  return format === 'QUICKSIGHT_JSON' ? assetOfFile(path, content) : assetOfResource(path, content);
}

function assetOfFile(path: string, properties: JsonValue | undefined): PartAsset | undefined {
  const [, folder = '', id = ''] = /^([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (!Object.hasOwn(ASSET_TYPES, folder)) return undefined;
  return { type: folder as AssetType, id, ...nameOf(properties), ...(properties !== undefined && { properties }) };
}

function assetOfResource(path: string, resource: JsonValue | undefined): PartAsset | undefined {
  const logicalId = /^Resources\/(.+)$/s.exec(path)?.[1];
  const resourceType = memberOf(resource, 'Type');
  const type = typeof resourceType === 'string' ? BY_CLOUDFORMATION_TYPE.get(resourceType) : undefined;
  if (logicalId === undefined || type === undefined) return undefined;
  const properties = memberOf(resource, 'Properties') ?? {};
  return { type, id: idIn(type, properties) ?? logicalId, logicalId, ...nameOf(properties), properties };
}

/** The ids in the properties: `DashboardId`, or `DataSetId` and `Schedule.ScheduleId`. */
function idIn(type: AssetType, properties: JsonValue): string | undefined {
  const names = [...ASSET_TYPES[type].resource.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const ids = names.map((name) =>
    literalText(memberOf(properties, name) ?? memberOf(memberOf(properties, 'schedule'), name)),
  );
  return ids.every((id) => id) ? ids.join(SCHEDULE_SEPARATOR) : undefined;
}

function nameOf(properties: JsonValue | undefined): { readonly name?: string } {
  const name = expressionText(memberOf(properties, 'name'));
  return name === undefined ? {} : { name };
}
