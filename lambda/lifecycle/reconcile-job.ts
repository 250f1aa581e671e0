import type { Clock } from '../core/clock';
import { RetryableError, TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import { retryBackoff } from '../core/retry';
import type { Answer, JobKind } from './job-kind';
import type { JobRequest } from './job-request';
import { pollInterval } from './poll-interval';
import { PERMISSION_GRACE_MS, type Requeue, requeueUntilDone } from './requeue';

/**
 * QuickSight is eventually consistent. For this long, Describe may miss a job or return an older job of the same id.
 */
export const CONSISTENCY_WINDOW_MS = 15_000;

/** A request lasts an hour at most. An older job, with an allowance for clock skew, belongs to another request. */
const MAX_JOB_AGE_MS = 65 * 60 * 1000;

export interface ReconcileContext {
  readonly clock: Clock;
  readonly log: Log;
  /** End of this invocation, in milliseconds since the epoch. The waiter invokes the function again. */
  readonly yieldAt: number;
}

/**
 * Runs the job of a request: describe, start, wait, complete. Every step first observes what exists and may be repeated.
 *
 * @returns undefined when this invocation ends before the job does.
 * @throws TerminalError when the request failed.
 */
export async function reconcileJob<R extends JobRequest, Job, A extends object>(
  kind: JobKind<R, Job, A>,
  request: R,
  context: ReconcileContext,
): Promise<Answer<A> | undefined> {
  const reconciler = new Reconciler(kind, request, context);
  return requeueUntilDone(
    () => reconciler.step(),
    { ...request, yieldAt: context.yieldAt },
    context,
    (reason) => reconciler.timedOut(reason),
  );
}

class Reconciler<R extends JobRequest, Job, A extends object> {
  private isPrepared = false;
  private expectedDurationMs?: number;
  private startedTime?: number;
  /** The last time that Describe returned the job of this request. */
  private seenTime?: number;
  /** CreatedTime of the older job that held this id before our Start. */
  private priorJobCreatedTime?: number;
  private denials = 0;
  private deniedJobCreatedTime?: number;
  private isRestarted = false;

  public constructor(
    private readonly kind: JobKind<R, Job, A>,
    private readonly request: R,
    private readonly context: ReconcileContext,
  ) {}

  public async step(): Promise<Answer<A> | Requeue> {
    const { kind, request } = this;
    const { clock } = this.context;
    if (!this.isPrepared) {
      const prepared = await kind.prepare(request);
      if ('attributes' in prepared || 'requeueAfterMs' in prepared) return prepared;
      this.expectedDurationMs = prepared.expectedDurationMs;
      this.isPrepared = true;
    }
    // If every earlier invocation was killed, none of them reported the timeout.
    if (clock.now() > request.deadline) throw this.timedOut('every invocation was stopped before it finished');
    const job = await kind.describe(request);
    const time = clock.now();
    if (job === undefined || !this.isOurs(job)) return this.start(job);
    this.seenTime = time;
    const { phase, status } = kind.state(job);
    switch (phase) {
      case 'running':
        return this.requeue(
          `the job is ${status}`,
          time - (kind.createdTime(job) ?? this.startedTime ?? request.requestedTime),
        );
      case 'succeeded':
        return kind.complete(request, { job, time }).finally(() => {
          // The copy of a bundle may take minutes.
          this.seenTime = clock.now();
        });
      case 'failed':
        if (this.mayRestart(job, time)) return this.restart(job);
        throw await kind.explain(request, { job, time });
      case 'unknown':
        throw new TerminalError(
          `The ${kind.noun} ${request.jobId} has the status '${status}', which this version does not support. ` +
            'It is treated as a failure. Upgrade cdk-quicksight-asset-bundle.',
        );
    }
  }

  public timedOut(reason: string): TerminalError {
    const { jobId, requestedTime, deadline } = this.request;
    const minutes = Math.round((deadline - requestedTime) / 6000) / 10;
    return new TerminalError(
      `The ${this.kind.noun} ${jobId} did not finish within ${minutes === 1 ? '1 minute' : `${minutes} minutes`}. ` +
        `Last observation: ${reason}. Increase the timeout (at most 60 minutes), or use fewer assets.`,
    );
  }

  /** True when this request created the job: it is recent enough, or this invocation started it. */
  private isOurs(job: Job): boolean {
    const { kind, request, startedTime, priorJobCreatedTime } = this;
    const createdTime = kind.createdTime(job);
    if (this.isRestarted && createdTime === priorJobCreatedTime) return false;
    const wasStartedHere = startedTime !== undefined && createdTime !== priorJobCreatedTime;
    const isRecent = createdTime === undefined || createdTime > request.requestedTime - MAX_JOB_AGE_MS;
    return (wasStartedHere || isRecent) && kind.mismatches(request, job).length === 0;
  }

  private requeue(reason: string, ageMs = 0): Requeue {
    const { kind, context, expectedDurationMs } = this;
    return { reason, requeueAfterMs: pollInterval(kind.pacing, ageMs, context.clock.random(), expectedDurationMs) };
  }

  /** Without a creation time, the next job would look like this one. */
  private mayRestart(job: Job, time: number): boolean {
    const { kind, request } = this;
    const isPolicyNew = time <= request.requestedTime + PERMISSION_GRACE_MS;
    return isPolicyNew && kind.isDenied(job) && kind.createdTime(job) !== undefined;
  }

  /**
   * Starts the job again under the same id, after a pause: the policy of the role may be newer than the job. QuickSight accepts
   * the id of a job that has ended.
   */
  private async restart(job: Job): Promise<Requeue> {
    const { kind } = this;
    const { clock, log } = this.context;
    const createdTime = kind.createdTime(job);
    if (this.deniedJobCreatedTime !== createdTime) {
      this.deniedJobCreatedTime = createdTime;
      const reason = 'the job FAILED because access was denied, which passes if the policy is new';
      return { reason, requeueAfterMs: retryBackoff(++this.denials, clock.random()) };
    }
    this.startedTime = undefined;
    this.seenTime = undefined;
    this.isRestarted = true;
    log.info(`${kind.noun} is started again`);
    return this.start(job);
  }

  private async start(other: Job | undefined): Promise<Requeue> {
    const { kind, request, startedTime, seenTime } = this;
    const { clock, log } = this.context;
    const isRecent = (since: number | undefined) => since !== undefined && clock.now() < since + CONSISTENCY_WINDOW_MS;
    if (isRecent(startedTime)) return this.requeue('Describe does not return the started job yet');
    if (isRecent(seenTime)) return this.requeue('Describe does not return the job any more');
    if (startedTime !== undefined && other !== undefined) throw this.otherJob(other);
    if (other !== undefined && !['succeeded', 'failed'].includes(kind.state(other).phase)) {
      throw new RetryableError('busy', `another job with the id ${request.jobId} is running`);
    }
    await kind.start(request);
    this.startedTime = clock.now();
    this.priorJobCreatedTime = other && kind.createdTime(other);
    log.info(`${kind.noun} started`);
    return this.requeue('the job was started');
  }

  /** QuickSight accepted Start but describes a different job. To start again would create jobs forever. */
  private otherJob(other: Job): TerminalError {
    const { kind, request } = this;
    const mismatches = kind.mismatches(request, other);
    return new TerminalError(
      `QuickSight started the ${kind.noun} ${request.jobId}, but describes another job under this id` +
        `${mismatches.length > 0 ? `: ${mismatches.join('; ')}` : ''}. Nothing else may start jobs with this id. Deploy again to run a new job.`,
    );
  }
}
