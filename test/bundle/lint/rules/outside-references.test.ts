import type { JsonObject } from '../../../../bundle/json-value';
import { type AssetInput, arnOf, findingsOf, qsFile, reference } from '../../../support/lint-input';

describe('outside-reference', () => {
  const analysis = (where: 'bundle' | 'managed' | 'outside'): AssetInput => ({
    type: 'analysis',
    id: 'sales',
    content: { definition: { dataSetIdentifierDeclarations: [{ dataSetArn: arnOf('dataset/orders') }] } },
    references: [reference('dataset', 'orders', where)],
  });

  test('reports a data set that is not in the bundle', async () => {
    expect(await findingsOf('outside-reference', qsFile([analysis('outside')]))).toMatchObject([
      {
        severity: 'warning',
        asset: 'analysis/sales',
        path: '/definition/dataSetIdentifierDeclarations/0/dataSetArn',
        message: expect.stringContaining('dataset orders'),
      },
    ]);
  });

  test.each(['bundle', 'managed'] as const)('accepts a reference to an asset that is %s', async (where) => {
    expect(await findingsOf('outside-reference', qsFile([analysis(where)]))).toEqual([]);
  });

  test('leaves link entities and row-level security to their own rules', async () => {
    const link: AssetInput = {
      type: 'dashboard',
      id: 'sales',
      content: { linkEntities: [arnOf('analysis/a')] },
      references: [reference('analysis', 'a', 'outside')],
    };
    const rules: AssetInput = {
      type: 'dataset',
      id: 'orders',
      content: { rowLevelPermissionDataSet: { arn: arnOf('dataset/rules') } },
      references: [reference('dataset', 'rules', 'outside')],
    };
    expect(await findingsOf('outside-reference', qsFile([link, rules]))).toEqual([]);
  });

  test('reports a reference that the content shows as an expression, without a path', async () => {
    const references = [reference('dataset', 'orders', 'outside')];
    const [finding] = await findingsOf(
      'outside-reference',
      qsFile([{ type: 'analysis', id: 'sales', content: {}, references }]),
    );
    expect(finding).toMatchObject({ asset: 'analysis/sales' });
    expect(finding).not.toHaveProperty('path');
  });
});

describe('row-level-security-outside', () => {
  const arn = arnOf('dataset/rules');
  const legacy = { rowLevelPermissionDataSet: { arn } };
  const current = { semanticModelConfiguration: { tableMap: { t: { rowLevelPermissionConfiguration: legacy } } } };

  test.each<[string, JsonObject, string]>([
    ['legacy', legacy, '/rowLevelPermissionDataSet/arn'],
    [
      'new',
      current,
      '/semanticModelConfiguration/tableMap/t/rowLevelPermissionConfiguration/rowLevelPermissionDataSet/arn',
    ],
  ])('reports missing rules of a data set of the %s shape', async (_, content, path) => {
    const input = qsFile([{ type: 'dataset', id: 'orders', content }]);
    expect(await findingsOf('row-level-security-outside', input)).toMatchObject([
      { severity: 'warning', asset: 'dataset/orders', path, message: expect.stringContaining(arn) },
    ]);
  });

  test('ignores a text that is not the ARN of a data set', async () => {
    const content = (text: string): JsonObject => ({ rowLevelPermissionDataSet: { arn: text } });
    const input = qsFile([
      { type: 'dataset', id: 'a', content: content('rules') },
      { type: 'dataset', id: 'b', content: content(arnOf('theme/rules')) },
    ]);
    expect(await findingsOf('row-level-security-outside', input)).toEqual([]);
  });

  test('accepts rules that are in the bundle, and a data set without rules', async () => {
    const input = qsFile([
      { type: 'dataset', id: 'orders', content: legacy },
      { type: 'dataset', id: 'rules', content: {} },
    ]);
    expect(await findingsOf('row-level-security-outside', input)).toEqual([]);
  });
});
