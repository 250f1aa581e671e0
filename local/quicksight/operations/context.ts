import type { AssetCatalog } from '../assets/asset-catalog';
import type { Environment } from '../core/environment';
import type { Links, StoredObject } from '../download/links';
import type { Job } from '../jobs/job';
import type { JobStore } from '../jobs/job-store';
import type { Input } from '../model/decode';
import type { DescribeOverride, OperationOptions } from './options';

/** An account in one Region, with its assets and its jobs. */
export interface RegionalAccount {
  readonly environment: Environment;
  readonly jobs: JobStore;
  catalog: AssetCatalog;
}

/** A job with the environment that it was started in. */
export interface StartedJob extends Environment {
  readonly job: Job;
}

/** A call with valid input. */
export interface Call {
  readonly input: Input;
  readonly account: RegionalAccount;
  readonly requestId: string;
  /** The origin of the stand-in as the client addressed it. */
  readonly origin: string;
}

/** The state that the operations share. */
export interface OperationContext {
  readonly options: OperationOptions;
  readonly now: () => number;
  readonly links: Links;
  /** The file of each job in the service's bucket. */
  readonly objects: WeakMap<Job, StoredObject>;
  /** Every job that was ever started, the earliest first. */
  readonly started: StartedJob[];
  readonly describeOverride: DescribeOverride | undefined;
}

export type Operation = (
  context: OperationContext,
  call: Call,
) => Record<string, unknown> | Promise<Record<string, unknown>>;
