/** A failure that no retry can fix. CloudFormation shows its message as the reason of the stack event. */
export class TerminalError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'TerminalError';
    // The framework appends the stack to the message, and CloudFormation takes 4,096 bytes: one line without frames.
    this.stack = this.name;
  }
}

/**
 * Cause of a failure that may pass. `busy` is retried until the deadline. `denied` (a missing permission) and `unresolved` (a
 * host name that does not exist) are retried only for as long as a new policy takes to propagate.
 */
export type RetryableKind = 'busy' | 'denied' | 'unresolved';

/** A failure that may pass. The step is retried. */
export class RetryableError extends Error {
  public constructor(
    public readonly kind: RetryableKind,
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
