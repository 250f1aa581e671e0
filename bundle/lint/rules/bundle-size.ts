import type { LintRule } from '../lint-rule';

/** AssetBundleImportBodyBlob in the service model: 20 MiB. */
const MAX_BODY_BYTES = 20_971_520;

/** AssetBundleImportSource: "can't exceed 1 GB". The smaller reading of GB is the safe one. */
const MAX_S3_OBJECT_BYTES = 1_000_000_000;

export const BUNDLE_SIZE_BODY: LintRule = bundleSize({
  id: 'bundle-size-body',
  severity: 'warning',
  maxBytes: MAX_BODY_BYTES,
  effect: 'An import accepts it from Amazon S3 only (S3Uri), and not in the request (Body).',
  remedy: 'Import the bundle from a bucket in the account of QuickSight.',
});

export const BUNDLE_SIZE: LintRule = bundleSize({
  id: 'bundle-size',
  severity: 'error',
  maxBytes: MAX_S3_OBJECT_BYTES,
  effect: 'An import rejects it.',
  remedy: 'Split the export into several bundles.',
});

interface SizeLimit extends Pick<LintRule, 'id' | 'severity' | 'remedy'> {
  readonly maxBytes: number;
  readonly effect: string;
}

function bundleSize({ maxBytes, effect, ...rule }: SizeLimit): LintRule {
  return {
    ...rule,
    format: 'QUICKSIGHT_JSON',
    *checkBundle({ inventory: { sizeBytes, sha256 } }) {
      // A folder has no hash. Its files are packed before an import, so the sum of their sizes has no limit.
      if (sha256 === undefined || sizeBytes <= maxBytes) return;
      yield { message: `The bundle has ${sizeBytes} bytes, more than ${maxBytes}. ${effect}` };
    },
  };
}
