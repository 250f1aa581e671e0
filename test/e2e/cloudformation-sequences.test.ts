import { randomUUID } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AssetCatalog } from '../../local/quicksight';
import type { Answer } from '../../testing/cloudformation-answers';
import { CloudFormationDriver } from '../../testing/cloudformation-driver';
import { assetArn } from '../../testing/cloudformation-events';
import { Deployed, STACK } from '../../testing/deployed-stack';

jest.setTimeout(180_000);

let deployed: Deployed;
let cloudFormation: CloudFormationDriver;
let bucket: string;

beforeAll(async () => {
  const assets = new AssetCatalog().add('dashboard/sales', {
    resourceType: 'dashboard',
    dashboardId: 'sales',
    name: 'Sales',
  });
  deployed = await Deployed.start({ assets, durations: { queuedMs: 100, runningMs: 300 } });
  const { outputs } = await deployed.cloud.deploy({ context: { assets: 'dashboard/sales' } });
  bucket = outputs[STACK]?.ArtifactBucket ?? '';
  cloudFormation = await CloudFormationDriver.of(deployed.cloud, await deployed.serviceToken());
});
afterAll(() => deployed.stop());

const properties = (more: object = {}) => ({
  ResourceArns: [assetArn('dashboard/sales')],
  ExportFormat: 'QUICKSIGHT_JSON',
  ArtifactBucket: bucket,
  RemovalPolicy: 'DESTROY',
  ...more,
});
const exists = ({ Data }: Answer) =>
  deployed.s3
    .send(new HeadObjectCommand({ Bucket: bucket, Key: Data?.ArtifactKey, VersionId: Data?.ArtifactVersionId }))
    .then(
      () => true,
      () => false,
    );
const jobs = () => deployed.standIn.jobs.length;

/** A resource with a random logical id. */
class Resource {
  public readonly LogicalResourceId = `R${randomUUID().slice(0, 8)}`;

  public create(ResourceProperties: object, RequestId: string = randomUUID()): Promise<Answer> {
    return cloudFormation.send('Create', { LogicalResourceId: this.LogicalResourceId, RequestId, ResourceProperties });
  }

  public update(
    PhysicalResourceId: string,
    OldResourceProperties: object,
    ResourceProperties: object,
  ): Promise<Answer> {
    return cloudFormation.send('Update', {
      LogicalResourceId: this.LogicalResourceId,
      PhysicalResourceId,
      OldResourceProperties,
      ResourceProperties,
    });
  }

  public delete(PhysicalResourceId: string, ResourceProperties: object): Promise<Answer> {
    return cloudFormation.send('Delete', {
      LogicalResourceId: this.LogicalResourceId,
      PhysicalResourceId,
      ResourceProperties,
    });
  }
}

const BEFORE = { IncludeTags: false };
const AFTER = { IncludeTags: true };
const FAILING = { ResourceArns: [assetArn('dashboard/missing')] };

test('an Update creates a new artifact, and each Delete removes one', async () => {
  const resource = new Resource();
  const created = await resource.create(properties(BEFORE));
  expect(created).toMatchObject({ Status: 'SUCCESS', Data: { JobStatus: 'SUCCESSFUL' } });
  const updated = await resource.update(created.PhysicalResourceId, properties(BEFORE), properties(AFTER));
  expect(updated.Status).toBe('SUCCESS');
  expect(updated.PhysicalResourceId).not.toBe(created.PhysicalResourceId);
  expect(await exists(created)).toBe(true);
  expect(await resource.delete(created.PhysicalResourceId, properties(BEFORE))).toMatchObject({ Status: 'SUCCESS' });
  expect([await exists(created), await exists(updated)]).toEqual([false, true]);
  expect(await resource.delete(updated.PhysicalResourceId, properties(AFTER))).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: updated.PhysicalResourceId,
  });
  expect(await exists(updated)).toBe(false);
});

test('a failed Update keeps the physical id, and its rollback returns the previous answer without a job', async () => {
  const resource = new Resource();
  const created = await resource.create(properties());
  const failed = await resource.update(created.PhysicalResourceId, properties(), properties(FAILING));
  expect(failed).toMatchObject({
    Status: 'FAILED',
    PhysicalResourceId: created.PhysicalResourceId,
    Reason: expect.stringContaining('dashboard/missing: ResourceNotFoundException'),
  });
  const before = jobs();
  const back = await resource.update(created.PhysicalResourceId, properties(FAILING), properties());
  expect(back).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: created.PhysicalResourceId, Data: created.Data });
  expect(jobs()).toBe(before);
});

test.each(['the Delete of the new id', 'an Update to the previous properties'])(
  'a rollback of a successful Update runs no job when it starts with %s',
  async (order) => {
    const resource = new Resource();
    const created = await resource.create(properties(BEFORE));
    const updated = await resource.update(created.PhysicalResourceId, properties(BEFORE), properties(AFTER));
    const before = jobs();
    if (order.startsWith('an Update')) {
      const back = await resource.update(updated.PhysicalResourceId, properties(AFTER), properties(BEFORE));
      expect(back).toMatchObject({
        Status: 'SUCCESS',
        PhysicalResourceId: created.PhysicalResourceId,
        Data: created.Data,
      });
    }
    expect((await resource.delete(updated.PhysicalResourceId, properties(AFTER))).Status).toBe('SUCCESS');
    expect(jobs()).toBe(before);
    expect([await exists(created), await exists(updated)]).toEqual([true, false]);
    // An Update to the properties that were rolled back is a new export.
    const again = await resource.update(created.PhysicalResourceId, properties(BEFORE), properties(AFTER));
    expect(again.Status).toBe('SUCCESS');
    expect(jobs()).toBe(before + 1);
  },
);

