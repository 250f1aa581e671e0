import { createHash } from 'node:crypto';
import type { Exported } from '../../../local/aws-check/artifact-checks';
import { artifactChecks, jobTimes } from '../../../local/aws-check/artifact-checks';

const ARTIFACT = Buffer.from('the bytes of the bundle');
const SHA256 = createHash('sha256').update(ARTIFACT).digest('hex');
const CASE = { format: 'QUICKSIGHT_JSON', flags: false } as const;

const OUTPUTS = {
  JobStatus: 'SUCCESSFUL',
  JobId: 'j',
  JobArn: 'arn',
  ExportFormat: 'QUICKSIGHT_JSON',
  CreatedTime: '2026-01-01T00:00:00.000Z',
  ArtifactBucket: 'b',
  ArtifactKey: 'k.qs',
  ArtifactVersionId: 'v',
  ArtifactS3Uri: 's3://b/k.qs',
  ArtifactSha256: SHA256,
  ArtifactSize: '23',
  ManifestKey: 'k.manifest.json',
  ContentDigest: 'd',
  AssetCount: '2',
  WarningCount: '0',
};
const MANIFEST = { Artifact: { Bucket: 'b', Key: 'k.qs', VersionId: 'v', Sha256: SHA256, Size: 23 } };

const exported = (outputs: object = {}, more: Partial<Exported> = {}): Exported => ({
  outputs: { ...OUTPUTS, ...outputs },
  artifact: ARTIFACT,
  manifest: JSON.stringify(MANIFEST),
  contents: { kind: 'zip', groups: [{ type: 'dashboard', count: 2, members: [] }] },
  ...more,
});
const failed = (of: Exported) => artifactChecks(CASE, of).filter(({ passed }) => !passed);

test('a correct export passes every check', () => {
  expect(artifactChecks(CASE, exported()).length).toBeGreaterThan(9);
  expect(failed(exported())).toEqual([]);
});

test.each<[string, Exported, string]>([
  ['a missing output', exported({ ContentDigest: '' }), 'The stack has every output'],
  ['another status', exported({ JobStatus: 'FAILED' }), 'The job is SUCCESSFUL'],
  ['another format', exported({ ExportFormat: 'CLOUDFORMATION_JSON' }), 'The bundle has the requested format'],
  ['another URI', exported({ ArtifactS3Uri: 's3://b/other' }), 'ArtifactS3Uri names the object'],
  ['another size', exported({ ArtifactSize: '24' }), 'ArtifactSize is the size of the object version'],
  ['another number of assets', exported({ AssetCount: '3' }), 'AssetCount is the number of entries'],
  [
    'a manifest of another version',
    exported({}, { manifest: JSON.stringify({ Artifact: { ...MANIFEST.Artifact, VersionId: 'w' } }) }),
    'The manifest names the same artifact',
  ],
  [
    'a manifest with a presigned link',
    exported({}, { manifest: JSON.stringify({ ...MANIFEST, Url: 'https://a/b?X-Amz-Signature=c' }) }),
    'The manifest contains no presigned link',
  ],
  [
    'a template instead of a zip',
    exported(
      {},
      { contents: { kind: 'template', groups: [{ type: 'AWS::QuickSight::Dashboard', count: 1, members: [] }] } },
    ),
    'The bundle is a zip or a template',
  ],
  [
    'a bundle without a dashboard',
    exported({}, { contents: { kind: 'zip', groups: [{ type: 'theme', count: 2, members: [] }] } }),
    'The bundle contains a dashboard',
  ],
])('%s fails one check', (_, of, statement) => {
  expect(failed(of)).toEqual([{ statement, passed: false, detail: expect.stringMatching(/^expected .*, found /) }]);
});

test('other bytes fail the checks of the hash, of the size and of the manifest', () => {
  expect(failed(exported({}, { artifact: Buffer.from('other') })).map(({ statement }) => statement)).toEqual([
    'ArtifactSha256 is the SHA-256 of the object version',
    'ArtifactSize is the size of the object version',
    'The manifest names the same artifact',
  ]);
});

test('jobTimes() reads the times of the manifest, which may be absent', () => {
  const Timings = {
    CreatedTime: '2026-01-01T00:00:00.000Z',
    FinishedTime: '2026-01-01T00:00:30.500Z',
    AnsweredTime: '2026-01-01T00:00:31.250Z',
  };
  expect(jobTimes(JSON.stringify({ Timings }))).toEqual({ jobSeconds: 30.5, answerSeconds: 0.75 });
  expect(jobTimes('{}')).toEqual({ jobSeconds: undefined, answerSeconds: undefined });
});
