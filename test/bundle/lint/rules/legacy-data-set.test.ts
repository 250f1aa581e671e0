import { findingsOf, type LintInput, qsFile } from '../../../support/lint-input';

const dataSet = (dataSetShape: 'legacy' | 'new'): LintInput =>
  qsFile([{ type: 'dataset', id: 'orders', content: { logicalTableMap: {} }, facts: { dataSetShape } }]);

test('reports a data set of the legacy shape', async () => {
  expect(await findingsOf('legacy-data-set', dataSet('legacy'))).toMatchObject([
    { severity: 'info', asset: 'dataset/orders', path: '/logicalTableMap' },
  ]);
});

test('has no path for a data set without logical tables', async () => {
  const facts = { dataSetShape: 'legacy' } as const;
  const [finding] = await findingsOf('legacy-data-set', qsFile([{ type: 'dataset', id: 'a', content: {}, facts }]));
  expect(finding).not.toHaveProperty('path');
});

test('accepts a data set of the new shape', async () => {
  expect(await findingsOf('legacy-data-set', dataSet('new'))).toEqual([]);
});
