/**
 * The asset types that an export job takes, spelled as their ARNs spell them, each with the pattern of its id.
 * StartAssetBundleExportJob, ResourceArns; the id patterns are the model's (AssetBundleRestrictiveResourceId,
 * VPCConnectionResourceIdUnrestricted, TopicId).
 */
export const ASSET_ID_PATTERNS = {
  analysis: '[\\w\\-]{1,2048}',
  dashboard: '[\\w\\-]{1,2048}',
  dataset: '[\\w\\-]{1,2048}',
  datasource: '[\\w\\-]{1,2048}',
  folder: '[\\w\\-]{1,2048}',
  theme: '[\\w\\-]{1,2048}',
  topic: '[A-Za-z0-9\\-_.\\\\+]{1,256}',
  vpcConnection: '[\\w\\-]{1,1000}',
} as const;

export const REFRESH_SCHEDULE_ID_PATTERN = '[\\w\\-]{1,2048}';

/** A refresh schedule lives below its data set: `dataset/{id}/refresh-schedule/{id}`. */
export type AssetType = keyof typeof ASSET_ID_PATTERNS | 'refreshSchedule';

const RESOURCE = [
  ...Object.entries(ASSET_ID_PATTERNS).map(([type, id]) => `${type}/${id}`),
  `dataset/${ASSET_ID_PATTERNS.dataset}/refresh-schedule/${REFRESH_SCHEDULE_ID_PATTERN}`,
].join('|');

export const ASSET_ARN_PATTERN = `^arn:aws[a-z\\-]*:quicksight:[a-z0-9\\-]+:[0-9]{12}:(${RESOURCE})$`;

export const ASSET_ARN_EXAMPLE = 'arn:aws:quicksight:us-east-1:123456789012:dashboard/sales-overview';

export interface AssetArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly type: AssetType;
  /** What follows the type, as the ARN has it. */
  readonly id: string;
}

const ASSET_ARN = new RegExp(ASSET_ARN_PATTERN);
const PARTS = /^arn:(?<partition>[^:]+):quicksight:(?<region>[^:]+):(?<account>[^:]+):(?<type>\w+)\/(?<id>.+)$/;

/** The parts of an ARN that `ASSET_ARN_PATTERN` accepts; undefined for any other text. */
export function parseAssetArn(arn: string): AssetArn | undefined {
  const parts = ASSET_ARN.test(arn) ? PARTS.exec(arn)?.groups : undefined;
  if (!parts) return undefined;
  const { partition = '', region = '', account = '', type = '', id = '' } = parts;
  return {
    partition,
    region,
    account,
    type: id.includes('/refresh-schedule/') ? 'refreshSchedule' : (type as AssetType),
    id,
  };
}
