import type { ExportRequest } from '../../../../local/quicksight';
import { cloudFormationJson } from '../../../../local/quicksight/bundle/cloudformation-json';
import { ACCOUNT, arn, catalog } from '../fixtures';

const REQUEST: ExportRequest = {
  AwsAccountId: ACCOUNT,
  AssetBundleExportJobId: 'job',
  ExportFormat: 'CLOUDFORMATION_JSON',
  ResourceArns: [],
};

interface Template {
  readonly AWSTemplateFormatVersion: string;
  readonly Parameters: Record<string, unknown>;
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

function template(resources: string[], more: Partial<ExportRequest> = {}): Template {
  const assets = catalog()
    .all()
    .filter(({ resource }) => resources.includes(resource));
  return JSON.parse(cloudFormationJson(assets, { ...REQUEST, ...more }).toString());
}

function onlyResource({ Resources }: Template) {
  const [entry] = Object.entries(Resources);
  if (!entry) throw new Error('The template has no resource.');
  return { id: entry[0], ...entry[1] };
}

describe('a bundle in the format CLOUDFORMATION_JSON', () => {
  test('has a resource of the right type for each asset', () => {
    const { AWSTemplateFormatVersion, Resources } = template(
      catalog()
        .all()
        .map(({ resource }) => resource),
    );
    expect(AWSTemplateFormatVersion).toBe('2010-09-09');
    expect(Object.values(Resources).map(({ Type }) => Type.replace('AWS::QuickSight::', ''))).toEqual([
      'VPCConnection',
      'DataSource',
      'DataSource',
      'DataSet',
      'DataSet',
      'RefreshSchedule',
      'Theme',
      'Analysis',
      'Dashboard',
      'Topic',
      'Folder',
      'Folder',
      'Folder',
    ]);
    expect(Object.keys(Resources).every((id) => /^[A-Za-z0-9]{1,255}$/.test(id))).toBe(true);
  });

  test('has properties in PascalCase, refers to resources of the template, and keeps the ARNs of other assets', () => {
    const made = template(['dashboard/sales', 'theme/dark']);
    const [theme, dashboard] = Object.keys(made.Resources).sort((a, b) => b.localeCompare(a));
    expect(made.Resources[dashboard ?? '']?.Properties).toEqual({
      AwsAccountId: { Ref: 'AWS::AccountId' },
      DashboardId: 'sales',
      Name: 'Sales',
      Definition: {
        DataSetIdentifierDeclarations: [
          { Identifier: 'joined', DataSetArn: 'arn:aws:quicksight:us-east-2:999988887777:dataset/joined' },
        ],
      },
      ThemeArn: { 'Fn::GetAtt': [theme, 'Arn'] },
      LinkEntities: ['arn:aws:quicksight:us-east-2:999988887777:analysis/study'],
    });
  });

  test('keeps the ARN of a theme of AWS, also next to a theme of the account with the same id', () => {
    const assets = catalog().add('theme/MIDNIGHT', { resourceType: 'theme', name: 'Ours' }).all();
    const made = JSON.parse(cloudFormationJson(assets, REQUEST).toString()) as Template;
    const [analysis] = Object.values(made.Resources).filter(({ Type }) => Type === 'AWS::QuickSight::Analysis');
    expect(analysis?.Properties.ThemeArn).toBe('arn:aws:quicksight::aws:theme/MIDNIGHT');
  });

  test('has a parameter with the current value for each overridden property', () => {
    const DataSources = [
      { Arn: arn('datasource/db'), Properties: ['Name', 'DisableSsl', 'Host'] },
      { Arn: arn('datasource/lone'), Properties: ['Name'] },
    ];
    const made = template(['datasource/db'], { CloudFormationOverridePropertyConfiguration: { DataSources } });
    const { id, Properties } = onlyResource(made);
    expect(made.Parameters).toEqual({
      [`${id}Name`]: { Type: 'String', Default: 'DB' },
      [`${id}DisableSsl`]: { Type: 'String', Default: false },
      [`${id}Host`]: { Type: 'String' },
    });
    expect(Properties).toMatchObject({
      Name: { Ref: `${id}Name` },
      SslProperties: { DisableSsl: { Ref: `${id}DisableSsl` } },
      Host: { Ref: `${id}Host` },
    });
  });

  test('has a parameter for the prefix of all ids on request', () => {
    const configuration = { ResourceIdOverrideConfiguration: { PrefixForAllResources: true } };
    const made = template(['dashboard/sales'], { CloudFormationOverridePropertyConfiguration: configuration });
    expect(made.Parameters).toEqual({ PrefixForAllResources: { Type: 'String', Default: '' } });
    expect(onlyResource(made).Properties['DashboardId']).toEqual({
      'Fn::Join': ['', [{ Ref: 'PrefixForAllResources' }, 'sales']],
    });
  });

  test('has no parameters without overrides', () => {
    expect(template(['dashboard/sales']).Parameters).toEqual({});
  });
});
