import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { ATTRIBUTES } from '../../lib/contract/export-resource';
import { CdkError, DEFAULT_ENVIRONMENT, PROJECT } from '../../local/cloud';
import type { AssetCatalog } from '../../local/quicksight';
import { loadFolder } from '../../local/quicksight';
import { Deployed, STACK } from '../../testing/deployed-stack';
import { realAssets } from '../../testing/real-bundle';

jest.setTimeout(180_000);

let deployed: Deployed;
let assets: AssetCatalog;
const context = (more: Record<string, string> = {}) => ({
  assets: assets
    .arns(DEFAULT_ENVIRONMENT.account, DEFAULT_ENVIRONMENT.region)
    .filter((arn) => !arn.endsWith('/broken'))
    .join(','),
  ...more,
});
const deploy = async (more?: Record<string, string>) => {
  const { outputs, text } = await deployed.cloud.deploy({ context: context(more) });
  deployed.expectNoLinkIn(text);
  return outputs[STACK] as Record<string, string>;
};

beforeAll(async () => {
  assets = await realAssets(await loadFolder(join(PROJECT, 'local', 'sample-account')));
  const resource = 'dashboard/broken';
  assets.add(
    resource,
    { resourceType: 'dashboard', dashboardId: 'broken', name: 'Broken' },
    { definitionErrors: [{ Type: 'COLUMN_NOT_FOUND', Message: 'The column region does not exist.' }] },
  );
  deployed = await Deployed.start({ assets, durations: { queuedMs: 300, runningMs: 1500 } });
});
afterAll(() => deployed.stop());

// The tests depend on each other: each deployment updates the previous one.
describe('the sample app, deployed by the real cdk CLI', () => {
  let first: Record<string, string>;

  test('stores the bundle of QuickSight in S3, and identifies it in the outputs', async () => {
    first = await deploy();
    expect(Object.keys(first).sort()).toEqual([...ATTRIBUTES].sort());
    const { ArtifactBucket = '', ArtifactKey = '', ArtifactVersionId, JobId = '', ManifestKey = '' } = first;
    const artifact = await deployed.object(ArtifactBucket, ArtifactKey, ArtifactVersionId);
    expect(artifact.equals(await deployed.download(JobId))).toBe(true);
    expect(first.ArtifactSha256).toBe(createHash('sha256').update(artifact).digest('hex'));
    expect(first.JobStatus).toBe('SUCCESSFUL');
    const zip = await fromBufferPromise(artifact);
    expect(first.AssetCount).toBe(String(zip.entryCount));
    const manifest = (await deployed.object(ArtifactBucket, ManifestKey)).toString();
    expect(JSON.parse(manifest).Assets).toHaveLength(zip.entryCount);
    deployed.expectNoLinkIn(manifest);
  });

  test('creates a new artifact after the change of a property, and keeps the previous one', async () => {
    const second = await deploy({ prefix: 'exports/' });
    expect(second.ArtifactKey).toMatch(/^exports\/assetbundle-/);
    expect(second.ContentDigest).toBe(first.ContentDigest);
    expect(
      (await deployed.object(first.ArtifactBucket ?? '', first.ArtifactKey ?? '', first.ArtifactVersionId)).length,
    ).toBe(Number(first.ArtifactSize));
  });

  test('exports a CloudFormation template', async () => {
    const {
      ArtifactBucket = '',
      ArtifactKey = '',
      JobId = '',
      ExportFormat,
    } = await deploy({ exportFormat: 'CLOUDFORMATION_JSON' });
    expect(ExportFormat).toBe('CLOUDFORMATION_JSON');
    const artifact = await deployed.object(ArtifactBucket, ArtifactKey);
    expect(artifact.equals(await deployed.download(JobId))).toBe(true);
    const { Resources } = JSON.parse(artifact.toString()) as { Resources: Record<string, { Type: string }> };
    expect(Object.values(Resources).map(({ Type }) => Type)).toEqual(
      expect.arrayContaining(['AWS::QuickSight::Dashboard']),
    );
  });

  test('rolls back after a failed job, and the CLI shows the error of each asset', async () => {
    const broken = [...context().assets.split(','), 'dashboard/broken', 'dashboard/missing'].join(',');
    const jobsBefore = deployed.standIn.jobs.length;
    const failure = await deploy({ assets: broken }).catch((error: CdkError) => error);
    expect(failure).toBeInstanceOf(CdkError);
    const { text } = failure as CdkError;
    expect(text).toMatch(/dashboard\/broken: .*has associated errors/);
    expect(text).toContain('COLUMN_NOT_FOUND: The column region does not exist.');
    expect(text).toMatch(/dashboard\/missing: ResourceNotFoundException/);
    deployed.expectNoLinkIn(text);
    const [, bucket = '', key = ''] = /s3:\/\/([^/\s]+)\/(\S+\.manifest\.json)/.exec(text) ?? [];
    const manifest = JSON.parse((await deployed.object(bucket, key)).toString());
    expect(manifest.Job.Errors.map(({ Arn }: { Arn: string }) => Arn.split(':').at(-1)).sort()).toEqual([
      'dashboard/broken',
      'dashboard/missing',
    ]);
    expect(
      (await deployed.cloud.lambdaLogs()).some(({ message }) =>
        message.includes('dashboard/missing: ResourceNotFoundException'),
      ),
    ).toBe(true);
    expect(deployed.standIn.jobs.length).toBe(jobsBefore + 1);
  });

  test('leaves no DownloadUrl in a log, a state machine history or an event', async () =>
    deployed.expectNoLinkIn(await deployed.traces()));

  test('keeps its artifacts when it is destroyed', async () => {
    await deployed.cloud.destroy({ context: context() });
    expect(
      (await deployed.object(first.ArtifactBucket ?? '', first.ArtifactKey ?? '', first.ArtifactVersionId)).length,
    ).toBe(Number(first.ArtifactSize));
  });
});
