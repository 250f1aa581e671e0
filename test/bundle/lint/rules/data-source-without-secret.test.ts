import type { JsonObject } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { findingsOf, qsFile } from '../../../support/lint-input';

const check = (content: JsonObject & { readonly type: string }, hasSecret = false): Promise<Finding[]> =>
  findingsOf(
    'data-source-without-secret',
    qsFile([{ type: 'datasource', id: 'lake', content, facts: { hasSecret, dataSourceKind: content.type } }]),
  );

test.each(['POSTGRESQL', 'MYSQL', 'SNOWFLAKE', 'REDSHIFT', 'SQLSERVER', 'A_KIND_OF_NEXT_YEAR'])(
  'reports a %s data source without a secret',
  async (type) => {
    expect(await check({ type })).toMatchObject([
      { severity: 'warning', asset: 'datasource/lake', message: expect.stringContaining(`The ${type} data source`) },
    ]);
  },
);

test('accepts a data source with a secret', async () => {
  expect(await check({ type: 'POSTGRESQL' }, true)).toEqual([]);
});

test.each(['ATHENA', 'S3', 'TIMESTREAM', 'AMAZON_OPENSEARCH'])(
  'accepts a %s data source, because it uses a role',
  async (type) => expect(await check({ type })).toEqual([]),
);

test.each(['iamParameters', 'identityCenterConfiguration'])('accepts Redshift with %s', async (name) => {
  expect(await check({ type: 'REDSHIFT', dataSourceParameters: { redshiftParameters: { [name]: {} } } })).toEqual([]);
});

test('accepts a web crawler without authentication', async () => {
  const crawler = (webCrawlerAuthType: string): Promise<Finding[]> =>
    check({ type: 'WEB_CRAWLER', dataSourceParameters: { webCrawlerParameters: { webCrawlerAuthType } } });
  expect(await crawler('NO_AUTH')).toEqual([]);
  expect(await crawler('BASIC_AUTH')).toHaveLength(1);
});

test('accepts a template whose user name and password are parameters', async () => {
  const credentialPair = { username: { Ref: 'User' }, password: { Ref: 'Password' } };
  expect(await check({ type: 'POSTGRESQL', credentials: { credentialPair } })).toEqual([]);
  expect(await check({ type: 'POSTGRESQL', credentials: {} })).toHaveLength(1);
});

test('leaves an unsupported kind to the rule unsupported-data-source', async () => {
  expect(await check({ type: 'SALESFORCE' })).toEqual([]);
});
