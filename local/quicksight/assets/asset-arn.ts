import type { AssetType } from './asset-types';
import { ASSET_TYPE_NAMES, ASSET_TYPES } from './asset-types';

export interface AssetArn {
  readonly region: string;
  /** 12 digits, or `aws` for the themes that QuickSight provides. */
  readonly account: string;
  readonly type: AssetType;
  /** The part of the ARN after the account: `dashboard/{id}`, `dataset/{id}/refresh-schedule/{id}`. */
  readonly resource: string;
}

const ARN =
  /^arn:aws[a-z-]*:quicksight:(?<region>[a-z0-9-]*):(?<account>\d{12}|aws):(?<resource>(?<type>[A-Za-z]+)\/[^/\s]+(?<schedule>\/refresh-schedule\/[^/\s]+)?)$/;

/** The parts of an asset's ARN, or undefined for any other text. */
export function parseAssetArn(text: string): AssetArn | undefined {
  const { region = '', account = '', resource = '', type = '', schedule } = ARN.exec(text)?.groups ?? {};
  if (schedule) return type === 'dataset' ? { region, account, resource, type: 'refreshSchedule' } : undefined;
  const known = ASSET_TYPE_NAMES.find((candidate) => candidate === type && candidate !== 'refreshSchedule');
  return known && { region, account, resource, type: known };
}

const REFRESH_SCHEDULE = /^dataset\/(.+)\/refresh-schedule\/(.+)$/;
const SCHEDULE_SEPARATOR = '--refresh-schedule--';

/** The asset of the bundle entry `{type}/{id}.json`, or undefined for any other entry. */
export function resourceOfEntry(entryName: string): { type: AssetType; resource: string } | undefined {
  const [, folder = '', file = ''] = /^([A-Za-z]+)\/([^/]+)\.json$/.exec(entryName) ?? [];
  // QuickSight does not document the spelling of the folders of the newer types.
  const type = ASSET_TYPE_NAMES.find((candidate) => candidate.toLowerCase() === folder.toLowerCase());
  if (!type) return undefined;
  const id = file.replaceAll('%5C', '\\');
  if (type !== 'refreshSchedule') return { type, resource: `${type}/${id}` };
  const [dataSetId, scheduleId] = id.split(SCHEDULE_SEPARATOR);
  return dataSetId && scheduleId
    ? { type, resource: `dataset/${dataSetId}/refresh-schedule/${scheduleId}` }
    : undefined;
}

/** The name of the asset's entry in a bundle. */
export function entryOfResource(resource: string): string {
  const [, dataSetId, scheduleId] = REFRESH_SCHEDULE.exec(resource) ?? [];
  const path = scheduleId ? `refreshSchedule/${dataSetId}${SCHEDULE_SEPARATOR}${scheduleId}` : resource;
  // The id of a topic may contain a backslash. The name of a zip entry must not.
  return `${path.replaceAll('\\', '%5C')}.json`;
}

/** The pattern that an id of the resource violates, or undefined when the service accepts the resource. */
export function violatedIdPattern(type: AssetType, resource: string): string | undefined {
  const ids =
    type === 'refreshSchedule' ? REFRESH_SCHEDULE.exec(resource)?.slice(1) : [resource.slice(type.length + 1)];
  const { idPattern } = ASSET_TYPES[type];
  return ids?.every((id) => new RegExp(`^(?:${idPattern})$`).test(id)) ? undefined : idPattern;
}
