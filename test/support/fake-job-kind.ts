import { TerminalError } from '../../lambda/core/errors';
import type { Answer, Expectation, JobKind, JobState, Observation } from '../../lambda/lifecycle/job-kind';
import type { JobRequest } from '../../lambda/lifecycle/job-request';
import type { Pacing } from '../../lambda/lifecycle/poll-interval';
import type { Requeue } from '../../lambda/lifecycle/requeue';

export interface FakeRequest extends JobRequest {
  readonly color: string;
}

export interface FakeJob {
  readonly status: string;
  readonly color: string;
  /** Milliseconds since the epoch. */
  readonly createdTime?: number;
}

export interface FakeAttributes {
  readonly Result: string;
}

/** A Create with a timeout of 30 minutes. */
export const fakeRequest = (requestedTime: number): FakeRequest => ({
  stackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/House/x',
  stackName: 'House',
  partition: 'aws',
  region: 'us-east-1',
  account: '123456789012',
  requestId: 'request-1',
  logicalResourceId: 'Wall',
  jobId: 'House-Wall-1',
  requestedTime,
  deadline: requestedTime + 30 * 60_000,
  color: 'red',
});

const PHASES: Record<string, JobState['phase']> = { RUNNING: 'running', DONE: 'succeeded', FAILED: 'failed' };

/** A job takes this long, in milliseconds. */
export const JOB_DURATION_MS = 10_000;

/** A kind of job that belongs to no service: one job for each id, which only has a color. */
export class FakeJobKind implements JobKind<FakeRequest, FakeJob, FakeAttributes> {
  public readonly noun = 'paint job';
  public pacing: Pacing = { shortJobMs: 60_000, shortJobIntervalMs: 2_000, longJobIntervalMs: 5_000 };
  /** The name of every method that the engine called. `state`, `createdTime` and `mismatches` are not recorded. */
  public readonly calls: string[] = [];
  public readonly observations: Array<Observation<FakeJob>> = [];
  /** The job in the service. */
  public job?: FakeJob;

  public constructor(private readonly now: () => number) {}

  /** Each of these may be replaced by a test. */
  public onPrepare = (): Answer<FakeAttributes> | Requeue | Expectation => ({});
  public onStart = ({ color }: FakeRequest): void => {
    this.job = { status: 'RUNNING', color, createdTime: this.now() };
  };
  public onDescribe = (job: FakeJob | undefined): FakeJob | undefined => {
    const isDone = job?.status === 'RUNNING' && this.now() >= (job.createdTime ?? 0) + JOB_DURATION_MS;
    return isDone ? { ...job, status: 'DONE' } : job;
  };
  public onComplete = ({ job }: Observation<FakeJob>): Answer<FakeAttributes> | Requeue => ({
    physicalResourceId: 'wall-1',
    attributes: { Result: job.color },
  });
  public onCleanUp = (): void => undefined;
  public isDenied: (job: FakeJob) => boolean = () => false;

  public async prepare(): Promise<Answer<FakeAttributes> | Requeue | Expectation> {
    this.calls.push('prepare');
    return this.onPrepare();
  }

  public async describe(): Promise<FakeJob | undefined> {
    this.calls.push('describe');
    return this.onDescribe(this.job);
  }

  public async start(request: FakeRequest): Promise<void> {
    this.calls.push('start');
    this.onStart(request);
  }

  public state({ status }: FakeJob): JobState {
    return { phase: PHASES[status] ?? 'unknown', status };
  }

  public createdTime({ createdTime }: FakeJob): number | undefined {
    return createdTime;
  }

  public mismatches(request: FakeRequest, job: FakeJob): string[] {
    return request.color === job.color ? [] : [`the color is ${job.color}, but the request has ${request.color}`];
  }

  public async complete(_: FakeRequest, observation: Observation<FakeJob>): Promise<Answer<FakeAttributes> | Requeue> {
    this.calls.push('complete');
    this.observations.push(observation);
    return this.onComplete(observation);
  }

  public async explain(_: FakeRequest, observation: Observation<FakeJob>): Promise<TerminalError> {
    this.calls.push('explain');
    this.observations.push(observation);
    return new TerminalError('The paint was empty.');
  }

  public async cleanUp(): Promise<void> {
    this.calls.push('cleanUp');
    this.onCleanUp();
  }

  /** How often the engine called a method. */
  public count(method: string): number {
    return this.calls.filter((call) => call === method).length;
  }
}
