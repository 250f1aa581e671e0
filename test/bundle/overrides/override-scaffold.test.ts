import { StartAssetBundleImportJobRequest$ } from '@aws-sdk/client-quicksight';
import { overrideScaffold } from '../../../bundle/overrides/override-scaffold';
import { inMemoryBundle } from '../../support/in-memory-bundle';

const ARN = 'arn:aws:quicksight:us-east-1:111122223333';

const EVERY_TYPE = inMemoryBundle({
  'analysis/a.json': { resourceType: 'analysis' },
  'dashboard/d.json': { resourceType: 'dashboard' },
  'dataset/s.json': { resourceType: 'dataset' },
  'datasource/o.json': { resourceType: 'datasource', dataSourceParameters: { athenaParameters: { workGroup: 'w' } } },
  'folder/f.json': { resourceType: 'folder', parentFolderArn: `${ARN}:folder/parent` },
  'folder/root.json': { resourceType: 'folder' },
  'refreshSchedule/s--refresh-schedule--daily.json': {
    resourceType: 'refreshSchedule',
    dataSetId: 's',
    schedule: { scheduleId: 'daily', startAfterDateTime: '2026-01-01T03:00:00Z' },
  },
  'theme/t.json': { resourceType: 'theme' },
  'topic/q.json': { resourceType: 'topic' },
  'vpcConnection/v.json': {
    resourceType: 'vpcConnection',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupIds: ['sg-1'],
    dnsResolvers: ['10.0.0.2'],
    roleArn: 'arn:aws:iam::111122223333:role/vpc',
  },
  'agent/x.json': { resourceType: 'agent' },
});

test('the overrides have the values that another account needs', async () => {
  const { request } = await overrideScaffold(EVERY_TYPE);
  expect(request.OverrideParameters).toEqual({
    ResourceIdOverrideConfiguration: {
      PrefixForAllResources: '<prefix of all ids, or remove ResourceIdOverrideConfiguration>',
    },
    VPCConnections: [
      {
        VPCConnectionId: 'v',
        SubnetIds: [
          '<subnet in one Availability Zone, ["subnet-1","subnet-2"] in the source account>',
          '<subnet in another Availability Zone>',
        ],
        SecurityGroupIds: ['<security group, ["sg-1"] in the source account>'],
        DnsResolvers: ['<IP address of the DNS resolver, ["10.0.0.2"] in the source account>'],
        RoleArn: '<ARN of the role of the VPC connection, arn:aws:iam::111122223333:role/vpc in the source account>',
      },
    ],
    RefreshSchedules: [
      {
        DataSetId: 's',
        ScheduleId: 'daily',
        StartAfterDateTime: '<time in the future, 2026-01-01T03:00:00Z in the source account>',
      },
    ],
    DataSources: [{ DataSourceId: 'o', DataSourceParameters: { AthenaParameters: { WorkGroup: 'w' } } }],
    Folders: [
      { FolderId: 'f', ParentFolderArn: `<ARN of the parent folder, ${ARN}:folder/parent in the source account>` },
    ],
  });
});

test('the permissions are those of an owner and a viewer for each type of the bundle', async () => {
  const { OverridePermissions } = (await overrideScaffold(EVERY_TYPE)).request;
  const numbers = Object.entries(OverridePermissions).map(([list, entries]) => [list, (entries as unknown[]).length]);
  // The limit of the service model is 2 entries for a type, and 1 for analyses.
  expect(numbers).toEqual([
    ['DataSources', 2],
    ['DataSets', 2],
    ['Themes', 2],
    ['Analyses', 1],
    ['Dashboards', 2],
    ['Folders', 2],
    ['TopicsV2', 2],
  ]);
  const viewer = {
    DashboardIds: ['*'],
    Permissions: {
      Principals: ['<ARN of the viewer of the dashboards>'],
      Actions: ['quicksight:DescribeDashboard', 'quicksight:ListDashboardVersions', 'quicksight:QueryDashboard'],
    },
  };
  expect(OverridePermissions.Dashboards).toContainEqual(viewer);
});

/** A schema of the SDK: a structure (3) with members and types, or a list (1) with the type of its elements. */
type Schema = readonly [kind: number, ns: string, name: string, traits: number, members: unknown, types: unknown];

