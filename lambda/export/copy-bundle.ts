import type { BundleKind } from '../../bundle/bundle-kind';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { readBundle } from '../../bundle/read-bundle';
import type { Destination } from '../../lib/contract/export-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import type { ExportJob, QuickSight } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import { RetryableError, TerminalError } from '../core/errors';
import { redact } from '../core/redact';
import { retry } from '../core/retry';
import { type SpooledFile, spool } from '../core/spool';
import { artifactKey } from './artifact-keys';
import type { Fetch } from './download/download';
import { checkDownloadLink, type DownloadLink } from './download/download-link';
import { downloadBundle } from './download/resumable-download';
import type { ExportResourceRequest } from './export-request';
import type { Artifact } from './manifest';

export interface CopyTools {
  readonly quickSight: QuickSight;
  readonly storeOf: (destination: Destination) => ArtifactStore;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Folder for the file that a bundle is downloaded to. */
  readonly spoolFolder: string;
  readonly quickSightEndpoint?: string;
}

/** A link expires 5 minutes after the Describe that returned it. A request in the fifth minute may be too late. */
const LINK_LIFETIME_MS = 4 * 60 * 1000;

/** An invalid bundle may be a transient error of a server. If it repeats, QuickSight produced it. */
const MAX_DOWNLOADS = 3;

/** Attempts to write a file while S3 is busy. After them the copy starts over with a new download. */
const MAX_UPLOADS = 3;

const CONTENT_TYPES: Record<BundleKind, string> = { zip: 'application/zip', json: 'application/json' };

/**
 * Downloads the bundle of a successful job to a file, verifies the file, and stores it in the bucket. Nothing unverified is
 * written to the bucket. A repeated delivery of the request adopts the stored object.
 */
export async function copyBundle(
  request: ExportResourceRequest,
  job: ExportJob,
  describedTime: number,
  tools: CopyTools,
): Promise<Artifact> {
  const freshLink = linkSource(request, job, describedTime, tools);
  const { spoolFolder, fetch, clock } = tools;
  const copy = () =>
    spool(spoolFolder, downloadBundle(freshLink, fetch, clock), (file) => verifyAndStore(request, file, tools));
  try {
    return await retry(copy, {
      attempts: MAX_DOWNLOADS,
      isRetryable: (error) => error instanceof InvalidBundleError,
      clock,
    });
  } catch (error) {
    if (error instanceof BundleLimitError) {
      throw new TerminalError(`The bundle of job ${request.jobId} was not stored: ${redact(error.message)}`);
    }
    throw error instanceof InvalidBundleError ? invalidBundle(request, error) : error;
  }
}

function invalidBundle({ jobId, properties }: ExportResourceRequest, { message }: InvalidBundleError): TerminalError {
  return new TerminalError(
    `Job ${jobId} did not produce a valid ${properties.ExportFormat} bundle: ${redact(message)} (${MAX_DOWNLOADS} downloads). Nothing was stored. ` +
      'Deploy again, or export the assets in smaller groups to find the one that QuickSight cannot export.',
  );
}

/** Returns a new link each time. The first one is that of `job`, unless it is too old. */
function linkSource(
  request: ExportResourceRequest,
  job: ExportJob,
  describedTime: number,
  { quickSight, clock, quickSightEndpoint }: CopyTools,
): () => Promise<DownloadLink> {
  const { jobId, partition } = request;
  let unused: ExportJob | undefined = job;
  return async () => {
    const isFresh = clock.now() - describedTime < LINK_LIFETIME_MS;
    const current = unused && isFresh ? unused : await quickSight.describe(request);
    unused = undefined;
    if (!current?.DownloadUrl) {
      // The engine describes the job again, and decides how long a link may be missing.
      const status = current?.JobStatus ?? 'not found';
      throw new RetryableError('busy', `job ${jobId} has no DownloadUrl (status: ${status})`);
    }
    return checkDownloadLink(current.DownloadUrl, {
      partition,
      ...(quickSightEndpoint !== undefined && { quickSightEndpoint }),
    });
  };
}

async function verifyAndStore(
  { jobId, properties }: ExportResourceRequest,
  file: SpooledFile,
  tools: CopyTools,
): Promise<Artifact> {
  const { kind, entries } = await readBundle(file.path);
  if (kind === 'json' && properties.ExportFormat === 'QUICKSIGHT_JSON') {
    throw new InvalidBundleError('the file is a template and not a zip');
  }
  const key = artifactKey(properties.ArtifactPrefix, jobId, kind);
  const versionId = await storeOnce(tools.storeOf(properties), key, jobId, file, CONTENT_TYPES[kind], tools.clock);
  return { key, versionId, size: file.size, sha256: file.sha256, entries };
}

/** The version of the object that holds the file: the one that this call writes, or the one of an earlier delivery. */
async function storeOnce(
  store: ArtifactStore,
  key: string,
  jobId: string,
  file: SpooledFile,
  contentType: string,
  clock: Clock,
): Promise<string> {
  // The SDK does not retry a stream. A file can be read again.
  const write = () =>
    retry(() => store.writeFileOnce(key, jobId, file, contentType), {
      attempts: MAX_UPLOADS,
      isRetryable: (error) => error instanceof RetryableError && error.kind === 'busy',
      clock,
    });
  for (let attempt = 1; ; attempt++) {
    const written = await write();
    if (written) return written.versionId;
    const found = await store.find(key, jobId);
    if (found?.size === file.size && found.sha256 === file.sha256) return found.versionId;
    if (!found || attempt === 2) {
      throw new RetryableError('busy', `another delivery of this request is writing ${store.uri(key)}`);
    }
    // An object with other bytes than QuickSight's bundle is damaged, or somebody else's.
    await store.discardCurrent(key, found.versionId);
  }
}
