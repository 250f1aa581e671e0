/**
 * What the bundle is written as.
 *
 * Source: StartAssetBundleExportJob, `ExportFormat`.
 */
export enum ExportFormat {
  /** A zip of JSON definitions (`.qs`), which StartAssetBundleImportJob takes. */
  QUICKSIGHT_JSON = 'QUICKSIGHT_JSON',

  /** A CloudFormation template (`.json`) with one resource per asset. */
  CLOUDFORMATION_JSON = 'CLOUDFORMATION_JSON',
}

/**
 * Which members of the exported folders come along.
 *
 * Source: StartAssetBundleExportJob, `IncludeFolderMembers`.
 */
export enum IncludeFolderMembers {
  /** The assets in the folder and in all of its subfolders, and the subfolders. */
  RECURSE = 'RECURSE',

  /** The assets and subfolders that lie in the folder itself. */
  ONE_LEVEL = 'ONE_LEVEL',

  /** The folder alone. */
  NONE = 'NONE',
}

/**
 * How strictly QuickSight checks the assets while it exports them.
 *
 * Source: StartAssetBundleExportJob, `ValidationStrategy`.
 */
export interface ValidationStrategy {
  /**
   * Whether every validation error fails the job. If not, certain errors that QuickSight shows in its own pages become
   * warnings. An import follows the strategy that its bundle was exported with.
   *
   * @default false
   */
  readonly strictModeForAllResources?: boolean;
}
