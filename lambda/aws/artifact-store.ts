import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Destination } from '../../lib/contract/export-resource';
import { TerminalError } from '../core/errors';
import { redact } from '../core/redact';
import { classifyError, errorName, httpStatus } from './classify-error';
import { sendStreamed } from './streamed-body';

/** On every object that we write: the job that it is of. What lacks it is not ours to replace or delete. */
const OWNER_METADATA_KEY = 'asset-bundle-export-job-id';

/** Most bundles are smaller, and sent from memory, so that the SDK may send them again. Larger ones are streamed. */
const MAX_BYTES_IN_MEMORY = 4 * 1024 * 1024;

/** What S3 takes in one request. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
const MAX_BYTES = 5 * 1024 ** 3;

/** The bucket is gone: nothing can be written, and nothing is left to remove. */
export class BucketNotFoundError extends TerminalError {}

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
  readonly size: number;
}

export interface SizedBody {
  readonly bytes: AsyncIterable<Buffer>;
  readonly size: number;
}

/** Everything that we ask of the bucket. One object of a key is written once; whoever comes second gets what is there. */
export interface ArtifactStore {
  /** @throws TerminalError unless the bucket is there and keeps versions. */
  checkBucket(): Promise<void>;
  /** Writes the object of so many bytes, whole or not at all, unless it is there already: then undefined. */
  writeOnce(
    key: string,
    jobId: string,
    body: SizedBody,
    contentType: string,
  ): Promise<{ versionId: string } | undefined>;
  /** The current object, if it is there and of that job. @throws TerminalError when the key holds something of somebody else. */
  find(key: string, jobId: string): Promise<StoredObject | undefined>;
  exists(key: string, versionId: string): Promise<boolean>;
  read(object: { key: string; versionId?: string }, range?: { start: number; end: number }): Promise<Readable>;
  /** The JSON object; undefined where there is nothing, null where a file of another kind is. */
  readJson(key: string): Promise<unknown>;
  /** Replaces what is there. */
  writeJson(key: string, jobId: string, value: unknown): Promise<void>;
  /** Removes the versions of exactly these keys that are of that job. */
  remove(keys: readonly string[], jobId: string): Promise<void>;
}

