import { ExportProperties, OverrideConfiguration } from '../lib/contract/properties';
import canonicalize from 'canonicalize';
import { ExportJob } from './quicksight';

/** A request lasts an hour at most, so a job that is older than that and some skew of clocks was another request's. */
const OLDEST_MILLISECONDS = 65 * 60 * 1000;

/** Whether the job was begun in the time of the request; one of an earlier time only has the same id. */
export function isOfThisTime(job: ExportJob, requestedTime: number): boolean {
  return job.CreatedTime === undefined || job.CreatedTime.getTime() > requestedTime - OLDEST_MILLISECONDS;
}

/** Whether the job exports the same assets in the same way. Describe says `false`, `NONE`, null or nothing for what was not asked. */
export function isSameExport(job: ExportJob, asked: ExportProperties): boolean {
  const exported = new Set(job.ResourceArns ?? []);
  // With dependencies, a service that lists what it exported may list more than it was asked for.
  const assets = asked.ResourceArns.every((arn) => exported.has(arn))
    && (asked.IncludeAllDependencies || exported.size === asked.ResourceArns.length);
  return assets
    && job.ExportFormat === asked.ExportFormat
    && Boolean(job.IncludeAllDependencies) === asked.IncludeAllDependencies
    && Boolean(job.IncludePermissions) === asked.IncludePermissions
    && Boolean(job.IncludeTags) === asked.IncludeTags
    && Boolean(job.IncludeFolderMemberships) === asked.IncludeFolderMemberships
    && (job.IncludeFolderMembers ?? 'NONE') === asked.IncludeFolderMembers
    && Boolean(job.ValidationStrategy?.StrictModeForAllResources) === Boolean(asked.ValidationStrategy?.StrictModeForAllResources)
    && overrides(job.CloudFormationOverridePropertyConfiguration as OverrideConfiguration) === overrides(asked.CloudFormationOverridePropertyConfiguration);
}

/** One text for all ways of writing the same overrides: the order of a list says nothing, and an empty one is no list. */
function overrides(configuration: OverrideConfiguration | null | undefined): string {
  const { ResourceIdOverrideConfiguration, ...lists } = configuration ?? {};
  const normal = Object.entries(lists)
    .filter(([, list]) => list?.length)
    .map(([name, list]) => [name, (list ?? []).map(({ Arn, Properties }) => canonicalize([Arn, [...Properties].sort()])).sort()]);
  return canonicalize([Boolean(ResourceIdOverrideConfiguration?.PrefixForAllResources), Object.fromEntries(normal)]) ?? '';
}
