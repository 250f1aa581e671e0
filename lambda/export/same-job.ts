import canonicalize from 'canonicalize';
import type { ExportRequest, OverrideConfiguration } from '../../lib/contract/export-resource';
import type { ExportJob } from '../aws/quicksight-client';

type Member = keyof ExportRequest;

/**
 * Request members that the job reports with a different value. Members that Describe omits count as equal: the job id is a
 * hash of the request, so nobody else uses it.
 */
export function mismatches(request: ExportRequest, job: ExportJob): Member[] {
  return (Object.keys(COMPARATORS) as Member[]).filter(
    (member) => isReported(job[member]) && !COMPARATORS[member](request, job),
  );
}

const isReported = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

type Comparison = (request: ExportRequest, job: ExportJob) => boolean;

const sameFlag =
  (member: 'IncludeAllDependencies' | 'IncludePermissions' | 'IncludeTags' | 'IncludeFolderMemberships'): Comparison =>
  (request, job) =>
    job[member] === request[member];

const COMPARATORS: Record<Member, Comparison> = {
  ResourceArns: sameAssets,
  ExportFormat: (request, job) => job.ExportFormat === request.ExportFormat,
  IncludeAllDependencies: sameFlag('IncludeAllDependencies'),
  IncludePermissions: sameFlag('IncludePermissions'),
  IncludeTags: sameFlag('IncludeTags'),
  IncludeFolderMemberships: sameFlag('IncludeFolderMemberships'),
  IncludeFolderMembers: (request, job) => job.IncludeFolderMembers === request.IncludeFolderMembers,
  ValidationStrategy: (request, job) =>
    Boolean(job.ValidationStrategy?.StrictModeForAllResources) ===
    Boolean(request.ValidationStrategy?.StrictModeForAllResources),
  CloudFormationOverridePropertyConfiguration: (request, job) =>
    normalOverrides(job.CloudFormationOverridePropertyConfiguration as OverrideConfiguration) ===
    normalOverrides(request.CloudFormationOverridePropertyConfiguration),
};

/** QuickSight may list dependencies and folder members beside the assets of the request. */
function sameAssets(request: ExportRequest, job: ExportJob): boolean {
  const exported = new Set(job.ResourceArns ?? []);
  const mayBeMore =
    request.IncludeAllDependencies || request.IncludeFolderMemberships || request.IncludeFolderMembers !== 'NONE';
  return (
    request.ResourceArns.every((arn) => exported.has(arn)) &&
    (mayBeMore || exported.size === request.ResourceArns.length)
  );
}

/** One text for equal overrides: the order of a list has no meaning, and an empty list equals an absent one. */
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
