import type { JsonValue } from '../../bundle/json-value';
import { assetOf } from '../../bundle/part-asset';

const part = (path: string, content?: JsonValue) => ({
  path,
  sizeBytes: 0,
  sha256: '',
  ...(content !== undefined && { content }),
});

const ofFile = (path: string, content?: JsonValue) => assetOf('QUICKSIGHT_JSON', part(path, content));

const ofResource = (path: string, content?: JsonValue) => assetOf('CLOUDFORMATION_JSON', part(path, content));

// The folders of a bundle: aws-samples/sample-quicksight-backup-tool, quicksight_restore/services/catalog.py.
test.each([
  'analysis',
  'dashboard',
  'dataset',
  'datasource',
  'folder',
  'refreshSchedule',
  'theme',
  'topic',
  'vpcConnection',
])('a file of the folder %s is an asset', (type) => {
  const properties = { name: 'Sales' };
  expect(ofFile(`${type}/sales.json`, properties)).toEqual({ type, id: 'sales', name: 'Sales', properties });
});

test.each([
  'agent/sales.json',
  'Dashboard/sales.json',
  'dashboard/sales',
  'dashboard/inner/sales.json',
  'x/dashboard/sales.json',
  'dashboard.json',
  'constructor/a.json',
  '__proto__/a.json',
  'Resources/A',
])('the file %s is not an asset', (path) => {
  expect(ofFile(path, { Type: 'AWS::QuickSight::Theme' })).toBeUndefined();
});

test('a file without content, or with other JSON, is an asset without a name', () => {
  expect(ofFile('theme/a.json')).toEqual({ type: 'theme', id: 'a' });
  expect(ofFile('theme/a.json', null)).toEqual({ type: 'theme', id: 'a', properties: null });
  expect(ofFile('theme/a.json', { name: 5 })).toEqual({ type: 'theme', id: 'a', properties: { name: 5 } });
});

// The properties are those of the CloudFormation template reference.
test.each([
  ['AWS::QuickSight::Analysis', { AnalysisId: 'a' }, 'analysis', 'a'],
  ['AWS::QuickSight::Dashboard', { DashboardId: 'a' }, 'dashboard', 'a'],
  ['AWS::QuickSight::DataSet', { DataSetId: 'a' }, 'dataset', 'a'],
  ['AWS::QuickSight::DataSource', { DataSourceId: 'a' }, 'datasource', 'a'],
  ['AWS::QuickSight::Folder', { FolderId: 'a' }, 'folder', 'a'],
  ['AWS::QuickSight::Theme', { ThemeId: 'a' }, 'theme', 'a'],
  ['AWS::QuickSight::Topic', { TopicId: 'a' }, 'topic', 'a'],
  ['AWS::QuickSight::VPCConnection', { VPCConnectionId: 'a' }, 'vpcConnection', 'a'],
  [
    'AWS::QuickSight::RefreshSchedule',
    { DataSetId: { 'Fn::Sub': '${Prefix}orders' }, Schedule: { ScheduleId: 'daily' } },
    'refreshSchedule',
    'orders--refresh-schedule--daily',
  ],
])('a resource %s is an asset with the id of its properties', (cloudFormationType, properties, type, id) => {
  const resource = { Type: cloudFormationType, Properties: { ...properties, Name: { Ref: 'TheName' } } };
  expect(ofResource('Resources/Logical', resource)).toEqual({
    type,
    id,
    logicalId: 'Logical',
    name: '${TheName}',
    properties: resource.Properties,
  });
});

test.each([
  ['no id', {}],
  ['the id of a parameter', { DataSetId: { Ref: 'Id' }, Schedule: { ScheduleId: 'daily' } }],
  ['one of two ids', { Schedule: { ScheduleId: 'daily' } }],
])('a resource with %s has its logical id', (_, properties) => {
  expect(
    ofResource('Resources/Logical', { Type: 'AWS::QuickSight::RefreshSchedule', Properties: properties }),
  ).toMatchObject({ id: 'Logical' });
});

test('a resource without properties is an asset', () => {
  expect(ofResource('Resources/Logical', { Type: 'AWS::QuickSight::Theme' })).toEqual({
    type: 'theme',
    id: 'Logical',
    logicalId: 'Logical',
    properties: {},
  });
});

test.each<[string, JsonValue | undefined]>([
  ['Resources/Role', { Type: 'AWS::IAM::Role' }],
  ['Resources/Text', 'AWS::QuickSight::Theme'],
  ['Resources/None', undefined],
  ['Outputs/Theme', { Type: 'AWS::QuickSight::Theme' }],
  ['theme/a.json', {}],
])('the part %s of a template is not an asset', (path, content) => {
  expect(ofResource(path, content)).toBeUndefined();
});
