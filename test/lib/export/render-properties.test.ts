import { Aws, CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { ExportProperties } from '../../../lib/contract/export-resource';
import type { AssetBundleExportProps } from '../support';
import {
  DashboardPropertyToOverride,
  ExportFormat,
  ExportTrigger,
  IncludeFolderMembers,
  newStack,
  properties,
  QuickSightAsset,
  text,
} from '../support';

test('the smallest export has only required properties', () => {
  const rendered = properties();
  expect(Object.keys(rendered).sort()).toEqual([
    'ArtifactBucket',
    'ExportFormat',
    'ResourceArns',
    'ServiceTimeout',
    'ServiceToken',
  ]);
  expect((rendered.ResourceArns as unknown[]).map(text)).toEqual([
    'arn:{AWS::Partition}:quicksight:eu-west-1:123456789012:dashboard/sales-overview',
  ]);
  expect(rendered.ExportFormat).toBe('QUICKSIGHT_JSON');
});

test('explicit default values render nothing', () => {
  const defaults: Partial<AssetBundleExportProps> = {
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
  expect(properties(defaults)).toEqual(properties());
});

test('every property of the contract is rendered', () => {
  const stack = newStack();
  const rendered = properties(
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
  const expected: Record<keyof ExportProperties | 'ServiceToken' | 'ServiceTimeout', unknown> = {
    ServiceToken: expect.anything(),
    ServiceTimeout: '900',
    ResourceArns: [expect.anything(), expect.anything()],
    ExportFormat: 'CLOUDFORMATION_JSON',
    IncludeAllDependencies: true,
    IncludePermissions: true,
    IncludeTags: true,
    IncludeFolderMemberships: true,
    IncludeFolderMembers: 'ONE_LEVEL',
    ValidationStrategy: { StrictModeForAllResources: true },
    CloudFormationOverridePropertyConfiguration: {
      Dashboards: [{ Arn: expect.anything(), Properties: ['Name'] }],
    },
    ArtifactBucket: 'artifacts',
    ArtifactPrefix: 'exports/',
    ArtifactKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k',
    RemovalPolicy: 'DESTROY',
    TimeoutSeconds: 600,
    Trigger: 'release 7',
  };
  expect(rendered).toEqual(expected);
});

test('the list of ARNs can be a parameter of the template', () => {
  const stack = newStack();
  const parameter = new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' });
  const assets = parameter.valueAsList.map((arn) => QuickSightAsset.fromArn(arn));
  expect(properties({ assets }, stack).ResourceArns).toEqual({ Ref: 'Arns' });
});

test('a prefix and a trigger can be tokens', () => {
  expect(properties({ prefix: `${Aws.STACK_NAME}/`, trigger: ExportTrigger.when(Aws.STACK_NAME) })).toMatchObject({
    ArtifactPrefix: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '/']] },
    Trigger: { Ref: 'AWS::StackName' },
  });
});
