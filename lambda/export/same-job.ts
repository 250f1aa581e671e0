import canonicalize from 'canonicalize';
import type { ExportProperties, ExportRequest, OverrideConfiguration } from '../../lib/contract/export-resource';
import type { ExportJob } from '../aws/quicksight-client';

/** A request lasts an hour at most, so a job that is older than that and some skew of clocks was another request's. */
const OLDEST_MILLISECONDS = 65 * 60 * 1000;

/** Whether the job was begun in the time of the request; one of an earlier time only has the same id, which may be used again. */
export function isRecent({ CreatedTime }: ExportJob, requestedTime: number): boolean {
  return !CreatedTime || CreatedTime.getTime() > requestedTime - OLDEST_MILLISECONDS;
}

type Member = keyof ExportRequest;

/**
 * The members of the request that the job has otherwise. What Describe does not tell is no difference: the id of a job is a
 * hash of the request, so nobody else begins jobs of that id.
 */
export function mismatches(asked: ExportProperties, job: ExportJob): Member[] {
  return (Object.keys(COMPARATORS) as Member[]).filter(
    (member) => isReported(job[member]) && !COMPARATORS[member](asked, job),
  );
}

const isReported = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

type Comparison = (asked: ExportProperties, job: ExportJob) => boolean;

const sameFlag =
  (member: 'IncludeAllDependencies' | 'IncludePermissions' | 'IncludeTags' | 'IncludeFolderMemberships'): Comparison =>
  (asked, job) =>
    job[member] === asked[member];

const COMPARATORS: Record<Member, Comparison> = {
  ResourceArns: sameAssets,
  ExportFormat: (asked, job) => job.ExportFormat === asked.ExportFormat,
  IncludeAllDependencies: sameFlag('IncludeAllDependencies'),
  IncludePermissions: sameFlag('IncludePermissions'),
  IncludeTags: sameFlag('IncludeTags'),
  IncludeFolderMemberships: sameFlag('IncludeFolderMemberships'),
  IncludeFolderMembers: (asked, job) => job.IncludeFolderMembers === asked.IncludeFolderMembers,
  ValidationStrategy: (asked, job) =>
    Boolean(job.ValidationStrategy?.StrictModeForAllResources) ===
    Boolean(asked.ValidationStrategy?.StrictModeForAllResources),
  CloudFormationOverridePropertyConfiguration: (asked, job) =>
    normalOverrides(job.CloudFormationOverridePropertyConfiguration as OverrideConfiguration) ===
    normalOverrides(asked.CloudFormationOverridePropertyConfiguration),
};

/** A service that lists what it exported may list more than it was asked for. */
function sameAssets(asked: ExportProperties, job: ExportJob): boolean {
  const exported = new Set(job.ResourceArns ?? []);
  const mayBeMore =
    asked.IncludeAllDependencies || asked.IncludeFolderMemberships || asked.IncludeFolderMembers !== 'NONE';
  return (
    asked.ResourceArns.every((arn) => exported.has(arn)) && (mayBeMore || exported.size === asked.ResourceArns.length)
  );
}

/** One text for all ways of writing the same overrides: the order of a list says nothing, and an empty one is no list. */
function normalOverrides(configuration: OverrideConfiguration | undefined): string {
  const { ResourceIdOverrideConfiguration, ...lists } = configuration ?? {};
  const normal = Object.entries(lists)
    .filter(([, list]) => list?.length)
    .map(([name, list]) => [
      name,
      (list ?? []).map(({ Arn, Properties }) => canonicalize([Arn, [...Properties].sort()])).sort(),
    ]);
  return (
    canonicalize([Boolean(ResourceIdOverrideConfiguration?.PrefixForAllResources), Object.fromEntries(normal)]) ?? ''
  );
}
