import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { Destination } from '../../lib/contract/export-resource';
import { RetryableError, TerminalError } from '../core/errors';
import type { SpooledFile } from '../core/spool';
import { classifyError } from './classify-error';
import { type HttpHandlerOptions, type ObjectVersion, type PutContent, s3Bucket } from './s3-bucket';

/** Metadata key that holds the id of the owning job. Objects without it are never replaced or deleted. */
const OWNER_METADATA_KEY = 'asset-bundle-export-job-id';

/** Larger chunks of a file are not faster, and their garbage takes memory: docs/reference/performance.md, P4. */
const CHUNK_BYTES = 16 * 1024;

/** Largest JSON object that is read. A manifest of 20,000 assets has about 4 MB. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/** Longest time to read a JSON object. */
const MAX_READ_MS = 15_000;

export interface StoredObject {
  readonly versionId: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/** The bucket of the artifacts. A key is written once: a second writer gets the existing object. */
export interface ArtifactStore {
  readonly uri: (key: string) => string;
  /**
   * @throws RetryableError while the bucket reports no versioning: it may take 15 minutes after it was enabled.
   * @throws TerminalError when the bucket does not exist or its versioning is suspended.
   */
  checkBucket(): Promise<void>;
  /** Writes an empty object, which the caller removes. @throws when the bucket or its KMS key refuses objects. */
  checkWritable(key: string, jobId: string): Promise<void>;
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
  /** One version of an object of the job. Undefined when it does not exist, or belongs to somebody else. */
  findVersion(key: string, versionId: string, jobId: string): Promise<StoredObject | undefined>;
  /** A JSON object: undefined when the key has no object, null when the object is not JSON or larger than 8 MiB. */
  readJson(key: string): Promise<unknown>;
  /** Number of versions and delete markers of the key. */
  versionCount(key: string): Promise<number>;
  /** The keys with this prefix, also those that a delete marker hides, with the time of their last change. */
  keys(prefix: string): Promise<Map<string, number>>;
  /** Removes all versions of exactly these keys that belong to the job. */
  remove(keys: readonly string[], jobId: string): Promise<void>;
  /** Removes the current version of a key, or hides it behind a delete marker where the role may not remove versions. */
  discardCurrent(key: string, versionId: string): Promise<void>;
  /** As `remove`, but hides the objects behind delete markers where the role may not remove versions. */
  discard(keys: readonly string[], jobId: string): Promise<void>;
}

export function artifactStore(s3: S3Client, { ArtifactBucket, ArtifactKmsKeyArn }: Destination): ArtifactStore {
  const bucket = s3Bucket(s3, ArtifactBucket, ArtifactKmsKeyArn);
  const { uri } = bucket;

  async function versionsOf(key: string): Promise<ObjectVersion[]> {
    const found: ObjectVersion[] = [];
    for await (const version of bucket.versions(key)) {
      if (version.key === key) found.push(version);
    }
    return found;
  }

  async function currentVersion(key: string): Promise<ObjectVersion | undefined> {
    return (await versionsOf(key)).find(({ isLatest, isDeleteMarker }) => isLatest && !isDeleteMarker);
  }

  /** The versions of the key that carry the mark of the job. */
  async function ownVersions(key: string, jobId: string): Promise<ObjectVersion[]> {
    const own: ObjectVersion[] = [];
    for (const version of await versionsOf(key)) {
      if (version.isDeleteMarker) continue;
      if (isOwn(await bucket.head(key, version.versionId), jobId)) own.push(version);
    }
    return own;
  }

  async function discardVersion({
    key,
    versionId,
    isLatest,
  }: Pick<ObjectVersion, 'key' | 'versionId' | 'isLatest'>): Promise<void> {
    try {
      await bucket.deleteVersion(key, versionId);
    } catch (error) {
      if (!(error instanceof RetryableError && error.kind === 'denied')) throw error;
      if (isLatest) await bucket.hide(key);
    }
  }

  async function discard(keys: readonly string[], jobId: string): Promise<void> {
    for (const key of keys) {
      for (const version of await ownVersions(key, jobId)) await discardVersion(version);
    }
  }

  const owned = (jobId: string, content: PutContent): PutContent => ({
    ...content,
    Metadata: { [OWNER_METADATA_KEY]: jobId },
  });

  /** Undefined when the key has an object. */
  async function putOnce(
    key: string,
    jobId: string,
    content: PutContent,
    options?: HttpHandlerOptions,
  ): Promise<{ versionId: string } | undefined> {
    const written = await bucket.put(key, owned(jobId, { ...content, IfNoneMatch: '*' }), options);
    if (!written) return undefined;
    const { versionId } = written;
    if (versionId !== undefined) return { versionId };
    await discard([key], jobId);
    throw new RetryableError('busy', `S3 returned no version for ${uri(key)}: ${VERSIONING_ADVICE}`);
  }

  async function storedObject(
    key: string,
    versionId: string,
    { ContentLength: size = 0, ChecksumSHA256: checksum }: HeadObjectCommandOutput,
  ): Promise<StoredObject> {
    const sha256 = checksum
      ? Buffer.from(checksum, 'base64').toString('hex')
      : await sha256Of((await bucket.get(key, versionId)).body, uri(key));
    return { versionId, size, sha256 };
  }

  return {
    uri,
    discard,
    discardCurrent: (key, versionId) => discardVersion({ key, versionId, isLatest: true }),

    async checkBucket() {
      const status = await bucket.versioningStatus();
      if (status === 'Enabled') return;
      if (status === undefined)
        throw new RetryableError(
          'busy',
          `the bucket ${ArtifactBucket} does not report versioning: ${VERSIONING_ADVICE}`,
        );
      throw new TerminalError(
        `Bucket ${ArtifactBucket} must have versioning enabled (it is ${status}), because an artifact is identified by its version. Enable versioning or choose another bucket.`,
      );
    },

    async checkWritable(key, jobId) {
      // An existing object proves the same: S3 checks permissions before the condition.
      await putOnce(key, jobId, { Body: '', ContentType: 'text/plain' });
    },

    writeFileOnce: (key, jobId, { path, size, sha256 }, ContentType) =>
      sendFile(path, (Body, options) => {
        // With a checksum of ours, the SDK computes none and sends the body as it is, without chunks and trailer.
        const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
        return putOnce(key, jobId, { Body, ContentLength: size, ContentType, ChecksumSHA256 }, options);
      }),

    writeJsonOnce: async (key, jobId, value) => (await putOnce(key, jobId, jsonContent(value))) !== undefined,

    async writeJson(key, jobId, value) {
      await bucket.put(key, owned(jobId, jsonContent(value)));
    },

    async find(key, jobId) {
      const current = await currentVersion(key);
      if (!current) return undefined;
      const found = await bucket.head(key, current.versionId);
      if (!isOwn(found, jobId)) {
        throw new TerminalError(
          `${uri(key)} holds an object that this export did not write, and it is not replaced. Move the object, or use another prefix.`,
        );
      }
      if (current.versionId === 'null') {
        // Written before the versioning was in force.
        await discard([key], jobId);
        throw new RetryableError('busy', `${uri(key)} has no version: ${VERSIONING_ADVICE}`);
      }
      return storedObject(key, current.versionId, found);
    },

    async findVersion(key, versionId, jobId) {
      if (!(await versionsOf(key)).some((version) => version.versionId === versionId)) return undefined;
      const found = await bucket.head(key, versionId);
      return isOwn(found, jobId) ? storedObject(key, versionId, found) : undefined;
    },

    async readJson(key) {
      const current = await currentVersion(key);
      if (!current) return undefined;
      const { body, size } = await bucket.get(key, current.versionId);
      if (size === undefined || size <= MAX_JSON_BYTES) return parseJson(await textOf(body, uri(key)));
      body.destroy();
      return null;
    },

    versionCount: async (key) => (await versionsOf(key)).length,

    async keys(prefix) {
      const keys = new Map<string, number>();
      for await (const { key, modifiedTime } of bucket.versions(prefix))
        keys.set(key, Math.max(modifiedTime, keys.get(key) ?? 0));
      return keys;
    },

    async remove(keys, jobId) {
      for (const key of keys) {
        for (const { versionId } of await ownVersions(key, jobId)) await bucket.deleteVersion(key, versionId);
      }
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/manage-versioning-examples.html */
const VERSIONING_ADVICE =
  'it may take 15 minutes after versioning was enabled. Enable versioning, or choose another bucket';

const isOwn = (found: HeadObjectCommandOutput, jobId: string): boolean =>
  found.Metadata?.[OWNER_METADATA_KEY] === jobId;

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

async function textOf(body: Readable, resource: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of readable(addAbortSignal(AbortSignal.timeout(MAX_READ_MS), body), resource))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function sha256Of(body: Readable, resource: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readable(body, resource)) hash.update(chunk);
  return hash.digest('hex');
}

/** The bytes of a body, with a classified error. */
async function* readable(body: Readable, resource: string): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>;
  } catch (error) {
    throw classifyError(error, { action: 's3:GetObjectVersion', resource });
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
