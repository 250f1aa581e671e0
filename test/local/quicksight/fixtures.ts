import { AssetCatalog } from '../../../local/quicksight';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** The account and Region in the ARNs of the definitions. A bundle keeps the ones of its source. */
const SOURCE = 'arn:aws:quicksight:us-east-2:999988887777';

export const arn = (resource: string) => `arn:aws:quicksight:${REGION}:${ACCOUNT}:${resource}`;

export const source = (resource: string) => `${SOURCE}:${resource}`;

const declarations = (...ids: string[]) => ids.map((id) => ({ identifier: id, dataSetArn: source(`dataset/${id}`) }));

/** Assets of every type with every kind of dependency. */
export function catalog(): AssetCatalog {
  return new AssetCatalog()
    .add('vpcConnection/vpc', { resourceType: 'vpcConnection', name: 'VPC' })
    .add('datasource/db', {
      resourceType: 'datasource',
      name: 'DB',
      sslProperties: { disableSsl: false },
      vpcConnectionProperties: { vpcConnectionArn: source('vpcConnection/vpc') },
    })
    .add('datasource/lone', { resourceType: 'datasource', name: 'Lone' })
    .add('dataset/base', {
      resourceType: 'dataset',
      name: 'Base',
      physicalTableMap: { t: { relationalTable: { dataSourceArn: source('datasource/db') } } },
    })
    .add('dataset/joined', {
      resourceType: 'dataset',
      name: 'Joined',
      logicalTableMap: { l: { source: { dataSetArn: source('dataset/base') } } },
    })
    .add('dataset/base/refresh-schedule/daily', { resourceType: 'refreshSchedule', schedule: { scheduleId: 'daily' } })
    .add('theme/dark', { resourceType: 'theme', name: 'Dark' })
    .add('analysis/study', {
      resourceType: 'analysis',
      analysisId: 'study',
      name: 'Study',
      definition: { dataSetIdentifierDeclarations: declarations('base') },
      themeArn: 'arn:aws:quicksight::aws:theme/MIDNIGHT',
    })
    .add('dashboard/sales', {
      resourceType: 'dashboard',
      dashboardId: 'sales',
      name: 'Sales',
      definition: { dataSetIdentifierDeclarations: declarations('joined') },
      themeArn: source('theme/dark'),
      linkEntities: [source('analysis/study')],
      permissions: [{ principal: 'someone', actions: ['quicksight:DescribeDashboard'] }],
      tags: [{ key: 'team', value: 'sales' }],
      folderMemberships: [source('folder/top')],
    })
    .add('topic/ask.v2', { resourceType: 'topic', name: 'Ask', dataSets: [{ dataSetArn: source('dataset/base') }] })
    .add('folder/top', {
      resourceType: 'folder',
      name: 'Top',
      members: [{ memberArn: source('dashboard/sales') }, { memberArn: source('folder/below') }],
    })
    .add('folder/below', { resourceType: 'folder', name: 'Below', members: [{ memberArn: source('theme/dark') }] })
    .add('folder/child', {
      resourceType: 'folder',
      name: 'Child',
      parentFolderArn: source('folder/below'),
      members: [{ memberArn: source('datasource/lone') }],
    });
}
