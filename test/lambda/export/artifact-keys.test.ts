import { artifactKey, artifactKeys, manifestKey } from '../../../lambda/export/artifact-keys';

test('the artifact has the file name that QuickSight uses, under the prefix', () => {
  expect(artifactKey('exports/', 'job-1', 'zip')).toBe('exports/assetbundle-job-1.qs');
  expect(artifactKey('', 'job-1', 'json')).toBe('assetbundle-job-1.json');
});

test('the manifest is stored beside the artifact', () => {
  expect(manifestKey('exports/', 'job-1')).toBe('exports/assetbundle-job-1.manifest.json');
});

test('the possible keys of an artifact are those of a zip file and of a template', () => {
  expect(artifactKeys('p/', 'job-1')).toEqual(['p/assetbundle-job-1.qs', 'p/assetbundle-job-1.json']);
});
