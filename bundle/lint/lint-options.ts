import type { Severity } from './finding';

/** Severity of the findings of a rule. `off` switches the rule off. */
export type RuleLevel = Severity | 'off';

export interface LintOptions {
  /** Levels by rule id. Default: the level in docs/reference/lint-rules.md. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** Time that schedules are compared with. Default: the current time. */
  readonly now?: Date;
  /** Account, 12 digits, that the ARNs of the bundle should have. Default: the most frequent one. */
  readonly account?: string;
  /** Region that the ARNs of the bundle should have. Default: the most frequent one. */
  readonly region?: string;
}

/** Options of the lint that name an unknown rule or level. */
export class InvalidLintOptionsError extends Error {}
