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

/**
 * Checks a link. It may lead over TLS to a host below the domain of AWS in the partition, or to the origin of the configured
 * QuickSight endpoint. QuickSight documents no host, and S3 alone has many forms of host names.
 *
 * @throws TerminalError that contains scheme and host of the link, and nothing else of it.
 */
export function checkDownloadLink(downloadUrl: string, { partition, quickSightEndpoint }: LinkPolicy): DownloadLink {
  const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
  const suffix = DNS_SUFFIXES[partition];
  if (url?.protocol === 's3:') {
    // The parts of a URL object are percent-encoded, and a key may contain anything.
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(downloadUrl) ?? [];
    if (BUCKET_NAME.test(bucket) && key) return { scheme: 's3', bucket, key };
  } else if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) {
    if (URL.canParse(quickSightEndpoint ?? '') && url.origin === new URL(quickSightEndpoint ?? '').origin) {
      return { scheme: url.protocol === 'http:' ? 'http' : 'https', url };
    }
    const isAwsHost = suffix !== undefined && url.hostname.endsWith(`.${suffix}`);
    if (url.protocol === 'https:' && !url.port && isAwsHost) return { scheme: 'https', url };
  }
  const target = url ? `${url.protocol}//${url.host}` : 'a text that is not a URL';
  const domain =
    suffix === undefined
      ? `the domain of AWS, which is not known for the partition ${partition}`
      : `${suffix}, the domain of the partition ${partition}`;
  throw new TerminalError(
    `QuickSight's download link points to ${target}, which is not allowed. Allowed are s3:// and the https:// hosts below ${domain}. ` +
      'Check that no proxy changes the responses of QuickSight. Otherwise report the host in an issue of cdk-quicksight-asset-bundle.',
  );
}
