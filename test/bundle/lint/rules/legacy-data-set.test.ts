import { findingsOf, type LintInput, qsFile } from '../../../support/lint-input';

const dataSet = (dataSetShape: 'legacy' | 'new'): LintInput =>
  qsFile([{ type: 'dataset', id: 'orders', content: { logicalTableMap: {} }, facts: { dataSetShape } }]);

test('reports a data set of the legacy shape', async () => {
  expect(await findingsOf('legacy-data-set', dataSet('legacy'))).toMatchObject([
    { severity: 'info', asset: 'dataset/orders', path: '/logicalTableMap' },
  ]);
});

test('accepts a data set of the new shape', async () => {
  expect(await findingsOf('legacy-data-set', dataSet('new'))).toEqual([]);
});
