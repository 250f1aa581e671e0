import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parseAssetArn } from '../../lib/contract/asset-arn';
import type { ExportProperties } from '../../lib/contract/export-resource';
import { TerminalError } from '../core/errors';
import { type IsCompleteEvent, type JobRequest, jobRequest, type StackIdentity } from '../lifecycle/job-request';
import { decodeProperties, tryDecodeProperties } from './decode-properties';

/** A Create or an Update of an export. */
export interface ExportResourceRequest extends JobRequest {
  readonly properties: ExportProperties;
  /** The properties before an Update. Absent when they do not decode. */
  readonly previousProperties?: ExportProperties;
  /** Equal for properties that ask for the same artifact. */
  readonly propertiesDigest: string;
}

/** A change of these alone exports nothing: they do not affect the artifact. */
const NOT_IN_THE_ARTIFACT = new Set(['RemovalPolicy', 'TimeoutSeconds', 'ServiceToken', 'ServiceTimeout']);

export function propertiesDigest(properties: ExportProperties): string {
  const members = Object.entries(properties).filter(([name]) => !NOT_IN_THE_ARTIFACT.has(name));
  return createHash('sha256')
    .update(canonicalize(Object.fromEntries(members)) ?? '')
    .digest('hex');
}

/** The request of a Create or an Update: a pure function of the event. @throws TerminalError that lists every problem. */
export function exportResourceRequest(event: IsCompleteEvent): ExportResourceRequest {
  const properties = decodeProperties(event.ResourceProperties);
  const request = jobRequest(event, properties.TimeoutSeconds);
  refuseForeignAssets(properties, request);
  return {
    ...request,
    properties,
    propertiesDigest: propertiesDigest(properties),
    ...(event.RequestType === 'Update' && { previousProperties: tryDecodeProperties(event.OldResourceProperties) }),
  };
}

function refuseForeignAssets({ ResourceArns }: ExportProperties, stack: StackIdentity): void {
  const { partition, region, account, stackId } = stack;
  const foreign = ResourceArns.filter((arn) => {
    const asset = parseAssetArn(arn);
    return asset && (asset.partition !== partition || asset.region !== region || asset.account !== account);
  });
  if (foreign.length === 0) return;
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : '';
  throw new TerminalError(
    `An export job takes only assets of its own account and region (${account}, ${region}, from ${stackId}). ` +
      `These assets are elsewhere: ${foreign.slice(0, 5).join(', ')}${more}. Deploy the stack to the account and region of the assets.`,
  );
}
