import type { BundleKind } from '../../bundle/bundle-kind';
import { ARTIFACT_NAME_PREFIX, MANIFEST_EXTENSION, WRITE_CHECK_EXTENSION } from '../../lib/contract/custom-resource';

const EXTENSIONS: Record<BundleKind, string> = { zip: 'qs', json: 'json' };

/** The file name that QuickSight uses: `assetbundle-{jobId}.qs`. */
export function artifactKey(prefix: string, jobId: string, kind: BundleKind): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}.${EXTENSIONS[kind]}`;
}

export function manifestKey(prefix: string, jobId: string): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}${MANIFEST_EXTENSION}`;
}

export function artifactKeys(prefix: string, jobId: string): string[] {
  return [artifactKey(prefix, jobId, 'zip'), artifactKey(prefix, jobId, 'json')];
}

/** An empty object that proves before the job that the bucket accepts objects. */
export function writeCheckKey(prefix: string, jobId: string): string {
  return `${prefix}${ARTIFACT_NAME_PREFIX}${jobId}${WRITE_CHECK_EXTENSION}`;
}
