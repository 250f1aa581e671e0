import { TerminalError } from '../../core/errors';

/** Where a bundle may be fetched: the DownloadUrl, checked. Never log it. */
export type DownloadLink =
  | { readonly scheme: 'http' | 'https'; readonly url: URL }
  | { readonly scheme: 's3'; readonly bucket: string; readonly key: string };

export interface LinkPolicy {
  /** The partition of the stack, as in its ARN. */
  readonly partition: string;
  /** The endpoint that was configured for QuickSight, if one was (AWS_ENDPOINT_URL_QUICKSIGHT). */
  readonly quickSightEndpoint?: string;
}

/** https://docs.aws.amazon.com/general/latest/gr/s3.html; the DNS suffixes are those of the SDK's partitions. */
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

/** `s3.{region}`, the older `s3-{region}`, dual-stack and FIPS forms, and transfer acceleration, with or without the bucket before it. */
const S3_HOST =
  /^(?:[a-z0-9][a-z0-9.-]*\.)?s3(?:-fips|-accelerate)?(?:[.-]dualstack)?(?:[.-][a-z]{2,}(?:-[a-z]+)+-\d+)?$/;

function isS3Host(hostname: string, partition: string): boolean {
  const suffix = DNS_SUFFIXES[partition];
  return suffix !== undefined && hostname.endsWith(`.${suffix}`) && S3_HOST.test(hostname.slice(0, -suffix.length - 1));
}

/**
 * The link, if it may be followed: over TLS to S3 of the partition, or to the origin of a configured QuickSight endpoint.
 *
 * @throws TerminalError that names scheme and host, and nothing else of the link.
 */
export function checkDownloadLink(downloadUrl: string, { partition, quickSightEndpoint }: LinkPolicy): DownloadLink {
  const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
  if (url?.protocol === 's3:') {
    // Not the URL's own parts: they are percent-encoded, and a key may hold anything.
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(downloadUrl) ?? [];
    if (BUCKET_NAME.test(bucket) && key) return { scheme: 's3', bucket, key };
  } else if (url && !url.username && !url.password) {
    if (quickSightEndpoint && URL.canParse(quickSightEndpoint) && url.origin === new URL(quickSightEndpoint).origin) {
      return { scheme: url.protocol === 'http:' ? 'http' : 'https', url };
    }
    if (url.protocol === 'https:' && !url.port && isS3Host(url.hostname, partition)) return { scheme: 'https', url };
  }
  const given = url ? `${url.protocol}//${url.host}` : 'a text that is no URL';
  throw new TerminalError(
    `QuickSight's download link points to ${given}; it is followed only to s3://, to https:// hosts of S3 in the partition ${partition}, ` +
      'and to the origin of AWS_ENDPOINT_URL_QUICKSIGHT where that is set.',
  );
}
