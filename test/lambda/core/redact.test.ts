import { redact, redactedExcerpt } from '../../../lambda/core/redact';

const DOWNLOAD_URL =
  'https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/123456789012/job/x/assetbundle-job.qs?X-Amz-Signature=secret&X-Amz-Expires=300';

test('redact removes path and query of a link in a text', () => {
  const redacted = redact(`Could not fetch ${DOWNLOAD_URL}, sorry`);
  expect(redacted).toBe(
    'Could not fetch https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/*** sorry',
  );
});

test.each<[string, (link: string) => string]>([
  ['in JSON with escaped slashes', (link) => link.replaceAll('/', '\\/')],
  ['in JSON within JSON', (link) => link.replaceAll('/', '\\\\\\/')],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded twice', (link) => encodeURIComponent(encodeURIComponent(link))],
  ['percent-encoded in lower case', (link) => encodeURIComponent(link).toLowerCase()],
  ['with a user', (link) => link.replace('//', '//user:secret@')],
  ['with a user, percent-encoded', (link) => encodeURIComponent(link.replace('//', '//secret:secret@'))],
  ['without a path', (link) => link.replace(/\.com\/[^?]*/, '.com')],
])('redact keeps only the host of a link %s', (_, form) => {
  const redacted = redact(`url="${form(DOWNLOAD_URL)}" <b>`);
  expect(redacted).toMatch(
    /^url="https\S+quicksight-asset-bundle-export-job-us-east-1\.s3\.amazonaws\.com\/\*\*\*" <b>$/,
  );
  expect(redacted).not.toMatch(/secret|assetbundle-job|user|X-Amz/i);
});

test('redact removes a signature without a link', () => {
  expect(redact('query X-Amz-Signature=secret&x-amz-security-token=secret, sorry')).toBe(
    'query X-Amz-***&X-Amz-*** sorry',
  );
  // The JSON encoders of Java escape the equals sign.
  for (const equals of ['%3D', '%253D', '\\u003d'])
    expect(redact(`query X-Amz-Signature${equals}secret, sorry`)).toBe('query X-Amz-*** sorry');
});

test('redact keeps links without a query', () => {
  const text = 'Look into s3://bucket/prefix/assetbundle-x.manifest.json or https://docs.aws.amazon.com/quicksight/';
  expect(redact(text)).toBe(text);
});

describe('redactedExcerpt', () => {
  test('returns a short text whole', () => {
    expect(redactedExcerpt('x'.repeat(4096))).toBe('x'.repeat(4096));
    expect(redactedExcerpt(`Could not fetch ${DOWNLOAD_URL}, sorry`)).toBe(
      redact(`Could not fetch ${DOWNLOAD_URL}, sorry`),
    );
  });

  test('returns the start of a longer text, without half a character', () => {
    expect(redactedExcerpt('x'.repeat(4097))).toBe(`${'x'.repeat(4096)}…`);
    expect(redactedExcerpt(`${'x'.repeat(4095)}𝄞`)).toBe(`${'x'.repeat(4095)}…`);
  });

  test('keeps only the host of a link that it cuts before its query', () => {
    const [beforeQuery = ''] = DOWNLOAD_URL.split('?');
    const text = `${' '.repeat(4096 - beforeQuery.length)}${DOWNLOAD_URL}`;
    expect(redactedExcerpt(text).trim()).toBe(
      'https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/***…',
    );
  });

  test('keeps a link without a query that ends before the cut', () => {
    const link = 's3://bucket/assetbundle-x.manifest.json';
    expect(redactedExcerpt(`${link} ${'x'.repeat(4096)}`)).toContain(link);
  });
});

/** Texts for which the search took minutes or hours: security review, finding 14. */
const HOSTILE: ReadonlyArray<[string, string]> = [
  ['links without an end', `a://${'a'.repeat(100)}`],
  ['letters', 'a'],
  ['blanks', ' '],
  ['encoded separators', '%3a%2f%2f'],
  ['separators', '://'],
  ['users', 'a://b@'],
  ['queries', 'a://b?'],
  ['parameters without a value', 'X-Amz-'],
  ['parameters', 'X-Amz-A='],
  ['colons', ':'],
  ['backslashes', ':\\'],
  ['percent signs', '%25'],
];

test.each(HOSTILE)('redact takes less than a second for 256 kB of %s', (_, piece) => {
  const text = piece.repeat(256_000 / piece.length);
  const from = performance.now();
  redact(text);
  redact(`${text}?`);
  expect(performance.now() - from).toBeLessThan(1000);
});
