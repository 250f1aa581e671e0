/**
 * Status of each error, from the service model. AccessDeniedException has 403, the status of IAM, which answers before the
 * service would with 401.
 */
const STATUS_OF: Record<string, number> = {
  AccessDeniedException: 403,
  ConflictException: 409,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 400,
  InternalFailureException: 500,
  InvalidNextTokenException: 400,
  InvalidParameterValueException: 400,
  InvalidSignatureException: 403,
  LimitExceededException: 409,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  ServiceUnavailable: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnsupportedUserEditionException: 403,
  ValidationException: 400,
};

/** The status of an error, or 400 for an unknown name. */
export function statusOf(name: string): number {
  return STATUS_OF[name] ?? 400;
}

/** An error that the caller of an operation receives. */
export class ServiceError extends Error {
  public readonly status: number;

  public constructor(
    public override readonly name: string,
    message: string,
    status?: number,
  ) {
    super(message);
    this.status = status ?? statusOf(name);
  }
}
