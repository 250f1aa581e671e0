/**
 * error: QuickSight or CloudFormation rejects the bundle. warning: the import needs an override, or something that must exist
 * in the target. info: a property that reviewers should see.
 */
export type Severity = 'error' | 'warning' | 'info';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A problem of a bundle. */
export interface Finding {
  /** The section of docs/reference/lint-rules.md. */
  readonly ruleId: string;
  readonly severity: Severity;
  /** `type/id`. Absent when the finding concerns the whole bundle, or a part that is not an asset. */
  readonly asset?: string;
  /** JSON pointer (RFC 6901) in the file of the asset, or in the template. */
  readonly path?: string;
  readonly message: string;
  readonly remedy: string;
}
