import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { BundleEntry } from '../../bundle/bundle-entry';
import { StoredFile } from '../../bundle/stored-file';
import { templateEntries } from '../../bundle/template-bundle';
import { zipEntries } from '../../bundle/zip-bundle';
import type { ArtifactStore } from '../aws/artifact-store';
import type { ExportJob, QuickSight } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import { RetryableError, TerminalError } from '../core/errors';
import { redact } from '../core/redact';
import type { BundleKind } from './artifact-keys';
import { artifactKey } from './artifact-keys';
import type { Fetch } from './download/download';
import type { DownloadLink, LinkPolicy } from './download/download-link';
import { checkDownloadLink } from './download/download-link';
import { BundleStream } from './download/resumable-download';
import type { ExportResourceRequest } from './export-request';
import type { Artifact } from './manifest';

export interface CopyTools {
  readonly quickSight: QuickSight;
  readonly store: ArtifactStore;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly quickSightEndpoint?: string;
}

/** A link lives five minutes from the Describe that gave it; a request that begins in the fifth may come too late. */
const LINK_MILLISECONDS = 4 * 60 * 1000;

/** A server's passing trouble may look like a bundle; if it stays, it is what QuickSight made. */
const MAX_TRIES = 3;

/** The bytes are no bundle. */
class InvalidBundleError extends Error {}

/**
 * Copies the bundle of a successful job into the bucket, once: whoever finds it there takes it over. What is not a whole
 * bundle does not stay.
 */
export async function copyBundle(
  request: ExportResourceRequest,
  job: ExportJob,
  describedAt: number,
  tools: CopyTools,
): Promise<Artifact> {
  const links = linkSource(request, job, describedAt, tools);
  for (let attempt = 1; ; attempt++) {
    try {
      return await copyOnce(request, links, tools);
    } catch (error) {
      if (!(error instanceof InvalidBundleError)) throw error;
      if (attempt === MAX_TRIES) {
        throw new TerminalError(
          `What QuickSight gave for the job ${request.jobId} is no ${request.properties.ExportFormat} bundle: ${redact(error.message)} (downloaded ${MAX_TRIES} times). Nothing of it was kept. Deploy again; if it stays so, export the assets in smaller groups to find the one that QuickSight cannot write.`,
        );
      }
      await tools.clock.sleep(1000 * 2 ** attempt);
    }
  }
}

function linkSource(
  request: ExportResourceRequest,
  job: ExportJob,
  describedAt: number,
  { quickSight, clock, quickSightEndpoint }: CopyTools,
): () => Promise<DownloadLink> {
  const policy: LinkPolicy = {
    partition: request.partition,
    ...(quickSightEndpoint !== undefined && { quickSightEndpoint }),
  };
  let unused: ExportJob | undefined = job;
  return async () => {
    const known = unused && clock.now() - describedAt < LINK_MILLISECONDS ? unused : await quickSight.describe(request);
    unused = undefined;
    if (!known?.DownloadUrl)
      throw new TerminalError(
        `QuickSight says that the job ${request.jobId} is ${known?.JobStatus ?? 'not there'}, but gives no DownloadUrl for it. Deploy again to run a new job.`,
      );
    return checkDownloadLink(known.DownloadUrl, policy);
  };
}

async function copyOnce(
  request: ExportResourceRequest,
  links: () => Promise<DownloadLink>,
  { store, fetch, clock }: CopyTools,
): Promise<Artifact> {
  const { jobId, properties } = request;
  const bundle = await openSized(() => sniff(new BundleStream(links, fetch, clock)));
  try {
    if (bundle.kind === 'json' && properties.ExportFormat === 'QUICKSIGHT_JSON')
      throw new InvalidBundleError('it is JSON and not a zip');
    const key = artifactKey(properties.ArtifactPrefix, jobId, bundle.kind);
    const stored = (await write(store, key, jobId, bundle)) ?? (await adopt(store, key, jobId));
    return { ...stored, entries: await checkedEntries(bundle.kind, stored, jobId, store) };
  } finally {
    bundle.close();
  }
}

type Stored = Omit<Artifact, 'entries'>;

