import type { Environment } from '../core/environment';
import { Timestamp } from '../core/json';
import { ServiceError } from '../core/service-error';
import type { Job } from '../jobs/job';
import type { Call, OperationContext } from './context';

const DEFAULT_MAX_RESULTS = 100;

/** ListAssetBundleExportJobs: a page of jobs, the newest first. */
export function list(context: OperationContext, { input, account, requestId }: Call): Record<string, unknown> {
  const now = context.now();
  const jobs = account.jobs.latest();
  const token = input['NextToken'] as string | undefined;
  const number = (job: Job) => context.started.findIndex((started) => started.job === job);
  const start = token === undefined ? 0 : position(jobs, number, readToken(token, account.environment));
  const page = jobs.slice(start, start + ((input['MaxResults'] as number | undefined) ?? DEFAULT_MAX_RESULTS));
  const last = page.at(-1);
  const more = last !== undefined && start + page.length < jobs.length;
  return {
    AssetBundleExportJobSummaryList: page.map((job) => summary(job, now)),
    NextToken: more ? writeToken(number(last), account.environment) : null,
    RequestId: requestId,
  };
}

function summary(job: Job, now: number): Record<string, unknown> {
  const { request } = job;
  return {
    JobStatus: job.status(now),
    Arn: job.arn,
    CreatedTime: new Timestamp(job.createdTime),
    AssetBundleExportJobId: job.id,
    IncludeAllDependencies: request.IncludeAllDependencies ?? false,
    ExportFormat: request.ExportFormat,
    IncludePermissions: request.IncludePermissions ?? false,
    IncludeTags: request.IncludeTags ?? false,
  };
}

/** Index of the first job that is older than the last job of the previous page. Jobs may have started or expired in between. */
function position(jobs: Job[], number: (job: Job) => number, after: number): number {
  const index = jobs.findIndex((job) => number(job) < after);
  return index < 0 ? jobs.length : index;
}

const TOKEN = /^jobs:(?<account>\d{12}):(?<region>[a-z0-9-]+):(?<number>\d{1,15})$/;

function writeToken(number: number, { account, region }: Environment): string {
  return Buffer.from(`jobs:${account}:${region}:${number}`).toString('base64url');
}

function readToken(token: string, { account, region }: Environment): number {
  const parts = TOKEN.exec(Buffer.from(token, 'base64url').toString('latin1'))?.groups;
  if (parts?.['account'] !== account || parts['region'] !== region) {
    throw new ServiceError('InvalidNextTokenException', "The NextToken value isn't valid.");
  }
  return Number(parts['number']);
}
