import { TerminalError } from '../../../../lambda/core/errors';
import { checkDownloadLink } from '../../../../lambda/export/download/download-link';

const check = (url: string, quickSightEndpoint?: string, partition = 'aws') =>
  checkDownloadLink(url, { partition, ...(quickSightEndpoint && { quickSightEndpoint }) });

describe('a download link is followed', () => {
  test.each([
    'https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/123456789012/job/assetbundle-job.qs?X-Amz-Signature=x',
    'https://bucket.s3.eu-west-1.amazonaws.com/key',
    'https://bucket.s3-us-west-2.amazonaws.com/key',
    'https://s3.eu-central-1.amazonaws.com/bucket/key',
    'https://s3.amazonaws.com/bucket/key',
    'https://bucket.with.dots.s3.dualstack.us-east-1.amazonaws.com/key',
    'https://bucket.s3-fips.us-gov-west-1.amazonaws.com/key',
    'https://bucket.s3.us-east-1.amazonaws.com:443/key',
    'https://bucket.s3-external-1.amazonaws.com/key',
    'https://s3-external-1.amazonaws.com/bucket/key',
    'https://bucket.s3-accelerate.dualstack.amazonaws.com/key',
    'https://point-123456789012.s3-accesspoint.us-east-1.amazonaws.com/key',
    'https://point-123456789012.s3-accesspoint-fips.dualstack.us-gov-west-1.amazonaws.com/key',
    'https://name.mrap.accesspoint.s3-global.amazonaws.com/key',
  ])('to S3: %s', (url) => expect(check(url)).toMatchObject({ scheme: 'https' }));

  test('to any other host below the domain of AWS', () => {
    expect(check('https://bundles.quicksight.us-east-1.amazonaws.com/key')).toMatchObject({ scheme: 'https' });
  });

  test('to S3 of China only in its partition', () => {
    const url = 'https://bucket.s3.cn-north-1.amazonaws.com.cn/key';
    expect(check(url, undefined, 'aws-cn')).toMatchObject({ scheme: 'https' });
    expect(() => check(url)).toThrow('bucket.s3.cn-north-1.amazonaws.com.cn');
  });

  test('to the origin of a configured QuickSight endpoint, also over plain HTTP', () => {
    expect(check('http://127.0.0.1:4570/bundle?x=1', 'http://127.0.0.1:4570/')).toMatchObject({ scheme: 'http' });
    expect(check('https://quicksight.test/bundle', 'https://quicksight.test')).toMatchObject({ scheme: 'https' });
  });

  test('to an S3 object, with its key unchanged', () => {
    expect(check('s3://some-bucket/a%20b/assetbundle-job.qs')).toEqual({
      scheme: 's3',
      bucket: 'some-bucket',
      key: 'a%20b/assetbundle-job.qs',
    });
  });
});

// Regions and DNS suffixes of the SDK's partitions.
const PARTITIONS = [
  ['aws', 'us-east-1', 'amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
  ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu'],
  ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov'],
] as const;

test.each(PARTITIONS)(
  'a link of the partition %s leads only to hosts below the domain of that partition',
  (partition, region, suffix) => {
    const url = `https://bucket.s3.${region}.${suffix}/key`;
    expect(check(url, undefined, partition)).toEqual({ scheme: 'https', url: new URL(url) });
    for (const [other, , otherSuffix] of PARTITIONS)
      if (otherSuffix !== suffix)
        expect(() => check(url, undefined, other)).toThrow(
          `below ${otherSuffix}, the domain of the partition ${other}.`,
        );
  },
);

test('no link is followed in an unknown partition', () => {
  for (const host of ['bucket.s3.amazonaws.com', 's3.undefined', 'bucket.s3.undefined'])
    expect(() => check(`https://${host}/key`, undefined, 'aws-new')).toThrow(
      `points to https://${host}, which is not allowed. Allowed are s3:// and the https:// hosts below the domain of AWS, which is not known for the partition aws-new.`,
    );
});

test('an endpoint that is not a URL changes nothing', () => {
  expect(check('https://bucket.s3.amazonaws.com/key', 'no URL')).toMatchObject({ scheme: 'https' });
  expect(() => check('https://example.com/key', 'no URL')).toThrow('points to https://example.com,');
});

describe('a download link is refused', () => {
  test.each([
    ['plain HTTP to S3', 'http://bucket.s3.amazonaws.com/key?secret'],
    ['another host', 'https://example.com/key?secret'],
    ['a host that only begins like S3', 'https://bucket.s3.amazonaws.com.example.com/key?secret'],
    ['the domain itself', 'https://amazonaws.com/key?secret'],
    ['a host with a dot at its end', 'https://bucket.s3.amazonaws.com./key?secret'],
    ['the instance metadata', 'http://169.254.169.254/latest/meta-data?secret'],
    ['a user name', 'https://user:secret@bucket.s3.amazonaws.com/key'],
    ['another port', 'https://bucket.s3.amazonaws.com:8443/key?secret'],
    ['a file', 'file:///etc/passwd?secret'],
    ['a host of the same length', 'https://s3.evil-host.com/key?secret'],
    ['a host that ends in the letters of the suffix', 'https://s3xamazonaws.com/key?secret'],
    ['no key', 's3://bucket'],
    ['an empty key', 's3://bucket/'],
    ['no bucket', 's3:///secret'],
    ['an invalid bucket name', 's3://Some_bucket/secret'],
    ['a bucket that ends in a dot', 's3://bucket./secret'],
    ['a text', 'secret'],
    ['nothing', ''],
  ])('%s', (_, url) => {
    expect(() => check(url)).toThrow("QuickSight's download link points to");
    expect(() => check(url)).not.toThrow('secret');
  });

  test('with its target and the allowed targets', () => {
    expect(() => check('secret')).toThrow(
      new TerminalError(
        "QuickSight's download link points to a text that is not a URL, which is not allowed. Allowed are s3:// and the https:// hosts below amazonaws.com, the domain of the partition aws. Check that no proxy changes the responses of QuickSight. Otherwise report the host in an issue of cdk-quicksight-asset-bundle.",
      ),
    );
  });

  test('to another origin than that of the configured endpoint', () => {
    expect(() => check('http://127.0.0.1:4571/x', 'http://127.0.0.1:4570')).toThrow('http://127.0.0.1:4571');
    expect(() => check('http://127.0.0.1:4570/x', 'https://127.0.0.1:4570')).toThrow('http://127.0.0.1:4570');
  });

  // The origin of a URL with another scheme is "null", or that of the URL in it: https://url.spec.whatwg.org/#origin
  test.each([
    ['data:text/plain,secret', 'file:///tmp'],
    ['file:///etc/passwd?secret', 'file:///tmp'],
    ['file:///etc/passwd?secret', 'null'],
    ['foo://127.0.0.1/x?secret', 'foo://127.0.0.1'],
    ['ftp://127.0.0.1/x?secret', 'ftp://127.0.0.1'],
    ['blob:http://127.0.0.1:4570/secret', 'http://127.0.0.1:4570'],
    ['http://user:secret@127.0.0.1:4570/x', 'http://127.0.0.1:4570'],
  ])('to %s when the configured endpoint is %s', (url, endpoint) => {
    expect(() => check(url, endpoint)).toThrow("QuickSight's download link points to");
    expect(() => check(url, endpoint)).not.toThrow('secret');
  });
});