/** Undefined where there is an object of that key. */
async function write(
  store: ArtifactStore,
  key: string,
  jobId: string,
  { kind, bytes, size }: OpenBundle & { readonly size: number },
): Promise<Stored | undefined> {
  const meter = new Meter(size);
  const written = await store.writeOnce(
    key,
    jobId,
    { bytes: meter.through(bytes), size },
    kind === 'zip' ? 'application/zip' : 'application/json',
  );
  return written && { key, versionId: written.versionId, ...meter.measured };
}

/** What an earlier delivery of this request wrote: measured as it lies there. */
async function adopt(store: ArtifactStore, key: string, jobId: string): Promise<Stored> {
  const found = await store.find(key, jobId);
  if (!found) throw new RetryableError('busy', `another delivery of this request is writing ${key}`);
  const meter = new Meter(found.size);
  for await (const chunk of meter.through(await store.read(found))) void chunk;
  return { key, versionId: found.versionId, ...meter.measured };
}

/** What is no bundle does not stay. */
async function checkedEntries(
  kind: BundleKind,
  { key, versionId, size }: Stored,
  jobId: string,
  store: ArtifactStore,
): Promise<BundleEntry[]> {
  try {
    return await readEntries(kind, size, (range) => store.read({ key, versionId }, range));
  } catch (error) {
    if (error instanceof InvalidBundleError) await store.remove([key], jobId);
    throw error;
  }
}

class Meter {
  private size = 0;
  private readonly hash = createHash('sha256');

  public constructor(private readonly announced: number) {}

  public async *through(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.size += chunk.length;
      if (this.size > this.announced) break;
      this.hash.update(chunk);
      yield chunk;
    }
    this.check();
  }

  /** Of all that went through. @throws RetryableError unless that was as much as was announced. */
  public get measured(): { readonly size: number; readonly sha256: string } {
    this.check();
    return { size: this.size, sha256: this.hash.copy().digest('hex') };
  }

  private check(): void {
    if (this.size !== this.announced)
      throw new RetryableError('busy', `the bundle has not the ${this.announced} bytes that were announced`);
  }
}

interface OpenBundle {
  readonly kind: BundleKind;
  readonly bytes: AsyncIterable<Buffer>;
  readonly size: number | undefined;
  /** Ends the download where it has not ended; without waiting for it, as it may wait for its server. */
  close(): void;
}

/** S3 has to be told the size first: where the server of the bundle does not tell it, the bundle is read through to know. */
async function openSized(open: () => Promise<OpenBundle>): Promise<OpenBundle & { readonly size: number }> {
  const { size: told, ...bundle } = await open();
  if (told !== undefined) return { ...bundle, size: told };
  let size = 0;
  for await (const chunk of bundle.bytes) size += chunk.length;
  return { ...(await open()), size };
}

/** Tells a zip from JSON by the first bytes, and gives all bytes again. */
async function sniff(stream: BundleStream): Promise<OpenBundle> {
  const source = stream.bytes();
  let head = Buffer.alloc(0);
  while (head.length < 64) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const text = head.subarray(0, 64).toString('latin1');
  const kind = text.startsWith('PK\x03\x04') ? 'zip' : /^(?:\xef\xbb\xbf)?\s*\{/.test(text) ? 'json' : undefined;
  if (!kind) {
    await source.return(undefined);
    throw new InvalidBundleError(
      head.length === 0
        ? 'it is empty'
        : `it is neither a zip nor JSON, but begins with ${JSON.stringify(text.slice(0, 16))}`,
    );
  }
  return {
    kind,
    bytes: joined(head, source),
    size: stream.totalBytes,
    close: () => void source.return(undefined).catch(() => undefined),
  };
}

async function* joined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

type ReadStored = (range?: { start: number; end: number }) => Promise<Readable>;

async function readEntries(kind: BundleKind, size: number, read: ReadStored): Promise<BundleEntry[]> {
  try {
    const entries =
      kind === 'zip'
        ? await zipEntries(new StoredFile(size, (start, end) => read({ start, end })), size)
        : await templateEntries(await read());
    if (entries.length === 0) throw new Error('it holds no assets');
    return entries;
  } catch (error) {
    // The store's own trouble says nothing about the bundle.
    if (error instanceof RetryableError || error instanceof TerminalError) throw error;
    throw new InvalidBundleError(`as a ${kind} file it cannot be read: ${(error as Error).message}`);
  }
}
