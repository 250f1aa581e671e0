import type { ExportJob } from '../../../lambda/aws/quicksight-client';
import { exportResourceRequest } from '../../../lambda/export/export-request';
import { type Artifact, manifestOfFailure, manifestOfSuccess } from '../../../lambda/export/manifest';
import { jobIdOf } from '../../../lambda/lifecycle/job-request';
import { ATTRIBUTES } from '../../../lib/contract/export-resource';
import { assetArn, cloudFormationEvent, PROPERTIES, STACK_ID } from '../../../testing/cloudformation-events';

const REQUESTED_TIME = Date.UTC(2026, 10, 24, 12);
const CREATE = cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactPrefix: 'exports/' } });
const JOB = jobIdOf(CREATE);
const KEY = `exports/assetbundle-${JOB}.qs`;
const TIMES = { finished: REQUESTED_TIME + 5_000, answered: REQUESTED_TIME + 6_000 };
const ARTIFACT: Artifact = { key: KEY, versionId: 'v1', size: 1234, sha256: 'abc', entries: [] };

const requestOf = (event: object) =>
  exportResourceRequest({ ...CREATE, PhysicalResourceId: 'old', RequestedTime: REQUESTED_TIME, ...event });
const request = requestOf({});

describe('the manifest of a success', () => {
  test('has the attributes in the order of the contract', () => {
    expect(Object.keys(manifestOfSuccess(request, {}, ARTIFACT, TIMES).Attributes)).toEqual([...ATTRIBUTES]);
  });

  test('has attributes with defaults for the members that Describe omits', () => {
    const { Attributes, Timings } = manifestOfSuccess(request, {}, ARTIFACT, TIMES);
    expect(Attributes).toMatchObject({
      JobStatus: 'SUCCESSFUL',
      JobId: JOB,
      JobArn: assetArn(`asset-bundle-export-job/${JOB}`),
      ExportFormat: 'QUICKSIGHT_JSON',
      CreatedTime: '',
      ArtifactS3Uri: `s3://artifacts/${KEY}`,
      ArtifactSize: '1234',
      ManifestKey: `exports/assetbundle-${JOB}.manifest.json`,
      AssetCount: '0',
      WarningCount: '0',
    });
    expect(Timings).toEqual({
      RequestedTime: '2026-11-24T12:00:00.000Z',
      FinishedTime: '2026-11-24T12:00:05.000Z',
      AnsweredTime: '2026-11-24T12:00:06.000Z',
    });
  });

  test('lists the assets among the entries of the bundle', () => {
    const entries = [
      { path: 'dashboard/a.json', sha256: 'one', asset: { type: 'dashboard', id: 'a', name: 'A' } },
      { path: 'readme.txt', sha256: 'two' },
    ] as Artifact['entries'];
    const manifest = manifestOfSuccess(request, {}, { ...ARTIFACT, entries }, TIMES);
    expect(manifest.Assets).toEqual([{ Type: 'dashboard', Id: 'a', Name: 'A', Sha256: 'one' }]);
    expect(manifest.Attributes.AssetCount).toBe('1');
  });
});

test('a manifest has the response of Describe without the DownloadUrl and without any link with a query', () => {
  const job = {
    JobStatus: 'FAILED',
    CreatedTime: new Date(REQUESTED_TIME + 1_000),
    DownloadUrl: 'https://b.s3.amazonaws.com/secret?X-Amz-Signature=secret',
    Errors: [{ Message: 'No access to https://b.s3.amazonaws.com/secret?X-Amz-Signature=secret' }],
  } as ExportJob;
  const manifest = manifestOfFailure(request, job, 'It failed.', TIMES);
  expect(manifest).toMatchObject({
    ManifestVersion: 1,
    PhysicalResourceId: JOB,
    StackId: STACK_ID,
    LogicalResourceId: 'Sales',
    RequestId: 'request-1',
    Failure: 'It failed.',
    Job: { JobStatus: 'FAILED', Errors: [{ Message: 'No access to https://b.s3.amazonaws.com/***' }] },
    Timings: { CreatedTime: '2026-11-24T12:00:01.000Z' },
  });
  expect(JSON.stringify(manifest)).not.toMatch(/secret|DownloadUrl/);
  expect(manifest).not.toHaveProperty('Artifact');
  expect(manifest).not.toHaveProperty('Attributes');
});

test('the manifest of an Update has the previous physical id, and that of a Create has none', () => {
  const update = requestOf({ RequestType: 'Update', OldResourceProperties: PROPERTIES });
  expect(manifestOfFailure(update, {}, '', TIMES).PreviousPhysicalResourceId).toBe('old');
  expect(manifestOfFailure(request, {}, '', TIMES)).not.toHaveProperty('PreviousPhysicalResourceId');
});
