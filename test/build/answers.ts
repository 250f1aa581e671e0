import type { Answer, Answers } from './recorder';

const json = (value: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const xml = (text: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${text}`,
});

const JOB = {
  Arn: 'arn:job',
  AssetBundleExportJobId: 'id',
  AwsAccountId: '123456789012',
  CreatedTime: 1.695305695063e9,
  JobStatus: 'FAILED',
  DownloadUrl: null,
  ExportFormat: 'QUICKSIGHT_JSON',
  Errors: [{ Arn: 'arn:asset', Type: 'com.amazonaws.X', Message: 'Ünknown' }],
  Warnings: null,
  IncludeAllDependencies: false,
  IncludeFolderMembers: 'NONE',
  ValidationStrategy: { StrictModeForAllResources: true },
  CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: '*', Properties: ['Name'] }] },
  RequestId: 'r',
  Status: 200,
  New: 1,
};
const DEFINITION = {
  Errors: [{ Type: 'COLUMN_NOT_FOUND', Message: 'No column', ViolatedEntities: [{ Path: 'sheets/1' }] }],
  Name: 'A',
  ResourceStatus: 'CREATION_FAILED',
  Status: 200,
  Definition: {
    DataSetIdentifierDeclarations: [{ Identifier: 'a', DataSetArn: 'b' }],
    Sheets: [{ SheetId: 's', Visuals: [{ BarChartVisual: { VisualId: 'v' } }] }],
    Options: null,
  },
};

const versions = (
  more: boolean,
): string => `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${more}</IsTruncated>
  <NextKeyMarker>key</NextKeyMarker><NextVersionIdMarker>v2</NextVersionIdMarker>
  <Version><Key>key</Key><VersionId>${more ? 'v2' : 'v1'}</VersionId><LastModified>2026-01-02T03:04:05.678Z</LastModified><Size>3</Size></Version><Version><Key>key2</Key></Version></ListVersionsResult>`;

const VERSION = { 'x-amz-version-id': 'v1', etag: '"e"' };

/** Of services where all is well. */
export const success: Answers = ({ method, url = '' }) => {
  const { pathname, searchParams: query } = new URL(url, 'http://recorder');
  if (pathname.endsWith('/definition')) return json(DEFINITION);
  if (pathname.startsWith('/accounts/'))
    return json(method === 'POST' ? { Arn: 'arn:job', AssetBundleExportJobId: 'id', Status: 200 } : JOB);
  if (query.has('versioning'))
    return xml('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
  if (query.has('versions')) return xml(versions(!query.has('key-marker')));
  if (method === 'GET') return { status: 200, headers: { ...VERSION, 'content-length': '7' }, body: '{"a":1}' };
  if (method === 'DELETE') return { status: 204 };
  return {
    status: 200,
    headers: {
      ...VERSION,
      'content-length': method === 'HEAD' ? '3' : '0',
      'x-amz-meta-asset-bundle-export-job-id': 'job',
    },
  };
};

/** Of services that both answer everything with the same error. */
export const failure =
  (status: number, code: string): Answers =>
  ({ url = '' }): Answer => {
    const message = `Said of ${code}`;
    return url.startsWith('/accounts/')
      ? {
          status,
          headers: { 'content-type': 'application/json', 'x-amzn-errortype': `${code}:http://internal.amazon.com/` },
          body: JSON.stringify({ Message: message, RequestId: 'r', ResourceType: 'DASHBOARD' }),
        }
      : {
          status,
          headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'r' },
          body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId></Error>`,
        };
  };
