import { responseHeaders } from '../../../local/aws-check/response-headers';

test('shows the names of all headers, and the values of the safe ones only', () => {
  const { headerNames, headers } = responseHeaders({
    'x-amz-request-id': 'SECRET-1',
    'x-amz-id-2': 'SECRET-2',
    'x-amz-server-side-encryption-aws-kms-key-id': 'SECRET-3',
    'x-amz-meta-owner': 'SECRET-4',
    location: 'SECRET-5',
    'set-cookie': ['SECRET-6'],
    'content-disposition': 'attachment; filename="SECRET-7"',
    etag: '"a"',
    'content-length': '12',
    'accept-ranges': 'bytes',
  });
  expect(headerNames).toEqual([
    'accept-ranges',
    'content-disposition',
    'content-length',
    'etag',
    'location',
    'set-cookie',
    'x-amz-id-2',
    'x-amz-meta-owner',
    'x-amz-request-id',
    'x-amz-server-side-encryption-aws-kms-key-id',
  ]);
  expect(headers).toEqual({ 'accept-ranges': 'bytes', 'content-length': '12', etag: '"a"' });
});
