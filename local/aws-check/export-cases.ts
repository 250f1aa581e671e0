import type { AwsEnvironment } from './aws-environment';

export type Format = 'QUICKSIGHT_JSON' | 'CLOUDFORMATION_JSON';

/** One export of the run: a format, with all flags off or on. */
export interface ExportCase {
  readonly format: Format;
  readonly flags: boolean;
}

/** The flags come second, so that an Update widens the policy of the role just before its job runs. */
export const EXPORT_CASES: readonly ExportCase[] = [
  { format: 'QUICKSIGHT_JSON', flags: false },
  { format: 'QUICKSIGHT_JSON', flags: true },
  { format: 'CLOUDFORMATION_JSON', flags: false },
  { format: 'CLOUDFORMATION_JSON', flags: true },
];

export const nameOf = ({ format, flags }: ExportCase): string => `${format}, flags ${flags ? 'on' : 'off'}`;

/** Context of the sample app (bin/sample/app.ts). */
export function sampleContext({ format, flags }: ExportCase, dashboard: string): Record<string, string> {
  return {
    assets: `dashboard/${dashboard}`,
    exportFormat: format,
    includePermissions: String(flags),
    includeTags: String(flags),
    includeFolderMemberships: String(flags),
    removalPolicy: 'DESTROY',
  };
}

/** The members of StartAssetBundleExportJob that the sample app sends for a case. The sample exports all dependencies. */
export function requestOf({ format, flags }: ExportCase, dashboardArn: string) {
  return {
    ResourceArns: [dashboardArn],
    ExportFormat: format,
    IncludeAllDependencies: true,
    IncludePermissions: flags,
    IncludeTags: flags,
    IncludeFolderMemberships: flags,
    IncludeFolderMembers: 'NONE',
    ValidationStrategy: undefined,
    CloudFormationOverridePropertyConfiguration: undefined,
  };
}

export type ExpectedRequest = ReturnType<typeof requestOf>;

export const dashboardArn = ({ partition, region, account }: AwsEnvironment, dashboard: string): string =>
  `arn:${partition}:quicksight:${region}:${account}:dashboard/${dashboard}`;
