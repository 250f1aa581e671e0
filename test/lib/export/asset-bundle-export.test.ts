import type { Stack } from 'aws-cdk-lib';
import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ATTRIBUTES } from '../../../lib/contract/export-resource';
import {
  AssetBundleExport,
  allowedOn,
  isCompletePolicies,
  isCompletePolicy,
  newExport,
  newStack,
  properties,
  QuickSightAsset,
  RESOURCE_TYPE,
  resources,
} from '../support';

test.each([
  [undefined, '2100'],
  [Duration.minutes(1), '360'],
  [Duration.minutes(54), '3540'],
  [Duration.minutes(56), '3600'],
  [Duration.hours(1), '3600'],
  [Duration.seconds(Lazy.number({ produce: () => 90 })), '3600'],
])('CloudFormation waits at most five minutes longer than the timeout %s', (timeout, expected) => {
  expect(properties({ timeout }).ServiceTimeout).toBe(expected);
});

test('the properties of the construct and of its artifact have the names of the attributes', () => {
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

test('no two properties of the construct and its artifact have the same value', () => {
  const stack = newStack();
  const sales = newExport({}, stack);
  const values = [sales, sales.artifact].flatMap((object) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(object)).map(
      (name): unknown => object[name as keyof typeof object],
    ),
  );
  const attributes = values
    .filter((value) => typeof value === 'string')
    .map((token) => (stack.resolve(token) as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][1]);
  expect(attributes.sort()).toEqual([...ATTRIBUTES].sort());
});

test('each further export adds one resource to the template', () => {
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

test('the export depends on the role of the provider and on the policies of that role', () => {
  const stack = newStack();
  newExport({}, stack);
  const [resource] = resources(stack, RESOURCE_TYPE);
  const [role] = resources(stack, 'AWS::IAM::Role').filter(({ id }) => id.includes('IsCompleteRole'));
  const policies = isCompletePolicies(stack).map(({ id }) => id);
  expect(policies).toHaveLength(2);
  expect(resource?.DependsOn?.sort()).toEqual([...policies, role?.id].sort());
});

describe('the grant principal of an export', () => {
  const roleId = (stack: Stack) =>
    resources(stack, 'AWS::IAM::Role')
      .map(({ id }) => id)
      .find((id) => id.includes('IsCompleteRole'));

  test('is the role of isComplete, to which a statement is added', () => {
    const stack = newStack();
    const sales = newExport({}, stack);
    sales.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['quicksight:DescribeBrand'], resources: ['*'] }),
    );
    expect(allowedOn(isCompletePolicy(stack), 'quicksight:DescribeBrand')).toEqual(['*']);
    expect(stack.resolve((sales.grantPrincipal as iam.IRole).roleArn)).toEqual({
      'Fn::GetAtt': [roleId(stack), 'Arn'],
    });
  });

  test('receives the grants of other resources', () => {
    const stack = newStack();
    new s3.Bucket(stack, 'Data').grantRead(newExport({}, stack));
    expect(allowedOn(isCompletePolicy(stack), 's3:GetObject*')).toEqual([
      expect.stringMatching(/^\{Data/),
      expect.stringMatching(/^\{Data/),
    ]);
  });

  test('is named in the policy of a bucket', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Data');
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [newExport({}, stack).grantPrincipal],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
      }),
    );
    const [policy] = resources(stack, 'AWS::S3::BucketPolicy').filter(({ id }) => id.startsWith('Data'));
    expect(policy?.Properties.PolicyDocument).toMatchObject({
      Statement: [{ Principal: { AWS: { 'Fn::GetAtt': [roleId(stack), 'Arn'] } } }],
    });
  });
});
