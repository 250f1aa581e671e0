import { ServiceError } from '../core/service-error';

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 (?:.*,\s*)?Credential=(?<accessKeyId>[^/,]+)\/(?<date>\d{8})\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\/aws4_request\s*(?:,|$)/;

export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
}

/** The access key and the Region in the credential scope of a SigV4 header. Signatures are not verified. */
export function readAuthorization(header: string | undefined): Credential {
  if (!header) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const scope = CREDENTIAL.exec(header)?.groups;
  if (!scope) {
    throw new ServiceError(
      'IncompleteSignatureException',
      "The Authorization header requires 'Credential=AKID/date/region/quicksight/aws4_request' after AWS4-HMAC-SHA256.",
    );
  }
  const { accessKeyId = '', region = '', service } = scope;
  if (service !== 'quicksight') {
    throw new ServiceError(
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'quicksight'.",
    );
  }
  return { accessKeyId, region };
}
