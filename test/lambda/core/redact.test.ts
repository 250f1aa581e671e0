import { redact } from '../../../lambda/core/redact';

const DOWNLOAD_URL =
  'https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/123456789012/job/x/assetbundle-job.qs?X-Amz-Signature=secret&X-Amz-Expires=300';

test('redact removes path and query of a link in a text', () => {
  const redacted = redact(`Could not fetch ${DOWNLOAD_URL}, sorry`);
  expect(redacted).toContain('https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/***');
  expect(redacted).not.toMatch(/secret|assetbundle-job|X-Amz-Expires/);
});

test('redact removes a signature without a link', () => {
  expect(redact('query X-Amz-Signature=secret&x-amz-security-token=secret, sorry')).toBe(
    'query X-Amz-***&X-Amz-*** sorry',
  );
});

test('redact keeps links without a query', () => {
  const text = 'Look into s3://bucket/prefix/assetbundle-x.manifest.json or https://docs.aws.amazon.com/quicksight/';
  expect(redact(text)).toBe(text);
});
