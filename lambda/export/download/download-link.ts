import { TerminalError } from '../../core/errors';

/** A checked DownloadUrl. It is a secret: never log it. */
export type DownloadLink =
  | { readonly scheme: 'http' | 'https'; readonly url: URL }
  | { readonly scheme: 's3'; readonly bucket: string; readonly key: string };

export interface LinkPolicy {
  /** Partition of the stack, as in its ARN. */
  readonly partition: string;
  /** The configured endpoint of QuickSight (AWS_ENDPOINT_URL_QUICKSIGHT). */
  readonly quickSightEndpoint?: string;
}

/** DNS suffixes of the SDK's partitions. https://docs.aws.amazon.com/general/latest/gr/s3.html */
const DNS_SUFFIXES: Record<string, string> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
};

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** `s3.{region}`, the older `s3-{region}`, dual-stack, FIPS and transfer acceleration, each with or without a bucket before it. */
const S3_HOST =
  /^(?:[a-z0-9][a-z0-9.-]*\.)?s3(?:-fips|-accelerate)?(?:[.-]dualstack)?(?:[.-][a-z]{2,}(?:-[a-z]+)+-\d+)?$/;

function isS3Host(hostname: string, partition: string): boolean {
  const suffix = DNS_SUFFIXES[partition];
  return suffix !== undefined && hostname.endsWith(`.${suffix}`) && S3_HOST.test(hostname.slice(0, -suffix.length - 1));
}

/**
 * Checks a link. It may lead over TLS to S3 of the partition, or to the origin of the configured QuickSight endpoint.
 *
 * @throws TerminalError that contains scheme and host of the link, and nothing else of it.
 */
export function checkDownloadLink(downloadUrl: string, { partition, quickSightEndpoint }: LinkPolicy): DownloadLink {
  const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
  if (url?.protocol === 's3:') {
    // The parts of a URL object are percent-encoded, and a key may contain anything.
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(downloadUrl) ?? [];
    if (BUCKET_NAME.test(bucket) && key) return { scheme: 's3', bucket, key };
  } else if (url && !url.username && !url.password) {
    if (quickSightEndpoint && URL.canParse(quickSightEndpoint) && url.origin === new URL(quickSightEndpoint).origin) {
      return { scheme: url.protocol === 'http:' ? 'http' : 'https', url };
    }
    if (url.protocol === 'https:' && !url.port && isS3Host(url.hostname, partition)) return { scheme: 'https', url };
  }
  const target = url ? `${url.protocol}//${url.host}` : 'a text that is not a URL';
  throw new TerminalError(
    `QuickSight's download link points to ${target}, which is not allowed. Allowed are s3://, the https:// hosts of S3 in the partition ${partition}, ` +
      'and the origin of AWS_ENDPOINT_URL_QUICKSIGHT.',
  );
}
