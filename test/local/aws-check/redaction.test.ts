import { redacted, redactLinks } from '../../../local/aws-check/redaction';

const IDENTITY = { account: '123456789012', dashboard: 'sales' };
const of = (text: string) => redacted({ text }, IDENTITY).text;

test.each([
  // Links.
  [
    'GET https://bucket.s3.amazonaws.com/123456789012/job/x.qs?X-Amz-Signature=ab&X-Amz-Date=1 failed',
    'GET https://bucket.s3.amazonaws.com/*** failed',
  ],
  ['http://user:password@host/a?b', 'http://host/***'],
  ['s3://bucket/key?versionId=1', 's3://bucket/***'],
  ['rest of a link: X-Amz-Signature=abcdef&X-Amz-Security-Token%3Dxyz', 'rest of a link: X-Amz-***&X-Amz-***'],
  ['see https://docs.aws.amazon.com/page', 'see https://docs.aws.amazon.com/page'],
  // Names of assets and people.
  [
    'User: arn:aws:sts::123456789012:assumed-role/Admin/jane@example.com is not authorized to perform: quicksight:DescribeDataSet on resource: arn:aws:quicksight:eu-west-1:123456789012:dataset/revenue-2026, because',
    'User: arn:aws:sts::ACCOUNT:assumed-role/*** is not authorized to perform: quicksight:DescribeDataSet on resource: arn:aws:quicksight:eu-west-1:ACCOUNT:dataset/***, because',
  ],
  ['arn:aws-us-gov:iam::123456789012:user/jane', 'arn:aws-us-gov:iam::ACCOUNT:user/***'],
  ['arn:aws:quicksight:us-east-1:123456789012:user/default/jane', 'arn:aws:quicksight:us-east-1:ACCOUNT:user/***'],
  ['written by jane.doe@example.com', 'written by ***'],
  // A theme of AWS is not a secret.
  ['arn:aws:quicksight::aws:theme/CLASSIC', 'arn:aws:quicksight::aws:theme/CLASSIC'],
  ['Dashboard sales is not found', 'Dashboard DASHBOARD is not found'],
  ['sales-2026 and presales', 'sales-2026 and presales'],
  ['cdk-hnb659fds-assets-123456789012-eu-west-1', 'cdk-hnb659fds-assets-ACCOUNT-eu-west-1'],
])('%s', (text, expected) => expect(of(text)).toBe(expected));

test('redacts every text of a value, and keeps its names and numbers', () => {
  const value = { sales: ['sales', { account: '123456789012', count: 3, ok: true, none: null }] };
  expect(redacted(value, IDENTITY)).toEqual({
    sales: ['DASHBOARD', { account: 'ACCOUNT', count: 3, ok: true, none: null }],
  });
});

test('redactLinks takes linear time', () => {
  const start = Date.now();
  redactLinks(`https://${'a'.repeat(200_000)} ${'x://'.repeat(50_000)} ${'a.b-'.repeat(50_000)}`);
  expect(Date.now() - start).toBeLessThan(2_000);
});
