import type { BundleKind } from '../../bundle/read-bundle';
import { ARTIFACT_NAME_PREFIX } from '../../lib/contract/custom-resource';

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
