/** What an error answers with when the model has it; AccessDenied is 403 because IAM's front door answers before the service's 401. */
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

/** The status that goes with an error's name; 400 for a name that nobody knows. */
export function statusOf(name: string): number {
  return STATUS_OF[name] ?? 400;
}

/** An error that the caller of an operation gets to see. */
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