export function artifactStore(s3: S3Client, { ArtifactBucket: Bucket, ArtifactKmsKeyArn }: Destination): ArtifactStore {
  const encryption =
    ArtifactKmsKeyArn === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: ArtifactKmsKeyArn };

  /** Gives the error of a call its meaning. */
  async function call<T>(action: string, key: string | undefined, run: () => Promise<T>): Promise<T> {
    const resource = key === undefined ? `the bucket ${Bucket}` : `s3://${Bucket}/${key}`;
    try {
      return await run();
    } catch (error) {
      if (errorName(error) === 'NoSuchBucket') {
        throw new BucketNotFoundError(
          `The bucket ${Bucket} does not exist (${action} answered NoSuchBucket): create it, or give the export another bucket.`,
        );
      }
      if (errorName(error).startsWith('KMS.')) {
        throw new TerminalError(
          `KMS refused the key ${ArtifactKmsKeyArn ?? 'of the bucket'} for ${resource}: ${errorName(error)}: ${redact((error as Error).message)}. Check that the key exists in this region and is enabled, and that its policy allows kms:GenerateDataKey and kms:Decrypt to the role of the provider's isComplete function.`,
        );
      }
      throw classifyError(error, { action, resource });
    }
  }

  async function head(key: string, versionId?: string) {
    return call('s3:GetObject', key, async () => {
      try {
        return await s3.send(new HeadObjectCommand({ Bucket, Key: key, VersionId: versionId }));
      } catch (error) {
        // A HEAD has no body, so a bucket that is gone looks the same: whoever writes finds out.
        if (httpStatus(error) === 404 || httpStatus(error) === 405) return undefined;
        throw error;
      }
    });
  }

  async function* versions(prefix: string) {
    let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (marker) {
      const page = await call('s3:ListBucketVersions', undefined, () =>
        s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: prefix, ...marker })),
      );
      yield* page.Versions ?? [];
      marker = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
  }

  const store: ArtifactStore = {
    async checkBucket() {
      const { Status } = await call('s3:GetBucketVersioning', undefined, () =>
        s3.send(new GetBucketVersioningCommand({ Bucket })),
      );
      if (Status !== 'Enabled') {
        throw new TerminalError(
          `The bucket ${Bucket} keeps no versions (versioning is ${Status ?? 'off'}), and an artifact is known by its version: enable versioning on the bucket, or give the export another one.`,
        );
      }
    },

    async writeOnce(key, jobId, { bytes, size }, contentType) {
      if (size > MAX_BYTES)
        throw new TerminalError(
          `s3://${Bucket}/${key} would have ${size} bytes, and S3 takes ${MAX_BYTES} in one request: export fewer assets at once.`,
        );
      const put = (Body: Buffer | Readable) =>
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body,
          ContentLength: size,
          ContentType: contentType,
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
          Metadata: { [OWNER_METADATA_KEY]: jobId },
          ...encryption,
        });
      return call('s3:PutObject', key, async () => {
        try {
          const { VersionId } =
            size > MAX_BYTES_IN_MEMORY
              ? await sendStreamed(bytes, (body, options) => s3.send(put(body), options))
              : await s3.send(put(await buffer(bytes)));
          if (!VersionId || VersionId === 'null')
            throw new TerminalError(
              `The bucket ${Bucket} gave s3://${Bucket}/${key} no version: enable versioning on the bucket.`,
            );
          return { versionId: VersionId };
        } catch (error) {
          if (httpStatus(error) === 412) return undefined;
          throw error;
        }
      });
    },

    async find(key, jobId) {
      const found = await head(key);
      if (!found) return undefined;
      if (found.Metadata?.[OWNER_METADATA_KEY] !== jobId) {
        throw new TerminalError(
          `s3://${Bucket}/${key} holds an object that this export did not write, and it is not replaced: move it away, or give the export another prefix.`,
        );
      }
      return { key, versionId: found.VersionId ?? '', size: found.ContentLength ?? 0 };
    },

    async exists(key, versionId) {
      return (await head(key, versionId)) !== undefined;
    },

    async read({ key, versionId }, range) {
      const Range = range && `bytes=${range.start}-${range.end - 1}`;
      return call('s3:GetObject', key, async () => {
        const { Body, ContentRange } = await s3.send(
          new GetObjectCommand({ Bucket, Key: key, VersionId: versionId, Range }),
        );
        const bytes = meaningful(Body as Readable, { action: 's3:GetObject', resource: `s3://${Bucket}/${key}` });
        // A server may take no account of the range (RFC 9110, 14.2), and some that speak S3 do so where a version is named.
        return Readable.from(range && ContentRange === undefined ? part(bytes, range) : bytes, { objectMode: false });
      });
    },

    async readJson(key) {
      const text = await call('s3:GetObject', key, async () => {
        try {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
          return await Body?.transformToString();
        } catch (error) {
          if (errorName(error) === 'NoSuchKey') return undefined;
          throw error;
        }
      });
      return text === undefined ? undefined : parsed(text);
    },

    async writeJson(key, jobId, value) {
      const Body = JSON.stringify(value, undefined, 2);
      await call('s3:PutObject', key, () =>
        s3.send(
          new PutObjectCommand({
            Bucket,
            Key: key,
            Body,
            ContentType: 'application/json',
            ChecksumAlgorithm: 'SHA256',
            Metadata: { [OWNER_METADATA_KEY]: jobId },
            ...encryption,
          }),
        ),
      );
    },

    async remove(keys, jobId) {
      for (const key of keys) {
        for await (const version of versions(key)) {
          if (version.Key !== key || (await head(key, version.VersionId))?.Metadata?.[OWNER_METADATA_KEY] !== jobId)
            continue;
          await call('s3:DeleteObjectVersion', key, () =>
            s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: version.VersionId })),
          );
        }
      }
    },
  };
  return store;
}

/** The connection may break in the middle of a body, too. */
async function* meaningful(body: Readable, call: { action: string; resource: string }): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    throw classifyError(error, call);
  }
}

async function* part(
  bytes: AsyncIterable<Buffer>,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of bytes) {
    const piece = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
    if (piece.length > 0) yield piece;
    at += chunk.length;
    if (at >= end) return;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
