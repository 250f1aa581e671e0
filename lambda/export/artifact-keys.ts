import { ARTIFACT_NAME_PREFIX } from '../../lib/contract/custom-resource';

/** Detected from the first bytes of the bundle: QUICKSIGHT_JSON is a zip file, CLOUDFORMATION_JSON a JSON template. */
export type BundleKind = 'zip' | 'json';

const EXTENSIONS: Record<BundleKind, string> = { zip: 'qs', json: 'json' };

/** The file name that QuickSight uses: `assetbundle-{jobId}.qs`. */
export function artifactKey(prefix: string, jobId: string, kind: BundleKind): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}.${EXTENSIONS[kind]}`;
}

export function manifestKey(prefix: string, jobId: string): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}.manifest.json`;
}

export function artifactKeys(prefix: string, jobId: string): string[] {
  return [artifactKey(prefix, jobId, 'zip'), artifactKey(prefix, jobId, 'json')];
}
