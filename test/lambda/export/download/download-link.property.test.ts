import fc from 'fast-check';
import { TerminalError } from '../../../../lambda/core/errors';
import type { DownloadLink } from '../../../../lambda/export/download/download-link';
import { checkDownloadLink } from '../../../../lambda/export/download/download-link';
import { character } from '../../../support/character';
import { propertyOptions } from '../../../support/property-options';

const ENDPOINT = 'http://127.0.0.1:4570/base';
const SECRET = 'ZxSecretxZ';

/** S3 rejects bucket names that start with `xn--`. */
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
const region = fc.constantFrom('us-east-1', 'eu-west-3', 'ap-southeast-2', 'us-gov-west-1');
const bucket = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => labels.join('.'))
  .filter((name) => name.length >= 3);

/** S3's endpoints as its documentation lists them, and other hosts below the domain of AWS. */
const awsHost = fc
  .tuple(
    bucket,
    region,
    fc.constantFrom<(b: string, r: string) => string>(
      (b, r) => `${b}.s3.${r}.amazonaws.com`,
      (b, r) => `${b}.s3-${r}.amazonaws.com`,
      (b, r) => `${b}.s3.dualstack.${r}.amazonaws.com`,
      (b, r) => `${b}.s3-fips.${r}.amazonaws.com`,
      (b, r) => `${b}.s3-fips.dualstack.${r}.amazonaws.com`,
      (b) => `${b}.s3-external-1.amazonaws.com`,
      (b, r) => `${b}-123456789012.s3-accesspoint.${r}.amazonaws.com`,
      (b, r) => `${b}.execute-api.${r}.amazonaws.com`,
      (b) => `${b}.amazonaws.com`,
      (b) => `${b}.s3-accelerate.amazonaws.com`,
      (b) => `${b}.s3-accelerate.dualstack.amazonaws.com`,
      (b) => `${b}.s3.amazonaws.com`,
      (_, r) => `s3.${r}.amazonaws.com`,
      () => 's3.amazonaws.com',
    ),
  )
  .map(([b, r, form]) => form(b, r));

/** Hosts that resemble those of AWS and are others. */
const otherHost = fc.oneof(
  fc.domain().filter((host) => !host.endsWith('amazonaws.com')),
  fc.ipV4(),
  fc.tuple(awsHost, label).map(([host, more]) => `${host}.${more}.com`),
  label.map((name) => `${name}amazonaws.com`),
  awsHost.map((host) => `${host}.cn`),
  awsHost.map((host) => host.replace('.amazonaws.com', '-amazonaws.com')),
);

/** Percent-encoded text. The arbitraries of fast-check for URLs build tables of all characters: test/support/character.ts. */
const encoded = fc.string({ unit: character, maxLength: 20 }).map(encodeURIComponent);

const tail = fc
  .tuple(fc.array(encoded, { maxLength: 4 }), encoded)
  .map(([segments, query]) => [segments.map((segment) => `/${segment}`).join(''), query])
  .map(([path, query]) => `${path}/${SECRET}?${query}&X-Amz-Signature=${SECRET}`);

const check = (url: string): DownloadLink => checkDownloadLink(url, { partition: 'aws', quickSightEndpoint: ENDPOINT });

function refusal(url: string): string {
  try {
    check(url);
  } catch (error) {
    expect(error).toBeInstanceOf(TerminalError);
    return (error as Error).message;
  }
  throw new Error(`followed: ${url}`);
}

test('every link over TLS to a host below the domain of AWS is followed unchanged', () => {
  fc.assert(
    fc.property(awsHost, tail, (host, rest) => {
      expect(check(`https://${host}${rest}`)).toEqual({ scheme: 'https', url: new URL(`https://${host}${rest}`) });
    }),
    propertyOptions(150),
  );
});

