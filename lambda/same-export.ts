import canonicalize from 'canonicalize';
import { ExportProperties, ExportRequest, OverrideConfiguration } from '../lib/contract/properties';
import { ExportJob } from './quicksight';
import { ExportResourceRequest } from './request';

/** A request lasts an hour at most, so a job that is older than that and some skew of clocks was another request's. */
const OLDEST_MILLISECONDS = 65 * 60 * 1000;

/**
 * Whether a job of the request's id is the one that this request means: QuickSight lets an id be used again when its job has
 * ended. What Describe does not tell counts as not asked for, unless the job was begun since this delivery came: then nobody
 * else can have begun it, and only what contradicts the request counts.
 */
export function isJobOf({ requestedTime, properties }: ExportResourceRequest, job: ExportJob): boolean {
  const created = job.CreatedTime?.getTime();
  if (created !== undefined && created <= requestedTime - OLDEST_MILLISECONDS) return false;
  // Some services tell times in whole seconds.
  const ofThisDelivery = created === undefined || created >= Math.floor(requestedTime / 1000) * 1000;
  return differences(properties, job, { untold: !ofThisDelivery }).length === 0;
}

type Member = keyof ExportRequest;

/** The members of the request that the job has otherwise; `untold` says whether those count that Describe leaves out. */
export function differences(asked: ExportProperties, job: ExportJob, { untold }: { untold: boolean }): Member[] {
  return (Object.keys(SAME) as Member[]).filter((member) => (untold || isTold(job[member])) && !SAME[member](asked, job));
}

const isTold = (value: unknown): boolean => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

type Comparison = (asked: ExportProperties, job: ExportJob) => boolean;

/** Describe says `false`, `NONE`, null or nothing for what was not asked. */
const sameFlag = (member: 'IncludeAllDependencies' | 'IncludePermissions' | 'IncludeTags' | 'IncludeFolderMemberships'): Comparison =>
  (asked, job) => Boolean(job[member]) === asked[member];

const SAME: Record<Member, Comparison> = {
  ResourceArns: sameAssets,
  ExportFormat: (asked, job) => job.ExportFormat === asked.ExportFormat,
  IncludeAllDependencies: sameFlag('IncludeAllDependencies'),
  IncludePermissions: sameFlag('IncludePermissions'),
  IncludeTags: sameFlag('IncludeTags'),
  IncludeFolderMemberships: sameFlag('IncludeFolderMemberships'),
  IncludeFolderMembers: (asked, job) => (job.IncludeFolderMembers ?? 'NONE') === asked.IncludeFolderMembers,
  ValidationStrategy: (asked, job) => Boolean(job.ValidationStrategy?.StrictModeForAllResources) === Boolean(asked.ValidationStrategy?.StrictModeForAllResources),
  CloudFormationOverridePropertyConfiguration: (asked, job) =>
    normalOverrides(job.CloudFormationOverridePropertyConfiguration as OverrideConfiguration) === normalOverrides(asked.CloudFormationOverridePropertyConfiguration),
};

/** A service that lists what it exported may list more than it was asked for. */
function sameAssets(asked: ExportProperties, job: ExportJob): boolean {
  const exported = new Set(job.ResourceArns ?? []);
  const mayBeMore = asked.IncludeAllDependencies || asked.IncludeFolderMemberships || asked.IncludeFolderMembers !== 'NONE';
  return asked.ResourceArns.every((arn) => exported.has(arn)) && (mayBeMore || exported.size === asked.ResourceArns.length);
}

/** One text for all ways of writing the same overrides: the order of a list says nothing, and an empty one is no list. */
function normalOverrides(configuration: OverrideConfiguration | null | undefined): string {
  const { ResourceIdOverrideConfiguration, ...lists } = configuration ?? {};
  const normal = Object.entries(lists)
    .filter(([, list]) => list?.length)
    .map(([name, list]) => [name, (list ?? []).map(({ Arn, Properties }) => canonicalize([Arn, [...Properties].sort()])).sort()]);
  return canonicalize([Boolean(ResourceIdOverrideConfiguration?.PrefixForAllResources), Object.fromEntries(normal)]) ?? '';
}
