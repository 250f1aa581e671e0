import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bytes } from './printable';
import type { Progress } from './progress';
import type { S3Object } from './s3-object';

/** Keeps warnings of the SDK out of the output. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

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
