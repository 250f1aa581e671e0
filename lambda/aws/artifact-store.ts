import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { HeadObjectCommandInput, PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Destination } from '../../lib/contract/export-resource';
import { RetryableError, TerminalError } from '../core/errors';
import { redact } from '../core/redact';
import type { SpooledFile } from '../core/spool';
import { classifyError, errorName, httpStatus } from './classify-error';

/** Metadata key that holds the id of the owning job. Objects without it are never replaced or deleted. */
const OWNER_METADATA_KEY = 'asset-bundle-export-job-id';

/** Larger chunks of a file are not faster, and their garbage takes memory: docs/reference/performance.md, P4. */
const CHUNK_BYTES = 16 * 1024;

type PutContent = Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Metadata'>;

type HttpHandlerOptions = NonNullable<Parameters<S3Client['send']>[1]>;

/** The bucket does not exist: nothing can be written, and nothing is left to remove. */
export class BucketNotFoundError extends TerminalError {}

export interface StoredObject {
  readonly versionId: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/** The bucket of the artifacts. A key is written once: a second writer gets the existing object. */
export interface ArtifactStore {
  uri(key: string): string;
  /** @throws TerminalError unless the bucket exists and has versioning enabled. */
  checkBucket(): Promise<void>;
  /** Writes the file with its size and SHA-256, which S3 verifies. Returns undefined when the key has an object. */
  writeFileOnce(
    key: string,
    jobId: string,
    file: SpooledFile,
    contentType: string,
  ): Promise<{ versionId: string } | undefined>;
  /** Writes a JSON object. Returns false when the key has an object. */
  writeJsonOnce(key: string, jobId: string, value: unknown): Promise<boolean>;
  /** Writes a JSON object. It becomes the current version of the key. */
  writeJson(key: string, jobId: string, value: unknown): Promise<void>;
  /** The current object of the key. @throws TerminalError when it is not an object of the job. */
  find(key: string, jobId: string): Promise<StoredObject | undefined>;
  exists(key: string, versionId: string): Promise<boolean>;
  /** A JSON object: undefined when the key has no object, null when the object is not JSON. */
  readJson(key: string): Promise<unknown>;
  /** Removes all versions of exactly these keys that belong to the job. */
  remove(keys: readonly string[], jobId: string): Promise<void>;
}

export function artifactStore(s3: S3Client, { ArtifactBucket: Bucket, ArtifactKmsKeyArn }: Destination): ArtifactStore {
  const uri = (key: string) => `s3://${Bucket}/${key}`;
  const encryption =
    ArtifactKmsKeyArn === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: ArtifactKmsKeyArn };

  /** Runs a call and classifies its error. */
  async function call<T>(action: string, key: string | undefined, run: () => Promise<T>): Promise<T> {
    const resource = key === undefined ? `the bucket ${Bucket}` : uri(key);
    try {
      return await run();
    } catch (error) {
      if (errorName(error) === 'NoSuchBucket') {
        throw new BucketNotFoundError(
          `The bucket ${Bucket} does not exist (${action}: NoSuchBucket). Create it, or choose another bucket.`,
        );
      }
      if (errorName(error).startsWith('KMS.')) {
        throw new TerminalError(
          `KMS rejected the key ${ArtifactKmsKeyArn ?? 'of the bucket'} for ${resource} (${errorName(error)}: ${redact((error as Error).message)}). ` +
            'Check that the key is enabled and in this region, and that its policy allows kms:GenerateDataKey and kms:Decrypt for the role of the isComplete function.',
        );
      }
      throw classifyError(error, { action, resource });
    }
  }

  async function head(key: string, options: Pick<HeadObjectCommandInput, 'VersionId' | 'ChecksumMode'>) {
    return call('s3:GetObject', key, async () => {
      try {
        return await s3.send(new HeadObjectCommand({ Bucket, Key: key, ...options }));
      } catch (error) {
        // A HEAD has no body, so a missing bucket looks the same. The next write reports it.
        if (httpStatus(error) === 404 || httpStatus(error) === 405) return undefined;
        throw error;
      }
    });
  }

