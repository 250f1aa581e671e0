import { Timestamp } from '../core/json';
import { ServiceError } from '../core/service-error';
import type { Job } from '../jobs/job';
import type { Call } from './context';
import type { Service } from './service';

const DEFAULT_MAX_RESULTS = 100;

export function list(service: Service, { input, scope, requestId }: Call): Record<string, unknown> {
  const now = service.now();
  const jobs = scope.jobs.latest();
  const token = input['NextToken'] as string | undefined;
  const number = (job: Job) => service.started.findIndex((started) => started.job === job);
  const start =
    token === undefined ? 0 : position(jobs, number, readToken(token, scope.place.account, scope.place.region));
  const page = jobs.slice(start, start + ((input['MaxResults'] as number | undefined) ?? DEFAULT_MAX_RESULTS));
  const last = page.at(-1);
  const more = last !== undefined && start + page.length < jobs.length;
  return {
    AssetBundleExportJobSummaryList: page.map((job) => summary(job, now)),
    NextToken: more ? writeToken(number(last), scope.place.account, scope.place.region) : null,
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

/** The page begins with the jobs that are older than the last one shown, whatever has started or gone since. */
function position(jobs: Job[], number: (job: Job) => number, after: number): number {
  const index = jobs.findIndex((job) => number(job) < after);
  return index < 0 ? jobs.length : index;
}

const TOKEN = /^jobs:(?<account>\d{12}):(?<region>[a-z0-9-]+):(?<number>\d{1,15})$/;

function writeToken(number: number, account: string, region: string): string {
  return Buffer.from(`jobs:${account}:${region}:${number}`).toString('base64url');
}

function readToken(token: string, account: string, region: string): number {
  const parts = TOKEN.exec(Buffer.from(token, 'base64url').toString('latin1'))?.groups;
  if (parts?.['account'] !== account || parts['region'] !== region) {
    throw new ServiceError('InvalidNextTokenException', "The NextToken value isn't valid.");
  }
  return Number(parts['number']);
}
