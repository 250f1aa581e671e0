import type { LintRule } from '../lint-rule';

const SECTION = 'Parameters/';

export const TEMPLATE_PARAMETER_WITHOUT_DEFAULT: LintRule = {
  id: 'template-parameter-without-default',
  severity: 'warning',
  remedy: 'Pass a value for the parameter in every deployment, or add a default to the template.',
  format: 'CLOUDFORMATION_JSON',
  *checkPart({ path, root }) {
    if (!path.startsWith(SECTION) || root.get('Default').exists) return;
    yield { path: root.pointer, message: `The parameter ${path.slice(SECTION.length)} has no default.` };
  },
};