  async function sha256Of(key: string, versionId: string): Promise<string> {
    return call('s3:GetObject', key, async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key, VersionId: versionId }));
      const hash = createHash('sha256');
      for await (const chunk of Body as Readable) hash.update(chunk as Buffer);
      return hash.digest('hex');
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

  const putCommand = (Key: string, jobId: string, content: PutContent) =>
    new PutObjectCommand({ Bucket, Key, Metadata: { [OWNER_METADATA_KEY]: jobId }, ...encryption, ...content });

  /** Undefined when the key has an object. */
  async function putOnce(
    key: string,
    jobId: string,
    content: PutContent,
    options?: HttpHandlerOptions,
  ): Promise<{ versionId: string } | undefined> {
    return call('s3:PutObject', key, async () => {
      try {
        const { VersionId } = await s3.send(putCommand(key, jobId, { ...content, IfNoneMatch: '*' }), options);
        if (!VersionId || VersionId === 'null') {
          throw new TerminalError(`S3 returned no version for ${uri(key)}. Enable versioning on the bucket ${Bucket}.`);
        }
        return { versionId: VersionId };
      } catch (error) {
        if (httpStatus(error) === 412) return undefined;
        throw error;
      }
    });
  }

  return {
    uri,

    async checkBucket() {
      const { Status } = await call('s3:GetBucketVersioning', undefined, () =>
        s3.send(new GetBucketVersioningCommand({ Bucket })),
      );
      if (Status !== 'Enabled') {
        throw new TerminalError(
          `Bucket ${Bucket} must have versioning enabled (it is ${Status ?? 'off'}), because an artifact is identified by its version. Enable versioning or choose another bucket.`,
        );
      }
    },

    writeFileOnce: (key, jobId, { path, size, sha256 }, ContentType) =>
      sendFile(path, (Body, options) => {
        // With a checksum of ours, the SDK computes none and sends the body as it is, without chunks and trailer.
        const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
        return putOnce(key, jobId, { Body, ContentLength: size, ContentType, ChecksumSHA256 }, options);
      }),

    writeJsonOnce: async (key, jobId, value) => (await putOnce(key, jobId, jsonContent(value))) !== undefined,

    async writeJson(key, jobId, value) {
      await call('s3:PutObject', key, () => s3.send(putCommand(key, jobId, jsonContent(value))));
    },

    async find(key, jobId) {
      // This mode needs kms:Decrypt on an encrypted object.
      const found = await head(key, { ChecksumMode: 'ENABLED' });
      if (!found) return undefined;
      if (found.Metadata?.[OWNER_METADATA_KEY] !== jobId) {
        throw new TerminalError(
          `${uri(key)} holds an object that this export did not write, and it is not replaced. Move the object, or use another prefix.`,
        );
      }
      const { VersionId: versionId = '', ContentLength: size = 0, ChecksumSHA256: checksum } = found;
      const sha256 = checksum ? Buffer.from(checksum, 'base64').toString('hex') : await sha256Of(key, versionId);
      return { versionId, size, sha256 };
    },

    async exists(key, versionId) {
      return (await head(key, { VersionId: versionId })) !== undefined;
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
      return text === undefined ? undefined : parseJson(text);
    },

    async remove(keys, jobId) {
      for (const key of keys) {
        for await (const { Key, VersionId } of versions(key)) {
          if (Key !== key || (await head(key, { VersionId }))?.Metadata?.[OWNER_METADATA_KEY] !== jobId) continue;
          await call('s3:DeleteObjectVersion', key, () =>
            s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId })),
          );
        }
      }
    },
  };
}

const jsonContent = (value: unknown): PutContent => ({
  Body: JSON.stringify(value, undefined, 2),
  ContentType: 'application/json',
  ChecksumAlgorithm: 'SHA256',
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Passes the content of a file to a request. The SDK does not handle errors of a source stream: the process would crash and
 * the request would hang. So the request is aborted.
 */
async function sendFile<T>(
  path: string,
  send: (body: Readable, options: HttpHandlerOptions) => Promise<T>,
): Promise<T> {
  const request = new AbortController();
  const body = createReadStream(path, { highWaterMark: CHUNK_BYTES }).once('error', () => request.abort());
  try {
    // The timeout would include the upload of the body, which may be long. `socketTimeout` detects a silent server.
    return await send(body, { abortSignal: request.signal, requestTimeout: 0 });
  } catch (error) {
    throw body.errored ? new RetryableError('busy', `${path} cannot be read: ${body.errored.message}`) : error;
  } finally {
    // S3 may respond before the end of the body.
    body.destroy();
    request.abort();
  }
}
