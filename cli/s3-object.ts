import { CommandError } from './command-error';

/** An object in S3, written `s3://bucket/key` or `s3://bucket/key?versionId=…`. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * The object that a location names, or undefined for the path of a file.
 *
 * @throws CommandError unless the location has a bucket and a key
 */
export function s3ObjectOf(location: string): S3Object | undefined {
  if (!/^s3:/i.test(location)) return undefined;
  const [, bucket, key, versionId] = /^s3:\/\/([^/?]+)\/(.+?)(?:\?versionId=([^?&]+))?$/is.exec(location) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new CommandError(`${location} is not the location of an object: write s3://bucket/key[?versionId=...]`);
  }
  return { bucket, key, ...(versionId !== undefined && { versionId: decodeURIComponent(versionId) }) };
}
