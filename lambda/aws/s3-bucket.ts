import type { Readable } from 'node:stream';
import type {
  DeleteMarkerEntry,
  HeadObjectCommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { RetryableError, TerminalError } from '../core/errors';
import { redact } from '../core/redact';
import { classifyError, errorName, httpStatus } from './classify-error';

/** Longest duration of a call without a large body. The engine repeats the call. */
const MAX_CALL_MS = 15_000;

/** The bucket does not exist: nothing can be written, and nothing is left to remove. */
export class BucketNotFoundError extends TerminalError {}

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedTime: number;
}

export type PutContent = Omit<PutObjectCommandInput, 'Bucket' | 'Key'>;

export type HttpHandlerOptions = NonNullable<Parameters<S3Client['send']>[1]>;

/**
 * The calls to one bucket, with classified errors. An object is observed in the list of its versions and not by a 404: S3
 * returns a 404 only to those who may list the whole bucket, and for up to 15 minutes after versioning was enabled also for
 * objects that exist.
 */
export interface S3Bucket {
  readonly uri: (key: string) => string;
  /** `Enabled`, `Suspended`, or undefined when versioning was never enabled or S3 does not report it yet. */
  versioningStatus(): Promise<string | undefined>;
  /** Versions and delete markers of all keys with the prefix, ordered by key. */
  versions(prefix: string): AsyncGenerator<ObjectVersion>;
  /** @throws RetryableError when S3 lists the version but does not return it yet. */
  head(key: string, versionId: string): Promise<HeadObjectCommandOutput>;
  /** @throws RetryableError when S3 lists the version but does not return it yet. */
  get(key: string, versionId: string): Promise<{ readonly body: Readable; readonly size?: number }>;
  /**
   * Writes an object. Returns undefined when the content has `IfNoneMatch` and the key has an object. The version id is absent
   * when the bucket has no versioning, or when its versioning is not in force yet.
   */
  put(key: string, content: PutContent, options?: HttpHandlerOptions): Promise<{ versionId?: string } | undefined>;
  /** Removes a version for good. */
  deleteVersion(key: string, versionId: string): Promise<void>;
  /** Hides the object behind a delete marker. Its versions remain. */
  hide(key: string): Promise<void>;
}

/** @param kmsKeyArn the key that encrypts new objects. Default: the encryption of the bucket. */
export function s3Bucket(s3: S3Client, Bucket: string, kmsKeyArn?: string): S3Bucket {
  const uri = (key: string) => `s3://${Bucket}/${key}`;
  const encryption =
    kmsKeyArn === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyArn };

  /** Runs a call and classifies its error. */
  async function call<T>(
    action: string,
    key: string | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const resource = key === undefined ? `the bucket ${Bucket}` : uri(key);
    try {
      return await run(AbortSignal.timeout(MAX_CALL_MS));
    } catch (error) {
      if (errorName(error) === 'NoSuchBucket') {
        throw new BucketNotFoundError(
          `The bucket ${Bucket} does not exist (${action}: NoSuchBucket). Create it, or choose another bucket.`,
        );
      }
      if (errorName(error).startsWith('KMS.') && (httpStatus(error) ?? 0) < 500) {
        throw new TerminalError(
          `KMS rejected the key ${action === 's3:PutObject' ? (kmsKeyArn ?? 'of the bucket') : 'of the object'} for ${resource} (${errorName(error)}: ${redact((error as Error).message)}). ` +
            'Check that the key is enabled and in this region, and that its policy allows kms:GenerateDataKey and kms:Decrypt for the role of the isComplete function.',
        );
      }
      throw classifyError(error, { action, resource });
    }
  }

  const notYet = (key: string) => new RetryableError('busy', `S3 does not return ${uri(key)} yet`);

  const listPage = (input: ListObjectVersionsCommandInput): Promise<ListObjectVersionsCommandOutput> =>
    call('s3:ListBucketVersions', undefined, (abortSignal) =>
      s3.send(new ListObjectVersionsCommand(input), { abortSignal }),
    );

  return {
    uri,

    versioningStatus: () =>
      call('s3:GetBucketVersioning', undefined, async (abortSignal) => {
        const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }), { abortSignal });
        return Status;
      }),

    async *versions(Prefix) {
      let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
      while (marker) {
        const page = await listPage({ Bucket, Prefix, ...marker });
        yield* (page.Versions ?? []).map((version) => objectVersion(version, false));
        yield* (page.DeleteMarkers ?? []).map((version) => objectVersion(version, true));
        marker = page.IsTruncated
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
      }
    },

    head: (key, VersionId) =>
      call('s3:GetObjectVersion', key, async (abortSignal) => {
        try {
          // This mode needs kms:Decrypt on an encrypted object.
          const command = new HeadObjectCommand({ Bucket, Key: key, VersionId, ChecksumMode: 'ENABLED' });
          return await s3.send(command, { abortSignal });
        } catch (error) {
          throw httpStatus(error) === 404 ? notYet(key) : error;
        }
      }),

    get: (key, VersionId) =>
      call('s3:GetObjectVersion', key, async (abortSignal) => {
        try {
          const command = new GetObjectCommand({ Bucket, Key: key, VersionId });
          const { Body, ContentLength } = await s3.send(command, { abortSignal });
          const body = Body as Readable;
          return { body, ...(ContentLength !== undefined && { size: ContentLength }) };
        } catch (error) {
          const isMissing = errorName(error) === 'NoSuchKey' || errorName(error) === 'NoSuchVersion';
          throw isMissing ? notYet(key) : error;
        }
      }),

    put: (key, content, options) =>
      call('s3:PutObject', key, async (abortSignal) => {
        try {
          const command = new PutObjectCommand({ Bucket, Key: key, ...encryption, ...content });
          const { VersionId } = await s3.send(command, options ?? { abortSignal });
          return VersionId === undefined || VersionId === 'null' ? {} : { versionId: VersionId };
        } catch (error) {
          if (content.IfNoneMatch !== undefined && httpStatus(error) === 412) return undefined;
          throw error;
        }
      }),

    async deleteVersion(key, VersionId) {
      await call('s3:DeleteObjectVersion', key, (abortSignal) =>
        s3.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId }), { abortSignal }),
      );
    },

    async hide(key) {
      await call('s3:DeleteObject', key, (abortSignal) =>
        s3.send(new DeleteObjectCommand({ Bucket, Key: key }), { abortSignal }),
      );
    },
  };
}

const objectVersion = (
  { Key: key = '', VersionId: versionId = '', IsLatest: isLatest = false, LastModified }: DeleteMarkerEntry,
  isDeleteMarker: boolean,
): ObjectVersion => ({ key, versionId, isLatest, isDeleteMarker, modifiedTime: LastModified?.getTime() ?? 0 });
