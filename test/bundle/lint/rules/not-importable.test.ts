import type { JsonObject } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { type AssetInput, arnOf, findingsOf, qsFile, reference } from '../../../support/lint-input';

const source = (content: JsonObject & { readonly type: string }): AssetInput => ({
  type: 'datasource',
  id: 'source',
  content,
  facts: { dataSourceKind: content.type },
});

const dataSet = (content: JsonObject, references: AssetInput['references'] = []): AssetInput => ({
  type: 'dataset',
  id: 'orders',
  content,
  references,
});

const FROM_SOURCE = [reference('datasource', 'source', 'bundle')];

describe('unsupported-data-source', () => {
  // The list of the developer guide, "Asset bundle export operations".
  test.each(['ADOBE_ANALYTICS', 'FILE', 'GITHUB', 'JIRA', 'SALESFORCE', 'SERVICENOW', 'TWITTER'])(
    'reports %s',
    async (type) => {
      expect(await findingsOf('unsupported-data-source', qsFile([source({ type })]))).toMatchObject([
        { severity: 'error', asset: 'datasource/source', path: '/type', message: expect.stringContaining(type) },
      ]);
    },
  );

  test.each(['ATHENA', 'S3', 'POSTGRESQL'])('accepts %s', async (type) => {
    expect(await findingsOf('unsupported-data-source', qsFile([source({ type })]))).toEqual([]);
  });
});

describe('uploaded-manifest', () => {
  const check = (content: JsonObject & { readonly type: string }): Promise<Finding[]> =>
    findingsOf('uploaded-manifest', qsFile([source(content)]));

  test('reports an S3 source without the location of a manifest', async () => {
    expect(await check({ type: 'S3', dataSourceParameters: { s3Parameters: {} } })).toMatchObject([
      { severity: 'error', path: '/dataSourceParameters/s3Parameters' },
    ]);
    expect(await check({ type: 'S3' })).toMatchObject([{ asset: 'datasource/source' }]);
  });

  test('accepts an S3 source with the location of a manifest, and other sources', async () => {
    const manifestFileLocation = { bucket: 'data', key: 'manifest.json' };
    expect(await check({ type: 'S3', dataSourceParameters: { s3Parameters: { manifestFileLocation } } })).toEqual([]);
    expect(await check({ type: 'ATHENA' })).toEqual([]);
  });
});

describe('unsupported-data-set', () => {
  const table = (name: string): JsonObject => ({
    physicalTableMap: { t: { [name]: { dataSourceArn: arnOf('datasource/source') } } },
  });

  test('reports a data set on an unsupported data source', async () => {
    const input = qsFile([source({ type: 'JIRA' }), dataSet(table('saaSTable'), FROM_SOURCE)]);
    expect(await findingsOf('unsupported-data-set', input)).toMatchObject([
      { severity: 'error', asset: 'dataset/orders', message: expect.stringContaining('source of the type JIRA') },
    ]);
  });

  test('reports an uploaded file', async () => {
    expect(await findingsOf('unsupported-data-set', qsFile([dataSet(table('fileSource'))]))).toMatchObject([
      { asset: 'dataset/orders', path: '/physicalTableMap/t/fileSource' },
    ]);
  });

  test('reports an uploaded file once if its data source is in the bundle', async () => {
    const input = qsFile([source({ type: 'FILE' }), dataSet(table('fileSource'), FROM_SOURCE)]);
    expect(await findingsOf('unsupported-data-set', input)).toHaveLength(1);
  });

  test('reports a software-as-a-service table whose source is not in the bundle', async () => {
    expect(await findingsOf('unsupported-data-set', qsFile([dataSet(table('saaSTable'))]))).toMatchObject([
      { path: '/physicalTableMap/t/saaSTable' },
    ]);
  });

  test('accepts a relational table, and a table of a supported source', async () => {
    const relational = qsFile([source({ type: 'ATHENA' }), dataSet(table('relationalTable'), FROM_SOURCE)]);
    expect(await findingsOf('unsupported-data-set', relational)).toEqual([]);
    const sheets = qsFile([source({ type: 'GOOGLESHEETS' }), dataSet(table('saaSTable'), FROM_SOURCE)]);
    expect(await findingsOf('unsupported-data-set', sheets)).toEqual([]);
  });
});

describe('sagemaker-column', () => {
  test.each<[string, JsonObject, string]>([
    ['a member of SageMaker', { a: { sageMakerOperation: {} } }, '/a/sageMakerOperation'],
    ['the ARN of a model', { a: ['arn:aws:sagemaker:us-east-2:198737698272:model/churn'] }, '/a/0'],
  ])('reports %s', async (_, content, path) => {
    const findings = await findingsOf('sagemaker-column', qsFile([dataSet(content)]));
    expect(findings).toMatchObject([{ severity: 'error', asset: 'dataset/orders', path }]);
  });

  test('accepts a column whose name contains SageMaker', async () => {
    const content = { inputColumns: [{ name: 'sagemaker', type: 'STRING' }], fieldFolders: { 'Sagemaker scores': {} } };
    expect(await findingsOf('sagemaker-column', qsFile([dataSet(content)]))).toEqual([]);
  });
});
