import { readAuthorization } from '../../../../local/quicksight/http/authorization';

describe('readAuthorization', () => {
  const scope = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=ab`;

  test('returns the access key id and the Region', () => {
    expect(readAuthorization(scope('quicksight'))).toEqual({ accessKeyId: 'AKID', region: 'eu-central-1' });
  });

  test.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['', 'MissingAuthenticationTokenException'],
    ['Bearer token', 'IncompleteSignatureException'],
    ['AWS4-HMAC-SHA256 Credential=AKID', 'IncompleteSignatureException'],
    [scope('s3'), 'InvalidSignatureException'],
  ])('rejects %p with %s', (header, name) => {
    expect(() => readAuthorization(header)).toThrow(expect.objectContaining({ name }));
  });
});
