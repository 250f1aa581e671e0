/** The account and Region that a local cloud simulates. */
export interface CloudEnvironment {
  readonly account: string;
  readonly region: string;
}

export const DEFAULT_ENVIRONMENT: CloudEnvironment = { account: '123456789012', region: 'us-east-1' };

/** MiniStack uses an access key id of 12 digits as the account, and verifies presigned links with this secret. */
export function credentials({ account }: CloudEnvironment) {
  return { accessKeyId: account, secretAccessKey: 'test' };
}
