/**
 * Format of the bundle.
 *
 * Source: StartAssetBundleExportJob, `ExportFormat`.
 */
export enum ExportFormat {
  /** A zip file of JSON definitions (`.qs`), which StartAssetBundleImportJob accepts. */
  QUICKSIGHT_JSON = 'QUICKSIGHT_JSON',

  /** A CloudFormation template (`.json`) with one resource for each asset. */
  CLOUDFORMATION_JSON = 'CLOUDFORMATION_JSON',
}

/**
 * Members of the exported folders that the export includes.
 *
 * Source: StartAssetBundleExportJob, `IncludeFolderMembers`.
 */
export enum IncludeFolderMembers {
  /** The assets of the folder and of all its subfolders, and the subfolders. */
  RECURSE = 'RECURSE',

  /** The assets and the subfolders directly in the folder. */
  ONE_LEVEL = 'ONE_LEVEL',

  /** The folder alone. */
  NONE = 'NONE',
}

/**
 * Strictness of the validation of the exported assets.
 *
 * Source: StartAssetBundleExportJob, `ValidationStrategy`.
 */
export interface ValidationStrategy {
  /**
   * Fails the export job for every validation error. Otherwise, certain errors that the QuickSight console also shows are
   * warnings of the job. An import uses the strategy that its bundle was exported with.
   *
   * @default false
   */
  readonly strictModeForAllResources?: boolean;
}