test('another host, port, scheme or user is rejected, and the message contains only the host', () => {
  const elsewhere = fc.oneof(
    fc.tuple(otherHost, tail).map(([host, rest]) => `https://${host}${rest}`),
    fc
      .tuple(fc.constantFrom('http', 'ftp', 'file', 'ws', 'wss', 'gopher', 'foo'), awsHost, tail)
      .map(([scheme, host, rest]) => `${scheme}://${host}${rest}`),
    fc
      .tuple(
        awsHost,
        fc.integer({ min: 1, max: 65535 }).filter((port) => port !== 443),
        tail,
      )
      .map(([host, port, rest]) => `https://${host}:${port}${rest}`),
    fc.tuple(awsHost, tail).map(([host, rest]) => `https://${SECRET}@${host}${rest}`),
    fc.tuple(awsHost, tail).map(([host, rest]) => `https://user:${SECRET}@${host}${rest}`),
    fc
      .tuple(
        fc.integer({ min: 1, max: 65535 }).filter((port) => port !== 4570),
        tail,
      )
      .map(([port, rest]) => `http://127.0.0.1:${port}${rest}`),
    tail.map((rest) => `http://${SECRET}@127.0.0.1:4570${rest}`),
    tail.map((rest) => `https://127.0.0.1:4570${rest}`),
    tail.map((rest) => `s3://${rest}`),
    tail.map((rest) => `s3://UPPER${rest}`),
    tail.map((rest) => `data:text/plain,${rest}`),
  );
  fc.assert(
    fc.property(elsewhere, (url) => {
      const message = refusal(url);
      expect(message).toMatch(/^QuickSight's download link points to /);
      expect(message.toLowerCase()).not.toContain(SECRET.toLowerCase());
    }),
    propertyOptions(300),
  );
});

test('only the origin of the configured endpoint is followed over plain HTTP', () => {
  fc.assert(
    fc.property(tail, (rest) => {
      const url = new URL(`http://127.0.0.1:4570${rest}`);
      expect(check(url.href)).toEqual({ scheme: 'http', url });
      expect(() => checkDownloadLink(url.href, { partition: 'aws' })).toThrow(TerminalError);
    }),
    propertyOptions(50),
  );
});

test('an s3:// link is split into bucket and key, unchanged', () => {
  fc.assert(
    fc.property(
      bucket,
      fc.string({ unit: character, minLength: 1 }).filter((key) => !key.startsWith('/')),
      (name, key) => {
        expect(check(`s3://${name}/x${key}`)).toEqual({ scheme: 's3', bucket: name, key: `x${key}` });
      },
    ),
    propertyOptions(100),
  );
});

test('no text leads to a host that promise 3 does not allow', () => {
  const text = fc.oneof(
    fc.string({ unit: character }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.mixedCase(fc.constant('https://b.s3.amazonaws.com/k')),
    fc
      .array(
        fc.constantFrom(
          'https:',
          'http:',
          's3:',
          '//',
          '/',
          '\\',
          '@',
          ':',
          '#',
          '?',
          '%2e',
          '.',
          's3',
          'amazonaws.com',
          'us-east-1',
          '127.0.0.1',
          '4570',
          ' ',
          '\n',
          '\t',
          'ａ',
          '\u202e',
          'bucket',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (url) => {
      let link: DownloadLink;
      try {
        link = check(url);
      } catch (error) {
        expect(error).toBeInstanceOf(TerminalError);
        return;
      }
      if (link.scheme === 's3') {
        expect(link.bucket).toMatch(/^[a-z0-9][a-z0-9.-]+[a-z0-9]$/);
        expect(url).toBe(`s3://${link.bucket}/${link.key}`);
      } else if (link.scheme === 'http') {
        expect(link.url.origin).toBe('http://127.0.0.1:4570');
      } else {
        expect(link.url).toMatchObject({ protocol: 'https:', username: '', password: '', port: '' });
        expect(link.url.hostname).toMatch(/\.amazonaws\.com$/);
      }
    }),
    propertyOptions(300),
  );
});