/** The paths of members that the service does not have. */
function unknownMembers(value: unknown, type: unknown, path = ''): string[] {
  // A type with traits is a list of both.
  const bare: unknown = Array.isArray(type) && typeof type[0] === 'function' ? type[0] : type;
  const schema = (typeof bare === 'function' ? bare() : bare) as Schema;
  if (!Array.isArray(schema)) return typeof value === 'object' && !Array.isArray(value) ? [path] : [];
  if (schema[0] === 1)
    return (value as unknown[]).flatMap((element, index) => unknownMembers(element, schema[4], `${path}/${index}`));
  if (schema[0] !== 3) return [];
  return Object.entries(value as object).flatMap(([name, member]) => {
    const index = (schema[4] as string[]).indexOf(name);
    return index < 0 ? [`${path}/${name}`] : unknownMembers(member, (schema[5] as unknown[])[index], `${path}/${name}`);
  });
}

test('every member of the request is a member of StartAssetBundleImportJob', async () => {
  const { request } = await overrideScaffold(EVERY_TYPE);
  expect(unknownMembers(request, StartAssetBundleImportJobRequest$)).toEqual([]);
  expect(unknownMembers({ OverrideParameters: { Other: 1 } }, StartAssetBundleImportJobRequest$)).toEqual([
    '/OverrideParameters/Other',
  ]);
});

test('the values to fill in have the path of their member', async () => {
  const { toFillIn } = await overrideScaffold(inMemoryBundle({ 'folder/f.json': {}, 'theme/t.json': {} }));
  expect(toFillIn.map(({ path }) => path)).toEqual([
    '/OverrideParameters/ResourceIdOverrideConfiguration/PrefixForAllResources',
    '/OverridePermissions/Themes/0/Permissions/Principals/0',
    '/OverridePermissions/Themes/1/Permissions/Principals/0',
    '/OverridePermissions/Folders/0/Permissions/Principals/0',
    '/OverridePermissions/Folders/1/Permissions/Principals/0',
  ]);
});

test('more overrides than the service accepts are a warning', async () => {
  const sources = (count: number) =>
    inMemoryBundle(Object.fromEntries(Array.from({ length: count }, (_, index) => [`datasource/${index}.json`, {}])));
  expect((await overrideScaffold(sources(50))).warnings).toEqual([]);
  expect((await overrideScaffold(sources(51))).warnings).toEqual([
    'The bundle needs overrides for 51 data sources, and an import job accepts 50. Split the bundle.',
  ]);
});

test('parts that need no override are not read', async () => {
  const bundle = inMemoryBundle({
    'theme/a.json': Buffer.from('no JSON'),
    'theme/A.json': {},
    'images/a.png': Buffer.from('no JSON'),
    'notes.txt': Buffer.from('no JSON'),
  });
  expect(Object.keys((await overrideScaffold(bundle)).request.OverridePermissions)).toEqual(['Themes']);
});

test('an asset whose overrides cannot be read is refused', async () => {
  await expect(overrideScaffold(inMemoryBundle({ 'datasource/a.json': Buffer.from('no JSON') }))).rejects.toThrow(
    'entry datasource/a.json: the JSON exceeds a limit, so its overrides are unknown',
  );
});

test('a part that is not an object needs no override', async () => {
  const { request } = await overrideScaffold(inMemoryBundle({ 'datasource/a.json': null, 'folder/b.json': [] }));
  expect(Object.keys(request.OverrideParameters)).toEqual(['ResourceIdOverrideConfiguration']);
});

test('a schedule without ids has those of its file name', async () => {
  const bundle = inMemoryBundle({ 'refreshSchedule/s--refresh-schedule--daily.json': {} });
  expect((await overrideScaffold(bundle)).request.OverrideParameters.RefreshSchedules).toEqual([
    { DataSetId: 's', ScheduleId: 'daily', StartAfterDateTime: '<time in the future>' },
  ]);
});

test('a template is refused', async () => {
  await expect(overrideScaffold(inMemoryBundle({}, 'CLOUDFORMATION_JSON'))).rejects.toThrow(
    'an import job accepts only .qs bundles, and this is a CloudFormation template',
  );
});
