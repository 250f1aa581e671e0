import { Aws, CfnParameter, Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ATTRIBUTES } from '../../../lib/contract/custom-resource';
import { EXPORT_PROPERTIES_SCHEMA } from '../../../lib/contract/export-resource';
import type { AssetBundleExportProps } from '../support';
import {
  AssetBundleExport,
  DashboardPropertyToOverride,
  ExportFormat,
  ExportTrigger,
  IncludeFolderMembers,
  newExport,
  newStack,
  properties,
  QuickSightAsset,
  RESOURCE_TYPE,
  resources,
  text,
} from '../support';

const place = 'arn:{AWS::Partition}:quicksight:eu-west-1:123456789012:';

test('the smallest export has the properties that it needs and no more', () => {
  const found = properties();
  expect(Object.keys(found).sort()).toEqual([
    'ArtifactBucket',
    'ExportFormat',
    'ResourceArns',
    'ServiceTimeout',
    'ServiceToken',
  ]);
  expect((found.ResourceArns as unknown[]).map(text)).toEqual([`${place}dashboard/sales-overview`]);
  expect(found.ExportFormat).toBe('QUICKSIGHT_JSON');
  expect(found.ServiceTimeout).toBe('2100');
});

test('defaults that are spelled out change nothing', () => {
  const spelledOut: Partial<AssetBundleExportProps> = {
    exportFormat: ExportFormat.QUICKSIGHT_JSON,
    includeAllDependencies: false,
    includePermissions: false,
    includeTags: false,
    includeFolderMemberships: false,
    includeFolderMembers: IncludeFolderMembers.NONE,
    validationStrategy: {},
    prefix: '',
    removalPolicy: RemovalPolicy.RETAIN,
    timeout: Duration.minutes(30),
    trigger: ExportTrigger.onChange(),
  };
  expect(properties(spelledOut)).toEqual(properties());
});

test('every property of the contract can be said', () => {
  const stack = newStack();
  const found = properties(
    {
      assets: [QuickSightAsset.dashboard('a'), QuickSightAsset.folder('f')],
      exportFormat: ExportFormat.CLOUDFORMATION_JSON,
      includeAllDependencies: true,
      includePermissions: true,
      includeTags: true,
      includeFolderMemberships: true,
      includeFolderMembers: IncludeFolderMembers.ONE_LEVEL,
      validationStrategy: { strictModeForAllResources: true },
      cloudFormationOverridePropertyConfiguration: {
        dashboards: [{ asset: QuickSightAsset.dashboard('a'), properties: [DashboardPropertyToOverride.NAME] }],
      },
      bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'artifacts'),
      prefix: 'exports/',
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k'),
      removalPolicy: RemovalPolicy.DESTROY,
      timeout: Duration.minutes(10),
      trigger: ExportTrigger.when('release 7'),
    },
    stack,
  );
  expect(found).toMatchObject({
    ExportFormat: 'CLOUDFORMATION_JSON',
    IncludeAllDependencies: true,
    IncludePermissions: true,
    IncludeTags: true,
    IncludeFolderMemberships: true,
    IncludeFolderMembers: 'ONE_LEVEL',
    ValidationStrategy: { StrictModeForAllResources: true },
    ArtifactBucket: 'artifacts',
    ArtifactPrefix: 'exports/',
    ArtifactKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k',
    RemovalPolicy: 'DESTROY',
    TimeoutSeconds: 600,
    ServiceTimeout: '900',
    Trigger: 'release 7',
  });
  expect(Object.keys(found).sort()).toEqual(Object.keys(EXPORT_PROPERTIES_SCHEMA.properties).sort());
});

test('the ARNs of a parameter', () => {
  const stack = newStack();
  const parameter = new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' });
  expect(
    properties({ assets: parameter.valueAsList.map((arn) => QuickSightAsset.fromArn(arn)) }, stack).ResourceArns,
  ).toEqual({ Ref: 'Arns' });
});

test('tokens in a prefix and a trigger', () => {
  expect(properties({ prefix: `${Aws.STACK_NAME}/`, trigger: ExportTrigger.when(Aws.STACK_NAME) })).toMatchObject({
    ArtifactPrefix: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '/']] },
    Trigger: { Ref: 'AWS::StackName' },
  });
});

test.each([
  [Duration.minutes(1), '360'],
  [Duration.minutes(54), '3540'],
  [Duration.minutes(56), '3600'],
  [Duration.hours(1), '3600'],
  [Duration.seconds(Lazy.number({ produce: () => 90 })), '3600'],
])('CloudFormation waits a little longer than %s', (timeout, expected) => {
  expect(properties({ timeout }).ServiceTimeout).toBe(expected);
});

test('what everyDeployment writes differs from one synthesis to the next', () => {
  jest.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') });
  const first = properties({ trigger: ExportTrigger.everyDeployment() }).Trigger;
  jest.setSystemTime(new Date('2026-01-02T03:04:06Z'));
  const second = properties({ trigger: ExportTrigger.everyDeployment() }).Trigger;
  jest.useRealTimers();
  expect([first, second]).toEqual(['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:06.000Z']);
});

test('each attribute of the resource is one property of the construct or of its artifact', () => {
  const stack = newStack();
  const sales = newExport({}, stack);
  const attributes: Record<string, string> = {
    JobStatus: sales.jobStatus,
    JobId: sales.jobId,
    JobArn: sales.jobArn,
    ExportFormat: sales.exportFormat,
    CreatedTime: sales.createdTime,
    ArtifactBucket: sales.artifact.bucketName,
    ArtifactKey: sales.artifact.key,
    ArtifactVersionId: sales.artifact.versionId,
    ArtifactS3Uri: sales.artifact.s3Uri,
    ArtifactSha256: sales.artifact.sha256,
    ArtifactSize: sales.artifact.size,
    ManifestKey: sales.artifact.manifestKey,
    ContentDigest: sales.artifact.contentDigest,
    AssetCount: sales.assetCount,
    WarningCount: sales.warningCount,
  };
  const [{ id = '' } = {}] = resources(stack, RESOURCE_TYPE);
  expect(Object.keys(attributes)).toEqual([...ATTRIBUTES]);
  for (const [name, token] of Object.entries(attributes))
    expect(stack.resolve(token)).toEqual({ 'Fn::GetAtt': [id, name] });
  expect(stack.resolve(sales.physicalId)).toEqual({ Ref: id });
});

test('a further export is one further resource', () => {
  const count = (exports: number) => {
    const stack = newStack();
    for (let index = 0; index < exports; index += 1) {
      new AssetBundleExport(stack, `Export${index}`, {
        assets: [QuickSightAsset.dashboard(`d${index}`)],
        includeTags: index > 0,
      });
    }
    return Object.keys(Template.fromStack(stack).toJSON().Resources).length;
  };
  expect(count(2) - count(1)).toBe(1);
  expect(count(5) - count(1)).toBe(4);
});

test('the export waits for its role and the policy of that', () => {
  const stack = newStack();
  newExport({}, stack);
  const [resource] = resources(stack, RESOURCE_TYPE);
  const policies = resources(stack, 'AWS::IAM::Policy')
    .filter(({ id }) => id.includes('IsCompleteRole'))
    .map(({ id }) => id);
  const roles = resources(stack, 'AWS::IAM::Role')
    .filter(({ id }) => id.includes('IsCompleteRole'))
    .map(({ id }) => id);
  expect(policies).toHaveLength(1);
  expect(resource?.DependsOn?.sort()).toEqual([...policies, ...roles].sort());
});
