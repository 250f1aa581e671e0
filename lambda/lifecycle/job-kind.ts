import type { TerminalError } from '../core/errors';
import type { Log } from '../core/log';
import type { IsCompleteEvent, JobRequest } from './job-request';
import type { Pacing } from './poll-interval';
import type { Requeue } from './requeue';

/** The answer to CloudFormation. */
export interface Answer<A> {
  readonly physicalResourceId: string;
  readonly attributes: A;
}

export interface JobState {
  /** `unknown` is a status that this version does not support. It fails the request. */
  readonly phase: 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly status: string;
}

/** A job as Describe reported it. All times are milliseconds since the epoch. */
export interface Observation<Job> {
  readonly job: Job;
  readonly time: number;
}

/**
 * One kind of QuickSight job. The engine calls the methods in the order in which they stand here.
 *
 * Every method may be called again at any point and has the same outcome each time. A method throws RetryableError for
 * what may pass and TerminalError for what cannot.
 */
export interface JobKind<R extends JobRequest, Job, A extends object> {
  /** Name of the job in messages and logs, for example `export job`. */
  readonly noun: string;
  readonly pacing: Pacing;
  /** Checks the prerequisites. Returns an answer that needs no job, a reason to wait, or the expected duration of the job. */
  prepare(request: R): Promise<Answer<A> | Requeue | Expectation>;
  /** Undefined when QuickSight has no such job, or no longer has it. */
  describe(request: R): Promise<Job | undefined>;
  /** @throws RetryableError when the job may have started. */
  start(request: R): Promise<void>;
  state(job: Job): JobState;
  /** Milliseconds since the epoch. */
  createdTime(job: Job): number | undefined;
  /** The differences between the request and the job, for people. The engine adopts a job without differences. */
  mismatches(request: R, job: Job): readonly string[];
  complete(request: R, observation: Observation<Job>): Promise<Answer<A> | Requeue>;
  /** True when the job failed only because access was denied. That passes when the policy is new. */
  isDenied(job: Job): boolean;
  /** Records a failed job and returns the error with every failed asset. */
  explain(request: R, observation: Observation<Job>): Promise<TerminalError>;
  /** Removes the leftovers of a request that failed. */
  cleanUp(request: R): Promise<void>;
}

export interface Expectation {
  /** Duration of the last job of this resource, in milliseconds. */
  readonly expectedDurationMs?: number;
}

/** A custom resource: its requests, its job and its removal. */
export interface JobResource<R extends JobRequest, Job, A extends object> {
  readonly kind: JobKind<R, Job, A>;
  /** A pure function of the event. @throws TerminalError that lists every problem. */
  request(event: IsCompleteEvent): R;
  /** Handles Delete. It may be called again. */
  remove(event: IsCompleteEvent): Promise<void>;
}

/** Makes the resource for one request, whose lines `log` identifies. */
export type JobResourceFactory<R extends JobRequest, Job, A extends object> = (log: Log) => JobResource<R, Job, A>;
