import { bundleContents } from '../../../local/aws-check/bundle-contents';
import { zipOf } from '../../../testing/zip';

test('a zip has its folders, with the members of their entries', async () => {
  const bundle = await zipOf({
    'dashboard/secret-id.json': '{"resourceType":"dashboard","dashboardId":"secret-id","name":"Secret"}',
    'dataset/a.json': '{"resourceType":"dataset","dataSetId":"a"}',
    'dataset/b.json': '{"resourceType":"dataset","dataSetId":"b","permissions":[]}',
  });
  const contents = await bundleContents(bundle);
  expect(contents).toEqual({
    kind: 'zip',
    groups: [
      { type: 'dashboard', count: 1, members: ['dashboardId', 'name', 'resourceType'] },
      { type: 'dataset', count: 2, members: ['dataSetId', 'permissions', 'resourceType'] },
    ],
  });
  expect(JSON.stringify(contents)).not.toMatch(/secret/i);
});

test('a template has its resource types, with the properties of their resources', async () => {
  const template = {
    Resources: {
      A: { Type: 'AWS::QuickSight::Dashboard', Properties: { Name: 'Secret' } },
      B: { Type: 'AWS::QuickSight::Theme' },
    },
  };
  expect(await bundleContents(Buffer.from(JSON.stringify(template)))).toEqual({
    kind: 'template',
    groups: [
      { type: 'AWS::QuickSight::Dashboard', count: 1, members: ['Name'] },
      { type: 'AWS::QuickSight::Theme', count: 1, members: [] },
    ],
  });
});

test.each([
  ['an entry outside a folder', { 'a.json': '{}' }, 'not {type}/{id}.json'],
  ['another type than its folder', { 'theme/a.json': '{"resourceType":"dashboard"}' }, 'resourceType dashboard'],
])('rejects %s', async (_, entries, message) => {
  await expect(bundleContents(await zipOf(entries))).rejects.toThrow(message);
});
