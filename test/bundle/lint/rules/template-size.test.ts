import { findingsOf, type LintInput, qsFile, template } from '../../../support/lint-input';

const sized = (sizeBytes: number): LintInput => template([], {}, { sizeBytes });

// CloudFormation quotas, and cloudformation-coverage-roadmap #1023 for CodePipeline.
test.each([
  ['template-size-body', 'info', 51_200],
  ['template-size-codepipeline', 'warning', 512_000],
  ['template-size', 'error', 1_000_000],
])('%s reports a template over its limit', async (ruleId, severity, limit) => {
  expect(await findingsOf(ruleId, sized(limit + 1))).toMatchObject([
    { severity, message: expect.stringContaining(`${limit + 1} bytes, more than ${limit}.`) },
  ]);
  expect(await findingsOf(ruleId, sized(limit))).toEqual([]);
  expect(await findingsOf(ruleId, qsFile([], { sizeBytes: limit + 1 }))).toEqual([]);
});

test('template-resource-count reports more than 500 resources', async () => {
  const themes = (count: number): LintInput =>
    template(Array.from({ length: count }, (_, index) => ({ type: 'theme', id: `t${index}`, content: {} })));
  expect(await findingsOf('template-resource-count', themes(501))).toMatchObject([{ severity: 'error' }]);
  expect(await findingsOf('template-resource-count', themes(500))).toEqual([]);
  const { inventory, parts } = themes(500);
  const withOther = { inventory: { ...inventory, unknown: ['Resources/Other'] }, parts };
  expect(await findingsOf('template-resource-count', withOther)).toHaveLength(1);
});
