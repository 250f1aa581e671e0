/** The asset types of export jobs; each is also the name of the folder that holds its entries in a bundle. */
export const ASSET_TYPES = [
  'datasource',
  'dataset',
  'analysis',
  'dashboard',
  'theme',
  'folder',
  'topic',
  'vpcConnection',
  'refreshSchedule',
] as const;

export type AssetType = (typeof ASSET_TYPES)[number];

export interface AssetArn {
  readonly region: string;
  /** Twelve digits, or `aws` for what belongs to nobody, such as the themes that come with the service. */
  readonly account: string;
  readonly type: AssetType;
  /** What follows the account: `dashboard/{id}`, `dataset/{id}/refresh-schedule/{id}`. */
  readonly resource: string;
}

const ARN =
  /^arn:aws[a-z-]*:quicksight:(?<region>[a-z0-9-]*):(?<account>\d{12}|aws):(?<resource>(?<type>[A-Za-z]+)\/[^/\s]+(?<schedule>\/refresh-schedule\/[^/\s]+)?)$/;

/** The parts of an asset's ARN, or undefined for any other text. */
export function parseAssetArn(text: string): AssetArn | undefined {
  const { region = '', account = '', resource = '', type = '', schedule } = ARN.exec(text)?.groups ?? {};
  if (schedule) return type === 'dataset' ? { region, account, resource, type: 'refreshSchedule' } : undefined;
  const known = ASSET_TYPES.find((candidate) => candidate === type && candidate !== 'refreshSchedule');
  return known && { region, account, resource, type: known };
}

const SCHEDULE_SEPARATOR = '--refresh-schedule--';

/** The asset that a bundle's entry `{type}/{id}.json` holds, as its ARN ends; undefined for any other entry. */
export function resourceOfEntry(entryName: string): { type: AssetType; resource: string } | undefined {
  const [, folder = '', file = ''] = /^([A-Za-z]+)\/([^/]+)\.json$/.exec(entryName) ?? [];
  // The service has not published how it spells the folders of the newer types.
  const type = ASSET_TYPES.find((candidate) => candidate.toLowerCase() === folder.toLowerCase());
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
  const [, dataSetId, scheduleId] = /^dataset\/(.+)\/refresh-schedule\/(.+)$/.exec(resource) ?? [];
  const path = scheduleId ? `refreshSchedule/${dataSetId}${SCHEDULE_SEPARATOR}${scheduleId}` : resource;
  // A topic's id may hold a backslash, which no name in a zip may.
  return `${path.replaceAll('\\', '%5C')}.json`;
}
