import { ServiceError } from '../core/service-error';
import type { Job } from './job';

export const MAX_RUNNING_JOBS = 5;

/** How long the description of a job lives, from its start. */
export const DESCRIPTION_MS = 14 * 24 * 60 * 60 * 1000;

/** The export jobs of an account in a region. */
export class JobStore {
  /** The latest job of each id, the newest last. */
  private readonly jobs = new Map<string, Job>();
  private max = 0;

  public constructor(private readonly now: () => number) {}

  /** The most jobs that ever ran at once. */
  public get maxRunning(): number {
    return this.max;
  }

  public get running(): number {
    return this.latest().filter((job) => job.runs(this.now())).length;
  }

  /** Refuses what StartAssetBundleExportJob refuses: an id in use, and a sixth job. */
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
