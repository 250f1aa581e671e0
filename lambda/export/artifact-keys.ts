import { ARTIFACT_NAME_PREFIX } from '../../lib/contract/custom-resource';

/** QUICKSIGHT_JSON gives a zip, CLOUDFORMATION_JSON a template; the bytes decide, not the name. */
export type BundleKind = 'zip' | 'json';

const EXTENSIONS: Record<BundleKind, string> = { zip: 'qs', json: 'json' };

/** The name that QuickSight gives the file: `assetbundle-{jobId}.qs`. */
export function artifactKey(prefix: string, jobId: string, kind: BundleKind): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}.${EXTENSIONS[kind]}`;
}

export function manifestKey(prefix: string, jobId: string): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}.manifest.json`;
}

export function artifactKeys(prefix: string, jobId: string): string[] {
  return [artifactKey(prefix, jobId, 'zip'), artifactKey(prefix, jobId, 'json')];
}
