import type { ExportJob } from '../aws/quicksight-client';
import { TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import type { Answer, Expectation, JobKind, JobState } from '../lifecycle/job-kind';
import type { Pacing } from '../lifecycle/poll-interval';
import { CONSISTENCY_WINDOW_MS } from '../lifecycle/reconcile-job';
import type { Requeue } from '../lifecycle/requeue';
import { manifestKey } from './artifact-keys';
import { type CopyTools, copyBundle } from './copy-bundle';
import { failureLines } from './explain-failure';
import type { ExportResourceRequest } from './export-request';
import { type Attributes, type Manifest, manifestOfFailure, manifestOfSuccess } from './manifest';
import { manifestStore } from './manifest-store';
import { removePartialArtifact } from './remove-artifact';
import { findRollbackTarget, jobDurationMs } from './rollback-target';
import { mismatches } from './same-job';

/**
 * A bundle waits half an interval on average until this function notices it, which for a short job is most of the time that a
 * deployment loses. A job of five minutes is described about 130 times. docs/reference/performance.md, P1.
 */
const PACING: Pacing = { shortJobMs: 60_000, shortJobIntervalMs: 1_650, longJobIntervalMs: 2_700 };

const PHASES = new Map<string, JobState['phase']>([
  ['QUEUED_FOR_IMMEDIATE_EXECUTION', 'running'],
  ['IN_PROGRESS', 'running'],
  ['SUCCESSFUL', 'succeeded'],
  ['FAILED', 'failed'],
]);

export interface ExportJobTools extends CopyTools {
  readonly log: Log;
}

type ExportAnswer = Answer<Attributes>;

/** The job of DescribeAssetBundleExportJob: its artifact is copied to the bucket of the request, its manifest beside it. */
export function exportJob(tools: ExportJobTools): JobKind<ExportResourceRequest, ExportJob, Attributes> {
  const { quickSight, clock, log, storeOf } = tools;

  /** Writes the manifest, or returns the one that another delivery of this request has written. */
  async function record(request: ExportResourceRequest, manifest: Manifest): Promise<Manifest> {
    return manifestStore(storeOf(request.properties), request.properties.ArtifactPrefix).writeOnce(manifest);
  }

  return {
    noun: 'export job',
    pacing: PACING,

    async prepare(request): Promise<ExportAnswer | Expectation> {
      const store = storeOf(request.properties);
      await store.checkBucket();
      const own = await manifestStore(store, request.properties.ArtifactPrefix).find(request.jobId, request);
      if (own) return answerOf(own);
      const previousStore = request.previousProperties && storeOf(request.previousProperties);
      const { current, target } = await findRollbackTarget(request, store, previousStore);
      if (target) {
        log.info('returning the earlier artifact', { physicalResourceId: target.PhysicalResourceId });
        return answerOf(target);
      }
      return { expectedDurationMs: current && jobDurationMs(current) };
    },

    describe: (request) => quickSight.describe(request),

    start: (request) => quickSight.start(request, request.properties),

    state: ({ JobStatus }) =>
      JobStatus === undefined
        ? { phase: 'running', status: 'without a status' }
        : { phase: PHASES.get(JobStatus) ?? 'unknown', status: JobStatus },

    createdTime: ({ CreatedTime }) => CreatedTime?.getTime(),

    mismatches: ({ properties }, job) =>
      mismatches(properties, job).map(
        (member) =>
          `${member} is ${JSON.stringify(job[member])}, but the request has ${JSON.stringify(properties[member]) ?? 'none'}`,
      ),

    async complete(request, { job, time, endedTime }): Promise<ExportAnswer | Requeue> {
      if (!job.DownloadUrl && time < endedTime + CONSISTENCY_WINDOW_MS) {
        return {
          reason: 'the job is SUCCESSFUL, but has no DownloadUrl yet',
          requeueAfterMs: PACING.shortJobIntervalMs,
        };
      }
      const artifact = await copyBundle(request, job, time, tools);
      const { key, versionId, size, sha256 } = artifact;
      log.info('bundle copied', { key, versionId, sizeBytes: size, sha256 });
      const times = { finished: time, answered: clock.now() };
      return answerOf(await record(request, manifestOfSuccess(request, job, artifact, times)));
    },

    async explain(request, { job, time }) {
      const lines = await failureLines(job, quickSight, clock);
      const { ArtifactBucket, ArtifactPrefix } = request.properties;
      const failure = failedJobMessage(
        request.jobId,
        lines,
        `s3://${ArtifactBucket}/${manifestKey(ArtifactPrefix, request.jobId)}`,
      );
      log.error('export job failed', { jobStatus: 'FAILED', reason: failure });
      try {
        await record(request, manifestOfFailure(request, job, failure, { finished: time, answered: clock.now() }));
      } catch (error) {
        if (!(error instanceof TerminalError)) throw error;
        const inLog = failedJobMessage(request.jobId, lines, 'the log of this function');
        return new TerminalError(`${inLog}\nThe manifest could not be written: ${error.message}`);
      }
      return new TerminalError(failure);
    },

    cleanUp: (request) => removePartialArtifact(request, storeOf(request.properties)),
  };
}

function failedJobMessage(jobId: string, lines: readonly string[], where: string): string {
  const errors = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  return [`The export job ${jobId} FAILED with ${errors} (all in ${where}):`, ...lines].join('\n- ');
}

function answerOf(manifest: Manifest): ExportAnswer {
  if (!manifest.Attributes) {
    throw new TerminalError(manifest.Failure ?? `The export job ${manifest.PhysicalResourceId} has no artifact.`);
  }
  return { physicalResourceId: manifest.PhysicalResourceId, attributes: manifest.Attributes };
}
