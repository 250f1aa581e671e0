import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import canonicalize from 'canonicalize';
import { parseAssetArn } from '../../lib/contract/asset-arn';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEADLINE_MARGIN_SECONDS } from '../../lib/contract/custom-resource';
import type { ExportProperties } from '../../lib/contract/export-resource';
import { TerminalError } from '../core/errors';
import { decodeProperties, tryDecodeProperties } from './decode-properties';

/** What onEvent adds to CloudFormation's event for isComplete. */
export interface OnEventResult {
  readonly PhysicalResourceId: string;
  /** When this delivery began, in milliseconds since the epoch. */
  readonly RequestedTime: number;
}

export type IsCompleteEvent = CloudFormationCustomResourceEvent & OnEventResult;

/** A stack's own identity, as its ARN tells it. */
export interface StackIdentity {
  readonly stackId: string;
  readonly stackName: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** A request to have the artifact of one export job. */
export interface ExportResourceRequest extends StackIdentity {
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly jobId: string;
  /** What the resource's id is until now; none in a Create. */
  readonly previousPhysicalResourceId?: string;
  readonly properties: ExportProperties;
  readonly previousProperties?: ExportProperties;
  /** The same for properties that ask for the same artifact. */
  readonly propertiesDigest: string;
  readonly requestedTime: number;
  readonly deadline: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function stackIdentity(stackId: string): StackIdentity {
  const [, partition = '', , region = '', account = '', resource = ''] = stackId.split(':');
  return { stackId, stackName: resource.split('/')[1] ?? '', partition, region, account };
}

/**
 * The export job that a request means. It follows from stack, logical id and request alone, so that a repeated delivery
 * means the same job; its beginning is for people to recognise.
 */
export function jobIdOf(event: { StackId: string; LogicalResourceId: string; RequestId: string }): string {
  const readable = [stackIdentity(event.StackId).stackName, event.LogicalResourceId].map((name) =>
    name.replace(/[^\w-]/g, '').slice(0, 40),
  );
  return [...readable, sha256([event.StackId, event.LogicalResourceId, event.RequestId].join('\n')).slice(0, 20)].join(
    '-',
  );
}

/** What says nothing about the artifact: a change of these alone exports nothing. */
const NOT_IN_THE_ARTIFACT = new Set(['RemovalPolicy', 'TimeoutSeconds', 'ServiceToken', 'ServiceTimeout']);

export function propertiesDigest(properties: ExportProperties): string {
  return sha256(
    canonicalize(Object.fromEntries(Object.entries(properties).filter(([name]) => !NOT_IN_THE_ARTIFACT.has(name)))) ??
      '',
  );
}

/** What a Create or an Update asks for: a pure function of the event. */
export function exportResourceRequest(event: IsCompleteEvent): ExportResourceRequest {
  const stack = stackIdentity(event.StackId);
  const properties = decodeProperties(event.ResourceProperties);
  refuseForeignAssets(properties, stack);
  const seconds = Math.min(properties.TimeoutSeconds, CLOUDFORMATION_TIMEOUT_SECONDS - DEADLINE_MARGIN_SECONDS);
  return {
    ...stack,
    requestId: event.RequestId,
    logicalResourceId: event.LogicalResourceId,
    jobId: jobIdOf(event),
    properties,
    propertiesDigest: propertiesDigest(properties),
    requestedTime: event.RequestedTime,
    deadline: event.RequestedTime + seconds * 1000,
    ...(event.RequestType === 'Update' && {
      previousPhysicalResourceId: event.PhysicalResourceId,
      previousProperties: tryDecodeProperties(event.OldResourceProperties),
    }),
  };
}

function refuseForeignAssets(
  { ResourceArns }: ExportProperties,
  { partition, region, account, stackId }: StackIdentity,
): void {
  const foreign = ResourceArns.filter((arn) => {
    const asset = parseAssetArn(arn);
    return asset && (asset.partition !== partition || asset.region !== region || asset.account !== account);
  });
  if (foreign.length > 0) {
    throw new TerminalError(
      `An export job takes assets of its own account and region (${account}, ${region}, as in ${stackId}); given: ${foreign.slice(0, 5).join(', ')}` +
        `${foreign.length > 5 ? ` and ${foreign.length - 5} more` : ''}. Deploy the stack to the account and region of the assets.`,
    );
  }
}
