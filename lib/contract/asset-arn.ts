import type { AssetType } from './asset-types';
import { ALL_ASSET_TYPES, ASSET_TYPES } from './asset-types';

/** Resource part of the ARN of an asset: `dataset/{dataSetId}/refresh-schedule/{scheduleId}` with its ids. */
export function arnResource(type: AssetType, id: (name: string) => string): string {
  return ASSET_TYPES[type].resource.replace(/\{(\w+)\}/g, (_, name: string) => id(name));
}

const RESOURCES = ALL_ASSET_TYPES.map((type) => ({
  type,
  pattern: arnResource(type, () => ASSET_TYPES[type].idPattern),
}));

const ANY_RESOURCE = RESOURCES.map(({ pattern }) => pattern).join('|');

export const ASSET_ARN_PATTERN = `^arn:aws[a-z\\-]*:quicksight:[a-z0-9\\-]+:[0-9]{12}:(${ANY_RESOURCE})$`;

export const ASSET_ARN_EXAMPLE = 'arn:aws:quicksight:us-east-1:123456789012:dashboard/sales-overview';

export interface AssetArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly type: AssetType;
  /** The part of the ARN behind the first slash. */
  readonly id: string;
}

const ASSET_ARN = new RegExp(ASSET_ARN_PATTERN);
const PARTS = /^arn:(?<partition>[^:]+):quicksight:(?<region>[^:]+):(?<account>[^:]+):(?<resource>\w+\/(?<id>.+))$/;

/** The parts of an ARN that `ASSET_ARN_PATTERN` accepts; undefined for any other text. */
export function parseAssetArn(arn: string): AssetArn | undefined {
  const { partition = '', region = '', account = '', resource = '', id = '' } = PARTS.exec(arn)?.groups ?? {};
  const type = RESOURCES.find(({ pattern }) => new RegExp(`^${pattern}$`).test(resource))?.type;
  return type && ASSET_ARN.test(arn) ? { partition, region, account, type, id } : undefined;
}
