import { ServiceError } from '../core/service-error';
import type { Job } from './job';

export const MAX_RUNNING_JOBS = 5;

/** Retention of a job's description, from its start. */
export const DESCRIPTION_MS = 14 * 24 * 60 * 60 * 1000;

/** The export jobs of an account in one Region. */
export class JobStore {
  /** The latest job of each id, the newest last. */
  private readonly jobs = new Map<string, Job>();
  private max = 0;

  public constructor(private readonly now: () => number) {}

  /** The highest number of jobs that ran at the same time. */
  public get maxRunning(): number {
    return this.max;
  }

  public get running(): number {
    return this.latest().filter((job) => job.runs(this.now())).length;
  }

  /** @throws ServiceError if the id is in use or the account already runs the maximum number of jobs. */
  public requireFree(id: string): void {
    if (this.jobs.get(id)?.runs(this.now())) {
      throw new ServiceError('ConflictException', `An asset bundle export job with the ID ${id} is already running.`);
    }
    if (this.running >= MAX_RUNNING_JOBS) {
      throw new ServiceError(
        'LimitExceededException',
        `At most ${MAX_RUNNING_JOBS} asset bundle export jobs can run at the same time.`,
      );
    }
  }

  public add(job: Job): void {
    this.jobs.delete(job.id);
    this.jobs.set(job.id, job);
    this.max = Math.max(this.max, this.running);
  }

  public get(id: string): Job | undefined {
    const job = this.jobs.get(id);
    return job && this.isDescribed(job) ? job : undefined;
  }

  /** The latest job of each id, the newest first. */
  public latest(): Job[] {
    return [...this.jobs.values()].filter((job) => this.isDescribed(job)).reverse();
  }

  private isDescribed(job: Job): boolean {
    return this.now() < job.createdTime + DESCRIPTION_MS;
  }
}
