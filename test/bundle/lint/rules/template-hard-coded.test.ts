import type { JsonObject, JsonValue } from '../../../../bundle/json-value';
import { ACCOUNT, arnOf, findingsOf, type LintInput, qsFile, template } from '../../../support/lint-input';

const source = (properties: JsonObject): LintInput =>
  template([
    { type: 'datasource', id: 'Lake', content: { Type: 'AWS::QuickSight::DataSource', Properties: properties } },
  ]);

describe('template-hard-coded-host', () => {
  const host = (value: JsonValue): JsonObject => ({ DataSourceParameters: { PostgreSqlParameters: { Host: value } } });

  test('reports the host of the source', async () => {
    expect(await findingsOf('template-hard-coded-host', source(host('db.dev.example.com')))).toMatchObject([
      {
        severity: 'warning',
        asset: 'datasource/Lake',
        path: '/Resources/Lake/Properties/DataSourceParameters/PostgreSqlParameters/Host',
        message: 'The template has the host db.dev.example.com of the source.',
      },
    ]);
  });

  test('does not show the password in an address', async () => {
    const properties = {
      DataSourceParameters: { JiraParameters: { SiteBaseUrl: 'https://ana:pa55@jira.example.com' } },
    };
    const [finding] = await findingsOf('template-hard-coded-host', source(properties));
    expect(finding?.message).toContain('https://…@jira.example.com');
  });

  test('accepts a host that is a parameter', async () => {
    expect(await findingsOf('template-hard-coded-host', source(host({ Ref: 'LakeHost' })))).toEqual([]);
  });

  test('accepts a host of a `.qs` file, because an override reaches it', async () => {
    const content = { dataSourceParameters: { postgreSqlParameters: { host: 'db' } } };
    expect(await findingsOf('template-hard-coded-host', qsFile([{ type: 'datasource', id: 'a', content }]))).toEqual(
      [],
    );
  });
});

describe('template-hard-coded-account', () => {
  test.each<[string, JsonValue]>([
    ['an ARN', `arn:aws:secretsmanager:us-east-2:${ACCOUNT}:secret:lake`],
    ['the id alone', ACCOUNT],
    ['Fn::Sub', { 'Fn::Sub': `arn:\${AWS::Partition}:quicksight:\${AWS::Region}:${ACCOUNT}:dataset/a` }],
    ['Fn::Join', { 'Fn::Join': [':', ['arn:aws:quicksight:us-east-2', ACCOUNT, 'dataset/a']] }],
  ])('reports the account id in %s', async (_, value) => {
    expect(await findingsOf('template-hard-coded-account', source({ A: value }))).toMatchObject([
      {
        severity: 'warning',
        path: expect.stringMatching(/^\/Resources\/Lake\/Properties\/A/),
        message: expect.stringContaining(ACCOUNT),
      },
    ]);
  });

  test.each<[string, JsonValue]>([
    ['a pseudo parameter', { 'Fn::Sub': 'arn:aws:quicksight:us-east-2:${AWS::AccountId}:dataset/a' }],
    ['12 digits of a UUID', '8e5eb8e2-7430-4e3a-a4f7-123456789012'],
    ['a time', 'us_simpli-country-77f044.0.1763228950747'],
  ])('accepts %s', async (_, value) => {
    expect(await findingsOf('template-hard-coded-account', source({ A: value }))).toEqual([]);
  });

  test('leaves principals to their own rule', async () => {
    const input = source({ Permissions: [{ Principal: arnOf('user/default/ana'), Actions: [] }] });
    expect(await findingsOf('template-hard-coded-account', input)).toEqual([]);
  });
});

describe('template-hard-coded-principal', () => {
  const principal = (value: JsonValue): LintInput => source({ Permissions: [{ Principal: value, Actions: [] }] });

  test.each<[string, JsonValue]>([
    ['an ARN', arnOf('group/default/sales')],
    ['Fn::Sub', { 'Fn::Sub': 'arn:aws:quicksight:${IdentityRegion}:${AWS::AccountId}:user/default/ana' }],
    ['a namespace', arnOf('namespace/default')],
  ])('reports %s', async (_, value) => {
    expect(await findingsOf('template-hard-coded-principal', principal(value))).toMatchObject([
      { severity: 'warning', asset: 'datasource/Lake', message: expect.stringContaining('of the source.') },
    ]);
  });

  test('accepts a parameter', async () => {
    expect(await findingsOf('template-hard-coded-principal', principal({ Ref: 'Viewer' }))).toEqual([]);
  });
});
