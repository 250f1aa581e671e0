/** A failure that no retry can fix. CloudFormation shows its message as the reason of the stack event. */
export class TerminalError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'TerminalError';
    // The framework appends the stack to the message, and CloudFormation takes 4,096 bytes: one line without frames.
    this.stack = this.name;
  }
}

/** A failure that may pass. The step is retried until the deadline of the request. */
export class RetryableError extends Error {
  public constructor(
    /** `busy` is retried until the deadline, `denied` only for as long as a new policy takes to propagate. */
    public readonly kind: 'busy' | 'denied',
    message: string,
  ) {
    super(message);
    this.name = 'RetryableError';
  }
}

/** The service runs as many jobs as the account may run at once. The request waits for a slot. */
export class LimitExceededError extends RetryableError {
  public constructor(message: string) {
    super('busy', message);
    this.name = 'LimitExceededError';
  }
}
