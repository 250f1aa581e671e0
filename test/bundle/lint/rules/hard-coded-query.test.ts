import type { JsonObject } from '../../../../bundle/json-value';
import { findingsOf, type LintInput, qsFile } from '../../../support/lint-input';

const dataSet = (table: JsonObject): LintInput =>
  qsFile([{ type: 'dataset', id: 'orders', content: { physicalTableMap: { t: table } } }]);

const TABLE = dataSet({ relationalTable: { catalog: 'AwsDataCatalog', schema: 'covid19_db', name: 'us_simplified' } });
const SQL = dataSet({ customSql: { name: 'recent', sqlQuery: "select * from dev.orders where token = 'secret'" } });

test('hard-coded-schema reports the schema of a table', async () => {
  expect(await findingsOf('hard-coded-schema', TABLE)).toMatchObject([
    {
      severity: 'info',
      path: '/physicalTableMap/t/relationalTable/schema',
      message: 'The table us_simplified is read from the schema covid19_db in every environment.',
    },
  ]);
});

test('hard-coded-schema accepts a table without one', async () => {
  expect(await findingsOf('hard-coded-schema', dataSet({ relationalTable: { name: 'orders' } }))).toEqual([]);
  expect(await findingsOf('hard-coded-schema', dataSet({ relationalTable: { schema: '' } }))).toEqual([]);
});

test('hard-coded-catalog reports the catalog of a table', async () => {
  expect(await findingsOf('hard-coded-catalog', TABLE)).toMatchObject([
    {
      severity: 'info',
      path: '/physicalTableMap/t/relationalTable/catalog',
      message: expect.stringContaining('the catalog AwsDataCatalog'),
    },
  ]);
});

test('hard-coded-catalog accepts a table without one', async () => {
  expect(await findingsOf('hard-coded-catalog', dataSet({ relationalTable: { name: 'orders' } }))).toEqual([]);
});

test('custom-sql reports a query without its text, which can have a secret', async () => {
  const findings = await findingsOf('custom-sql', SQL);
  expect(findings).toMatchObject([
    {
      severity: 'info',
      path: '/physicalTableMap/t/customSql/sqlQuery',
      message: expect.stringContaining('custom SQL recent'),
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain('token');
});

test('custom-sql accepts a relational table', async () => {
  expect(await findingsOf('custom-sql', TABLE)).toEqual([]);
});
