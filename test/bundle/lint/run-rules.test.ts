import type { JsonValue } from '../../../bundle/json-value';
import { InvalidLintOptionsError } from '../../../bundle/lint/lint-options';
import { LINT_RULES } from '../../../bundle/lint/lint-rules';
import { arnOf, findingsOf, type LintInput, lintInput, qsFile, reference, template } from '../../support/lint-input';

const legacyDataSets = (...ids: string[]): LintInput =>
  qsFile(
    ids.map((id) => ({ type: 'dataset', id, content: { logicalTableMap: {} }, facts: { dataSetShape: 'legacy' } })),
  );

const BAD_SOURCE = { type: 'datasource', id: 'tickets', content: { type: 'JIRA' } };

test('a finding has the rule, the level, the asset, the path, a message and a remedy', async () => {
  expect(await lintInput(qsFile([BAD_SOURCE]))).toEqual([
    {
      ruleId: 'unsupported-data-source',
      severity: 'error',
      asset: 'datasource/tickets',
      path: '/type',
      message: 'Asset bundles do not support data sources of the type JIRA.',
      remedy: expect.stringContaining('supported source'),
    },
  ]);
});

test('the path of a finding in a template starts at the template', async () => {
  const resource = { Type: 'AWS::QuickSight::DataSource', Properties: { Type: 'JIRA' } };
  const input = template([{ ...BAD_SOURCE, content: resource }]);
  expect(await lintInput(input)).toMatchObject([{ path: '/Resources/tickets/Properties/Type' }]);
  const slash = template([{ ...BAD_SOURCE, id: 'a/b', content: resource }]);
  expect(await lintInput(slash)).toMatchObject([{ path: '/Resources/a~1b/Properties/Type' }]);
});

test('errors are first, then the assets have the order of their names', async () => {
  const { inventory, parts } = legacyDataSets('b', 'a');
  const { inventory: more, parts: moreParts } = qsFile([BAD_SOURCE]);
  const input = {
    inventory: { ...inventory, assets: [...inventory.assets, ...more.assets] },
    parts: [...parts, ...moreParts],
  };
  expect((await lintInput(input)).map(({ severity, asset }) => [severity, asset])).toEqual([
    ['error', 'datasource/tickets'],
    ['info', 'dataset/a'],
    ['info', 'dataset/b'],
  ]);
});

test('the order of the parts does not change the findings', async () => {
  const { inventory, parts } = legacyDataSets('a', 'b', 'c');
  expect(await lintInput({ inventory, parts: [...parts].reverse() })).toEqual(await lintInput({ inventory, parts }));
});

test('an option changes the level of a rule', async () => {
  const [finding] = await lintInput(legacyDataSets('a'), { rules: { 'legacy-data-set': 'error' } });
  expect(finding).toMatchObject({ ruleId: 'legacy-data-set', severity: 'error' });
});

test('an option switches a rule off', async () => {
  expect(await lintInput(legacyDataSets('a'), { rules: { 'legacy-data-set': 'off' } })).toEqual([]);
});

test('an unknown rule or level is refused with the accepted values', async () => {
  const input = legacyDataSets('a');
  await expect(lintInput(input, { rules: { 'no-such-rule': 'off' } })).rejects.toThrow(InvalidLintOptionsError);
  await expect(lintInput(input, { rules: { 'no-such-rule': 'off' } })).rejects.toThrow(
    /^"no-such-rule" is not a lint rule\. Use one of: .*legacy-data-set/,
  );
  await expect(lintInput(input, { rules: { 'legacy-data-set': 'fatal' as 'error' } })).rejects.toThrow(
    '"fatal" is not a level of the lint rule legacy-data-set. Use one of: error, warning, info, off.',
  );
});

test('a message has neither control characters nor unlimited length', async () => {
  const type = (text: string): LintInput => qsFile([{ type: 'dashboard', id: 'a', content: { linkEntities: [text] } }]);
  const [escape] = await lintInput(type('\u001b[31m\u0000\n'));
  expect(escape?.message).toMatch(/links to \ufffd\[31m\ufffd\ufffd\./);
  const [long] = await lintInput(type('x'.repeat(100_000)));
  expect(long?.message).toHaveLength(1000);
  expect(long?.message).toMatch(/x…$/);
});

test('a part without readable JSON is skipped', async () => {
  const { inventory, parts } = legacyDataSets('a');
  const unread = parts.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
  expect(await lintInput({ inventory, parts: unread })).toEqual([]);
});

test('assets of any JSON are read without an error', async () => {
  const values: JsonValue[] = [
    null,
    true,
    1,
    'text',
    [],
    [null],
    { definition: null },
    { permissions: 'x', physicalTableMap: [1] },
  ];
  const types = [
    'analysis',
    'dashboard',
    'dataset',
    'datasource',
    'folder',
    'refreshSchedule',
    'vpcConnection',
    'other',
  ];
  for (const type of types) {
    for (const value of values) {
      const { inventory, parts } = qsFile([{ type, id: 'a', content: {} }]);
      const input = { inventory, parts: parts.map((part) => ({ ...part, content: value })) };
      expect(Array.isArray(await lintInput(input))).toBe(true);
    }
  }
});

test('the most frequent account of the references is the account of the bundle', async () => {
  const other = { ...reference('dataset', 'c', 'outside'), arn: arnOf('dataset/c', { account: '111111111111' }) };
  const references = [reference('dataset', 'a', 'outside'), reference('dataset', 'b', 'outside'), other];
  const content = { definition: { arns: references.map(({ arn }) => arn) } };
  const input = qsFile([{ type: 'analysis', id: 'x', content, references }]);
  expect(await findingsOf('foreign-account', input)).toMatchObject([{ path: '/definition/arns/2' }]);
});

test('each rule has an id in kebab case, used once, and a remedy', () => {
  const ids = LINT_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)+$/.test(id))).toEqual([]);
  expect(LINT_RULES.filter(({ remedy }) => !/^[A-Z].*\.$/.test(remedy))).toEqual([]);
});
