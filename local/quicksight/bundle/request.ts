export interface PropertyOverride {
  readonly Arn: string;
  readonly Properties: readonly string[];
}

export type OverrideConfiguration = Readonly<
  Record<string, readonly PropertyOverride[] | { readonly PrefixForAllResources?: boolean }>
>;

/** Valid input of StartAssetBundleExportJob. */
export interface ExportRequest {
  readonly AwsAccountId: string;
  readonly AssetBundleExportJobId: string;
  readonly ResourceArns: readonly string[];
  readonly ExportFormat: 'CLOUDFORMATION_JSON' | 'QUICKSIGHT_JSON';
  readonly IncludeAllDependencies?: boolean;
  readonly IncludePermissions?: boolean;
  readonly IncludeTags?: boolean;
  readonly IncludeFolderMemberships?: boolean;
  readonly IncludeFolderMembers?: 'RECURSE' | 'ONE_LEVEL' | 'NONE';
  readonly ValidationStrategy?: { readonly StrictModeForAllResources?: boolean };
  readonly CloudFormationOverridePropertyConfiguration?: OverrideConfiguration;
}

export interface JobError {
  readonly Arn: string;
  readonly Type: string;
  readonly Message: string;
}

export interface JobWarning {
  readonly Arn: string;
  readonly Message: string;
}
