import type { Stack } from 'aws-cdk-lib';
import { NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Resource } from '../lib/support';
import { AssetBundleExport, newExport, newStack, RESOURCE_TYPE, SALES } from '../lib/support';

// A changed logical id replaces the resource in every deployed stack, and CloudFormation rejects a changed service token
// (aws-cdk#7128). These lists are part of the public API: add to them, and change them in a new major version only.

const PROVIDER = {
  AssetBundleExportProviderOnEventLogs41BE684C: 'AWS::Logs::LogGroup',
  AssetBundleExportProviderOnEventRoleF02EC415: 'AWS::IAM::Role',
  AssetBundleExportProviderOnEventRoleDefaultPolicy2B3CBDFB: 'AWS::IAM::Policy',
  AssetBundleExportProviderOnEvent387C73A4: 'AWS::Lambda::Function',
  AssetBundleExportProviderIsCompleteLogs3B6D7A4E: 'AWS::Logs::LogGroup',
  AssetBundleExportProviderIsCompleteRole7E7A7D90: 'AWS::IAM::Role',
  AssetBundleExportProviderIsCompleteRoleDefaultPolicy9C0418BC: 'AWS::IAM::Policy',
  AssetBundleExportProviderIsComplete0730C252: 'AWS::Lambda::Function',
  AssetBundleExportProviderFrameworkLogsBF2CD673: 'AWS::Logs::LogGroup',
  AssetBundleExportProviderFrameworkOnEventRole6D542B27: 'AWS::IAM::Role',
  AssetBundleExportProviderFrameworkOnEventRoleDefaultPolicy21999A74: 'AWS::IAM::Policy',
  AssetBundleExportProviderFrameworkCompleteAndTimeoutRoleAC273C1A: 'AWS::IAM::Role',
  AssetBundleExportProviderFrameworkCompleteAndTimeoutRoleDefaultPolicy2968E077: 'AWS::IAM::Policy',
  AssetBundleExportProviderFrameworkframeworkonEvent755A1FD0: 'AWS::Lambda::Function',
  AssetBundleExportProviderFrameworkframeworkisComplete781ACEC8: 'AWS::Lambda::Function',
  AssetBundleExportProviderFrameworkframeworkonTimeoutF9F64059: 'AWS::Lambda::Function',
  AssetBundleExportProviderFrameworkwaiterstatemachineRole48619900: 'AWS::IAM::Role',
  AssetBundleExportProviderFrameworkwaiterstatemachineRoleDefaultPolicyC3454FD0: 'AWS::IAM::Policy',
  AssetBundleExportProviderFrameworkwaiterstatemachineEBFDB5DA: 'AWS::StepFunctions::StateMachine',
};

const DEFAULT_BUCKET = {
  AssetBundleExportBucket2F529F54: 'AWS::S3::Bucket',
  AssetBundleExportBucketPolicy210EE4CD: 'AWS::S3::BucketPolicy',
  AssetBundleExportProviderIsCompleteRoleBucket97d79eb326A77C4E: 'AWS::IAM::Policy',
};

const SERVICE_TOKEN = { 'Fn::GetAtt': ['AssetBundleExportProviderFrameworkframeworkonEvent755A1FD0', 'Arn'] };

const resourcesOf = (stack: Stack) =>
  Object.entries<Resource>(Template.fromStack(stack).toJSON().Resources as Record<string, Resource>);

const typesByLogicalId = (stack: Stack) => Object.fromEntries(resourcesOf(stack).map(([id, { Type }]) => [id, Type]));

const serviceTokens = (stack: Stack) =>
  resourcesOf(stack)
    .filter(([, { Type }]) => Type === RESOURCE_TYPE)
    .map(([, { Properties }]) => Properties.ServiceToken);

test('one export has these logical ids', () => {
  const stack = newStack();
  newExport({}, stack);
  expect(typesByLogicalId(stack)).toEqual({ ...PROVIDER, ...DEFAULT_BUCKET, Sales1863061C: RESOURCE_TYPE });
  expect(serviceTokens(stack)).toEqual([SERVICE_TOKEN]);
});

test('two exports, one with its own bucket, have these logical ids', () => {
  const stack = newStack();
  newExport({}, stack);
  new AssetBundleExport(stack, 'Own', { ...SALES, bucket: new s3.Bucket(stack, 'Bucket', { versioned: true }) });
  expect(typesByLogicalId(stack)).toEqual({
    ...PROVIDER,
    ...DEFAULT_BUCKET,
    Sales1863061C: RESOURCE_TYPE,
    Own30425842: RESOURCE_TYPE,
    Bucket83908E77: 'AWS::S3::Bucket',
    AssetBundleExportProviderIsCompleteRoleBucketc8ad4debAF68DC64: 'AWS::IAM::Policy',
  });
  expect(serviceTokens(stack)).toEqual([SERVICE_TOKEN, SERVICE_TOKEN]);
});

test('an export with a key and the removal policy DESTROY has these logical ids', () => {
  const stack = newStack();
  newExport({ encryptionKey: new kms.Key(stack, 'Key'), removalPolicy: RemovalPolicy.DESTROY }, stack);
  expect(typesByLogicalId(stack)).toEqual({
    ...PROVIDER,
    ...DEFAULT_BUCKET,
    Sales1863061C: RESOURCE_TYPE,
    Key961B73FD: 'AWS::KMS::Key',
    AssetBundleExportProviderIsCompleteRoleBucketRemoval97d79eb38B98AFF2: 'AWS::IAM::Policy',
    AssetBundleExportProviderIsCompleteRoleKey0a4799957ACF6D1D: 'AWS::IAM::Policy',
  });
});

test('an export in a nested stack has the logical ids of one in a stack', () => {
  const parent = newStack();
  const nested = new NestedStack(parent, 'Nested');
  new AssetBundleExport(nested, 'Sales', SALES);
  expect(typesByLogicalId(nested)).toEqual({ ...PROVIDER, ...DEFAULT_BUCKET, Sales1863061C: RESOURCE_TYPE });
  expect(serviceTokens(nested)).toEqual([SERVICE_TOKEN]);
  expect(typesByLogicalId(parent)).toEqual({
    NestedNestedStackNestedNestedStackResourceDEFDAA4D: 'AWS::CloudFormation::Stack',
  });
});
