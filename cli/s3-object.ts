import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CommandError } from './command-error';
import { bytes } from './printable';
import type { Progress } from './progress';

/** An object in S3, written `s3://bucket/key` or `s3://bucket/key?versionId=…`. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** Keeps warnings of the SDK out of the output. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

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

/**
 * Writes an object to a file. Credentials, region and endpoint are those of every AWS tool: environment variables, profiles,
 * roles, AWS_ENDPOINT_URL_S3.
 */
export async function downloadObject(object: S3Object, file: string, progress: Progress): Promise<void> {
  const { bucket, key, versionId } = object;
  const client = new S3Client({
    logger: SILENT,
    followRegionRedirects: true,
    // A custom endpoint seldom has a host name for each bucket.
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL),
  });
  try {
    const input = { Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
    const { Body, ContentLength } = await client.send(new GetObjectCommand(input));
    let size = 0;
    await pipeline(
      Body as Readable,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          progress.show(`downloading: ${bytes(size)} of ${bytes(ContentLength ?? size)} …`);
          yield chunk;
        }
      },
      createWriteStream(file),
    );
  } finally {
    client.destroy();
  }
}
