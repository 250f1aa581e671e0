/** A partition, an account and a Region: the environment of a job and of its assets. */
export interface Environment {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The ARN of a QuickSight resource, for example of `dashboard/{id}`. */
export function arnOf({ partition, account, region }: Environment, resource: string): string {
  return `arn:${partition}:quicksight:${region}:${account}:${resource}`;
}
