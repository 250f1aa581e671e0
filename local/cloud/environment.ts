/** Where everything local is: an account and a region that no one owns. */
export interface CloudPlace {
  readonly account: string;
  readonly region: string;
}

export const DEFAULT_PLACE: CloudPlace = { account: '123456789012', region: 'us-east-1' };

/** MiniStack takes an access key of 12 digits as the account, and verifies presigned links with this secret. */
export function credentials({ account }: CloudPlace) {
  return { accessKeyId: account, secretAccessKey: 'test' };
}
