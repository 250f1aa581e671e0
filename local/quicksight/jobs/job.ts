import type { Collected } from '../bundle/collect';
import type { ExportRequest, JobError } from '../bundle/request';

export type JobStatus = 'QUEUED_FOR_IMMEDIATE_EXECUTION' | 'IN_PROGRESS' | 'SUCCESSFUL' | 'FAILED';

export interface Durations {
  /** Time before a job is IN_PROGRESS, in milliseconds. Default: 1000. */
  readonly queuedMs: number;
  /** Time that a job is IN_PROGRESS, in milliseconds. Default: 4000. */
  readonly runningMs: number;
}

/** An export job. Its course is fixed when it starts. Its status and errors depend on the time only. */
export class Job {
  public readonly id: string;
  private readonly runStart: number;
  /** Time at which the job is SUCCESSFUL or FAILED, in milliseconds since 1970. */
  public readonly ends: number;

  public constructor(
    public readonly arn: string,
    public readonly request: ExportRequest,
    public readonly createdTime: number,
    durations: Durations,
    public readonly collected: Collected,
  ) {
    this.id = request.AssetBundleExportJobId;
    this.runStart = createdTime + durations.queuedMs;
    this.ends = this.runStart + durations.runningMs;
  }

  public status(now: number): JobStatus {
    if (now >= this.ends) return this.collected.errors.length > 0 ? 'FAILED' : 'SUCCESSFUL';
    return now >= this.runStart ? 'IN_PROGRESS' : 'QUEUED_FOR_IMMEDIATE_EXECUTION';
  }

  public runs(now: number): boolean {
    return now < this.ends;
  }

  /** The errors so far. They accumulate while the job runs. */
  public errors(now: number): readonly JobError[] {
    const { errors } = this.collected;
    if (!this.runs(now)) return errors;
    const done = Math.max(0, (now - this.runStart) / (this.ends - this.runStart));
    return errors.slice(0, Math.floor(errors.length * done));
  }
}
