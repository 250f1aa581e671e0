import { inventoryOf } from '../inventory';
import type { OpenBundle } from '../inventory-types';
import type { Finding } from './finding';
import type { LintOptions } from './lint-options';
import { LINT_RULES } from './lint-rules';
import { runRules } from './run-rules';

/**
 * Returns the findings of the lint rules in a bundle, errors first. docs/reference/lint-rules.md describes the rules.
 *
 * @throws InvalidLintOptionsError when an option names an unknown rule or level.
 * @throws InvalidBundleError or BundleLimitError when the bundle cannot be read.
 */
export async function lintBundle(bundle: OpenBundle, options: LintOptions = {}): Promise<Finding[]> {
  return runRules(LINT_RULES, await inventoryOf(bundle), bundle.parts(), options);
}