test('an Update to earlier properties that is not a rollback is a new export, and RETAIN keeps every artifact', async () => {
  const resource = new Resource();
  const kept = (more: object) => properties({ RemovalPolicy: 'RETAIN', ...more });
  const first = await resource.create(kept(BEFORE));
  const second = await resource.update(first.PhysicalResourceId, kept(BEFORE), kept(AFTER));
  await resource.delete(first.PhysicalResourceId, kept(BEFORE));
  const third = await resource.update(second.PhysicalResourceId, kept(AFTER), kept(BEFORE));
  expect(new Set([first, second, third].map(({ Data }) => Data?.ArtifactKey)).size).toBe(3);
  expect(await Promise.all([first, second, third].map(exists))).toEqual([true, true, true]);
});

test('a Delete with the physical id of a failed Create succeeds', async () => {
  const resource = new Resource();
  const failed = await resource.create(properties(FAILING));
  expect(failed.Status).toBe('FAILED');
  expect((await resource.delete(failed.PhysicalResourceId, properties(FAILING))).Status).toBe('SUCCESS');
});

test('a Delete after a rejected Create succeeds', async () => {
  const resource = new Resource();
  const rejected = await resource.create(properties({ ExportFormat: 'PDF' }));
  expect(rejected).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('expected one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON, found "PDF"'),
  });
  expect((await resource.delete(rejected.PhysicalResourceId, properties({ ExportFormat: 'PDF' }))).Status).toBe(
    'SUCCESS',
  );
});

test('concurrent deliveries of a request have one job and one answer', async () => {
  const resource = new Resource();
  const RequestId = randomUUID();
  const before = jobs();
  const [one, other] = await Promise.all([
    resource.create(properties(), RequestId),
    resource.create(properties(), RequestId),
  ]);
  expect(other).toEqual(one);
  expect(await resource.create(properties(), RequestId)).toEqual(one);
  expect(jobs()).toBe(before + 1);
});

test('eight concurrent Creates have an artifact each', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => new Resource().create(properties())));
  expect(answers.map(({ Status }) => Status)).toEqual(Array.from({ length: 8 }, () => 'SUCCESS'));
  expect(new Set(answers.map(({ Data }) => Data?.ArtifactKey)).size).toBe(8);
});

test('a request with 100 long ARNs and overrides of every type fits, and a larger one fails with a clear message', async () => {
  const long = (type: string, n: number) => assetArn(`${type}/${String(n).padStart(3, '0')}${'x'.repeat(200)}`);
  const large = (IncludeTags: boolean, overridesOfEachType = 5) => {
    const overrides = (type: string, Properties: string[]) =>
      Array.from({ length: overridesOfEachType }, (_, n) => ({ Arn: long(type, n), Properties }));
    return properties({
      IncludeTags,
      ExportFormat: 'CLOUDFORMATION_JSON',
      ResourceArns: Array.from({ length: 100 }, (_, n) => long('dashboard', n)),
      CloudFormationOverridePropertyConfiguration: {
        Dashboards: overrides('dashboard', ['Name']),
        Analyses: overrides('analysis', ['Name']),
        Themes: overrides('theme', ['Name']),
        Folders: overrides('folder', ['Name', 'ParentFolderArn']),
        DataSets: overrides('dataset', ['Name', 'RefreshFailureEmailAlertStatus']),
        DataSources: overrides('datasource', ['Name', 'Host', 'Port', 'Database']),
        TopicsV2: overrides('topic', ['Name', 'Description']),
        VPCConnections: overrides('vpcConnection', ['Name', 'DnsResolvers', 'RoleArn']),
        RefreshSchedules: overrides('dataset', ['StartAfterDateTime']),
      },
    });
  };
  const resource = new Resource();
  // None of these assets exists: the answer must be that of the handlers, with a clear reason.
  const created = await resource.create(large(false));
  expect(created).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('FAILED with 100 errors') });
  expect(created.Reason).toMatch(/s3:\/\/\S+\.manifest\.json/);
  const updated = await resource.update(created.PhysicalResourceId, large(false), large(true));
  expect(updated).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('FAILED with 100 errors') });
  expect(await new Resource().create(large(false, 50))).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/The request has \d+ bytes \(at most 100000/),
  });
});

test('every payload fits, and no log or state machine history contains a DownloadUrl', async () => {
  await cloudFormation.expectPayloadsFit();
  // The framework writes the ResponseURL to the history of the waiter (aws-cdk#21224). It is a presigned URL, too.
  const traces = cloudFormation.responseSignatures.reduce(
    (text, signature) => text.replaceAll(signature, '***'),
    await deployed.traces(),
  );
  deployed.expectNoLinkIn(traces);
});
