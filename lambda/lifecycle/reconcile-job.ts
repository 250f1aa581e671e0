import { Readable } from 'node:stream';
import type { ArtifactStore, SizedBody } from '../aws/artifact-store';
import type { ExportJob } from '../aws/quicksight-client';
import { RetryableError, TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import { manifestKey } from '../export/artifact-keys';
import type { CopyTools } from '../export/copy-bundle';
import { copyBundle } from '../export/copy-bundle';
import { failureLines } from '../export/explain-failure';
import type { ExportResourceRequest } from '../export/export-request';
import type { Attributes, Manifest } from '../export/manifest';
import { manifestOfFailure, manifestOfSuccess } from '../export/manifest';
import { findRollbackTarget, readManifest, tookMilliseconds } from '../export/rollback-target';
import { isRecent, mismatches } from '../export/same-job';
import { pollInterval } from './poll-interval';
import type { Waiting } from './requeue';
import { repeat } from './requeue';

export interface ReconcileTools extends CopyTools {
  readonly log: Log;
  /** The store of the properties before an Update. */
  readonly previousStore?: ArtifactStore;
}

export interface Answer {
  readonly physicalResourceId: string;
  readonly attributes: Attributes;
}

/** What QuickSight has done may not be told at once: a started job, or an earlier one of its id in its place, or the link of one that ended. */
const VISIBLE_MILLISECONDS = 15_000;

/**
 * Brings about what a Create or an Update asks for: the job started, finished, copied, answered. Every step looks first
 * at what is there, so that it may be repeated.
 *
 * @param yieldAt when this invocation should end; the waiter calls again.
 * @returns undefined as long as there is no answer.
 * @throws TerminalError when there never will be one.
 */
export async function reconcile(
  request: ExportResourceRequest,
  tools: ReconcileTools,
  yieldAt: number,
): Promise<Answer | undefined> {
  const reconciler = new Reconciler(request, tools);
  return repeat(
    () => reconciler.step(),
    { ...request, yieldAt },
    tools,
    (waitingFor) => outOfTime(request, waitingFor),
  );
}

function failedJobMessage(jobId: string, lines: readonly string[], where: string): string {
  return [
    `The export job ${jobId} FAILED with ${lines.length === 1 ? '1 error' : `${lines.length} errors`} (all in ${where}):`,
    ...lines,
  ].join('\n- ');
}

function otherJobMessage({ jobId, properties }: ExportResourceRequest, other: ExportJob): string {
  const told = mismatches(properties, other).map(
    (member) =>
      `${member} ${JSON.stringify(other[member])} where ${JSON.stringify(properties[member]) ?? 'none'} was asked for`,
  );
  return `QuickSight started the job ${jobId}, but describes another one under that id${told.length > 0 ? `: ${told.join('; ')}` : ''}. Nothing else may start jobs of this id; deploy again to run a new one.`;
}

function outOfTime({ jobId, requestedTime, deadline }: ExportResourceRequest, waitingFor: string): TerminalError {
  const minutes = Math.round((deadline - requestedTime) / 6000) / 10;
  return new TerminalError(
    `The export job ${jobId} did not end within ${minutes === 1 ? '1 minute' : `${minutes} minutes`}; last: ${waitingFor}. Give the export a longer timeout (60 minutes at most), or fewer assets.`,
  );
}

class Reconciler {
  private startedAt?: number;
  private checkedForAnswer = false;
  /** What the last export of the resource took, in milliseconds. */
  private lastTook?: number;
  private succeededAt?: number;
  /** When the job was created that had the id before our Start. */
  private priorJobCreatedTime?: number;

  public constructor(
    private readonly request: ExportResourceRequest,
    private readonly tools: ReconcileTools,
  ) {}

  public async step(): Promise<Answer | Waiting> {
    if (!this.checkedForAnswer) {
      const known = await this.knownAnswer();
      if (known) return known;
      this.checkedForAnswer = true;
    }
    const { quickSight, clock } = this.tools;
    // Where the invocations before were stopped in the middle, none has said so.
    if (clock.now() > this.request.deadline) throw outOfTime(this.request, 'no invocation came to its end');
    const job = await quickSight.describe(this.request);
    const describedAt = clock.now();
    if (!job || !this.isOurs(job)) return this.start(job);
    switch (job.JobStatus) {
      case 'QUEUED_FOR_IMMEDIATE_EXECUTION':
      case 'IN_PROGRESS':
      case undefined:
        return this.waiting(
          `it is ${job.JobStatus ?? 'of no status'}`,
          describedAt - (job.CreatedTime?.getTime() ?? this.startedAt ?? this.request.requestedTime),
        );
      case 'SUCCESSFUL':
        this.succeededAt ??= describedAt;
        if (!job.DownloadUrl && describedAt < this.succeededAt + VISIBLE_MILLISECONDS)
          return this.waiting('it is SUCCESSFUL, but has no DownloadUrl yet');
        return this.succeed(job, describedAt);
      case 'FAILED':
        return this.fail(job, describedAt);
      default:
        throw new TerminalError(
          `QuickSight says that the job ${this.request.jobId} is '${String(job.JobStatus)}', a status that this version does not know: it is neither waited for nor taken for a success. Update the construct.`,
        );
    }
  }

  /** What an earlier delivery of this request, or an earlier request that this one goes back to, has answered. */
  private async knownAnswer(): Promise<Answer | undefined> {
    const {
      request,
      tools: { store, previousStore, log },
    } = this;
    await store.checkBucket();
    const own = await readManifest(store, request.properties.ArtifactPrefix, request.jobId, request);
    if (own) return answerOf(own);
    const { current, artifact } = await findRollbackTarget(request, store, previousStore);
    if (artifact) {
      log.info('going back to the earlier artifact', { physicalResourceId: artifact.PhysicalResourceId });
      return answerOf(artifact);
    }
    this.lastTook = current && tookMilliseconds(current);
    return undefined;
  }

  /** Of the time of the request, or begun by our own Start, whatever time QuickSight gives it. */
  private isOurs(job: ExportJob): boolean {
    const begunByUs = this.startedAt !== undefined && job.CreatedTime?.getTime() !== this.priorJobCreatedTime;
    return (
      (begunByUs || isRecent(job, this.request.requestedTime)) && mismatches(this.request.properties, job).length === 0
    );
  }

  private waiting(waitingFor: string, age = 0): Waiting {
    return { waitingFor, milliseconds: pollInterval(age, this.tools.clock.random(), this.lastTook) };
  }

  private async start(other: ExportJob | undefined): Promise<Waiting> {
    const {
      request,
      tools: { quickSight, clock, log },
    } = this;
    if (this.startedAt !== undefined) {
      if (clock.now() < this.startedAt + VISIBLE_MILLISECONDS)
        return this.waiting('the started job cannot be described yet');
      // To start again what QuickSight has taken and tells otherwise would begin job after job.
      if (other) throw new TerminalError(otherJobMessage(request, other));
    }
    if (other && other.JobStatus !== 'SUCCESSFUL' && other.JobStatus !== 'FAILED') {
      throw new RetryableError('busy', `another export runs under the same job id, ${request.jobId}`);
    }
    await quickSight.start(request);
    this.startedAt = clock.now();
    this.priorJobCreatedTime = other?.CreatedTime?.getTime();
    log.info('export job started');
    return this.waiting('it has been started');
  }

  private async succeed(job: ExportJob, finished: number): Promise<Answer> {
    const { request, tools } = this;
    const artifact = await copyBundle(request, job, finished, tools);
    tools.log.info('bundle copied', {
      key: artifact.key,
      versionId: artifact.versionId,
      sizeBytes: artifact.size,
      sha256: artifact.sha256,
    });
    return answerOf(
      await this.recordManifest(manifestOfSuccess(request, job, artifact, { finished, answered: tools.clock.now() })),
    );
  }

  private async fail(job: ExportJob, finished: number): Promise<never> {
    const {
      request,
      tools: { quickSight, clock, log },
    } = this;
    const lines = await failureLines(job, quickSight, clock);
    const failure = failedJobMessage(
      request.jobId,
      lines,
      `s3://${request.properties.ArtifactBucket}/${manifestKey(request.properties.ArtifactPrefix, request.jobId)}`,
    );
    log.error('export job failed', { jobStatus: 'FAILED', reason: failure });
    try {
      await this.recordManifest(manifestOfFailure(request, job, failure, { finished, answered: clock.now() }));
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      throw new TerminalError(
        `${failedJobMessage(request.jobId, lines, 'the log of this function')}\nThe manifest could not be written: ${error.message}`,
      );
    }
    throw new TerminalError(failure);
  }

  /** Writes the manifest, or gives the one that another delivery of this request has written. */
  private async recordManifest(manifest: Manifest): Promise<Manifest> {
    const {
      request,
      tools: { store },
    } = this;
    const key = manifestKey(request.properties.ArtifactPrefix, request.jobId);
    const written = await store.writeOnce(key, request.jobId, json(manifest), 'application/json');
    if (written) return manifest;
    const there = await readManifest(store, request.properties.ArtifactPrefix, request.jobId, request);
    if (!there)
      throw new TerminalError(
        `s3://${request.properties.ArtifactBucket}/${key} holds an object that this export did not write, and it is not replaced: move it away, or give the export another prefix.`,
      );
    return there;
  }
}

function json(value: unknown): SizedBody {
  const body = Buffer.from(JSON.stringify(value, undefined, 2));
  return { bytes: Readable.from([body]), size: body.length };
}

function answerOf(manifest: Manifest): Answer {
  if (!manifest.Attributes)
    throw new TerminalError(manifest.Failure ?? `The job ${manifest.PhysicalResourceId} ended without an artifact.`);
  return { physicalResourceId: manifest.PhysicalResourceId, attributes: manifest.Attributes };
}
