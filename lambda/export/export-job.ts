import type { ExportJob } from '../aws/quicksight-client';
import { TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import type { Expectation, JobKind, JobState } from '../lifecycle/job-kind';
import type { Pacing } from '../lifecycle/poll-interval';
import { CONSISTENCY_WINDOW_MS } from '../lifecycle/reconcile-job';
import type { Requeue } from '../lifecycle/requeue';
import { manifestKey, writeCheckKey } from './artifact-keys';
import { type CopyTools, copyBundle } from './copy-bundle';
import { failureLines, isDenied } from './explain-failure';
import type { ExportResourceRequest } from './export-request';
import { discardAbandoned, discardPartialArtifact } from './leftovers';
import { type Attributes, manifestOfSuccess } from './manifest';
import { answerOf, type ExportAnswer, recordedAnswers } from './recorded-answers';
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

/** The job of DescribeAssetBundleExportJob: its artifact is copied to the bucket of the request, its manifest beside it. */
export function exportJob(tools: ExportJobTools): JobKind<ExportResourceRequest, ExportJob, Attributes> {
  const { quickSight, clock, log, storeOf } = tools;

  const answers = recordedAnswers(storeOf, clock);

  /** Removes what earlier requests of this resource left when their function was stopped. It must not fail the request. */
  async function discardAbandonedOf(request: ExportResourceRequest): Promise<void> {
    const { previousProperties } = request;
    if (!previousProperties) return;
    try {
      await discardAbandoned(request, request, storeOf(previousProperties), previousProperties.ArtifactPrefix);
    } catch (error) {
      log.warn('leftovers could not be removed', { reason: (error as Error).message });
    }
  }

  let isWritable = false;
  let linkMissingTime: number | undefined;

  return {
    noun: 'export job',
    pacing: PACING,

    async prepare(request): Promise<ExportAnswer | Expectation> {
      const answer = await answers.find(request);
      if (answer) return answer;
      const store = storeOf(request.properties);
      const previousStore = request.previousProperties && storeOf(request.previousProperties);
      const { current, target } = await findRollbackTarget(request, store, previousStore, clock.now());
      await discardAbandonedOf(request);
      if (target) {
        log.info('returning the earlier artifact', { physicalResourceId: target.PhysicalResourceId });
        return answerOf(request, target);
      }
      await store.checkBucket();
      return { expectedDurationMs: current && jobDurationMs(current) };
    },

    describe: (request) => quickSight.describe(request),

    async start(request) {
      const store = storeOf(request.properties);
      const check = writeCheckKey(request.properties.ArtifactPrefix, request.jobId);
      if (!isWritable) {
        // A bucket or key that refuses objects is found out before a job that may take long.
        await store.checkWritable(check, request.jobId);
        isWritable = true;
      }
      await quickSight.start(request, request.properties);
      // Until now, the object shows a Delete that this Create waits for its job.
      await store
        .discard([check], request.jobId)
        .catch((error: Error) => log.warn('leftovers could not be removed', { reason: error.message }));
    },

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

    async complete(request, observation): Promise<ExportAnswer | Requeue> {
      const { job, time } = observation;
      linkMissingTime = job.DownloadUrl ? undefined : (linkMissingTime ?? time);
      if (linkMissingTime !== undefined) {
        if (time < linkMissingTime + CONSISTENCY_WINDOW_MS) {
          const reason = 'the job is SUCCESSFUL, but has no DownloadUrl yet';
          return { reason, requeueAfterMs: PACING.shortJobIntervalMs };
        }
        throw new TerminalError(
          `Job ${request.jobId} has no DownloadUrl (status: ${job.JobStatus ?? 'not found'}). Deploy again to run a new job.`,
        );
      }
      const artifact = await copyBundle(request, job, time, tools).catch((error: Error) => error);
      if (artifact instanceof TerminalError) {
        const outcome = await answers.recordFailure(request, observation, artifact.message).catch(() => artifact);
        if (outcome instanceof TerminalError) throw outcome;
        return outcome;
      }
      if (artifact instanceof Error) throw artifact;
      const { key, versionId, size, sha256 } = artifact;
      log.info('bundle copied', { key, versionId, sizeBytes: size, sha256 });
      const times = { finished: time, answered: clock.now() };
      return answers.record(request, manifestOfSuccess(request, job, artifact, times));
    },

    isDenied,

    async explain(request, observation) {
      const lines = await failureLines(observation.job, quickSight, clock);
      const { ArtifactBucket, ArtifactPrefix } = request.properties;
      const failure = failedJobMessage(
        request.jobId,
        lines,
        `s3://${ArtifactBucket}/${manifestKey(ArtifactPrefix, request.jobId)}`,
      );
      log.error('export job failed', { jobStatus: 'FAILED', reason: failure });
      try {
        const outcome = await answers.recordFailure(request, observation, failure);
        return outcome instanceof TerminalError ? outcome : new TerminalError(failure);
      } catch (error) {
        if (!(error instanceof TerminalError)) throw error;
        const inLog = failedJobMessage(request.jobId, lines, 'the log of this function');
        return new TerminalError(`${inLog}\nThe manifest could not be written: ${error.message}`);
      }
    },

    cleanUp: ({ jobId, properties, ...owner }) =>
      discardPartialArtifact(jobId, owner, storeOf(properties), properties.ArtifactPrefix),
  };
}

function failedJobMessage(jobId: string, lines: readonly string[], where: string): string {
  const errors = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  return [`The export job ${jobId} FAILED with ${errors} (all in ${where}):`, ...lines].join('\n- ');
}
