import type { LintRule } from '../lint-rule';
import { principals } from '../permissions';

const SHOWN = 3;

export const SOURCE_PRINCIPALS: LintRule = {
  id: 'source-principals',
  severity: 'warning',
  // The rule template-hard-coded-principal reports them in a template.
  format: 'QUICKSIGHT_JSON',
  remedy: 'Export without permissions, or pass override permissions with principals of the target.',
  *checkAsset({ properties }) {
    const found = principals(properties);
    const [first] = found;
    if (first === undefined) return;
    const names = [...new Set(found.map(({ text }) => text))];
    const shown = names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');
    yield { path: first.pointer, message: `The permissions name principals of the source: ${shown}.` };
  },
};
