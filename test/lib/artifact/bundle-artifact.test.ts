import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AssetBundleExportProps } from '../support';
import { newApp, newExport, newStack, resources, text } from '../support';

test('an artifact says where it lies and what it is', () => {
  const stack = newStack();
  const sales = newExport({}, stack);
  const { artifact } = sales;
  expect(artifact.bucket).toBeInstanceOf(s3.Bucket);
  expect([
    artifact.bucketName,
    artifact.key,
    artifact.versionId,
    artifact.s3Uri,
    artifact.sha256,
    artifact.size,
    artifact.manifestKey,
  ]).toEqual([
    sales.artifactBucketName,
    sales.artifactKey,
    sales.artifactVersionId,
    sales.artifactS3Uri,
    sales.artifactSha256,
    sales.artifactSize,
    sales.manifestKey,
  ]);
});

test('the bucket of an artifact is the one that was given', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'artifacts');
  expect(newExport({ bucket }, stack).artifact.bucket).toBe(bucket);
  expect(resources(stack, 'AWS::S3::Bucket')).toEqual([]);
});

/** What a role may do that is granted to read the artifact. */
function granted(props: (stack: ReturnType<typeof newStack>) => Partial<AssetBundleExportProps>) {
  const stack = newStack();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  newExport(props(stack), stack).artifact.grants.read(role);
  const [policy] = resources(stack, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Reader'));
  return (policy?.Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement;
}

test('who may read an artifact may read it and its manifest, and nothing else', () => {
  const [statement, ...more] = granted((stack) => ({ bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'artifacts') }));
  expect(more).toEqual([]);
  expect(statement?.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
  expect((statement?.Resource as unknown[]).map(text)).toEqual([
    expect.stringMatching(/^arn:\{AWS::Partition\}:s3:::artifacts\/\{Sales\w+\.ArtifactKey\}$/),
    expect.stringMatching(/^arn:\{AWS::Partition\}:s3:::artifacts\/\{Sales\w+\.ManifestKey\}$/),
  ]);
});

test.each<[string, (stack: ReturnType<typeof newStack>) => Partial<AssetBundleExportProps>]>([
  [
    'of its own',
    (stack) => ({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k') }),
  ],
  [
    'of its bucket',
    (stack) => ({
      bucket: new s3.Bucket(stack, 'Bucket', { versioned: true, encryptionKey: new kms.Key(stack, 'Key') }),
    }),
  ],
])('who may read an artifact may use the key %s', (_, props) => {
  expect(granted(props).map(({ Action }) => Action)).toEqual([['s3:GetObject', 's3:GetObjectVersion'], 'kms:Decrypt']);
});

test('grantRead is grants.read', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  expect(newExport({}, stack).artifact.grantRead(role).success).toBe(true);
  expect(resources(stack, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Reader'))).toHaveLength(1);
});

test('a principal of another account is let in by the bucket', () => {
  const stack = newStack();
  newExport({}, stack).artifact.grants.read(new iam.ArnPrincipal('arn:aws:iam::999999999999:role/reader'));
  const statements = resources(stack, 'AWS::S3::BucketPolicy').flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement,
  );
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:role/reader' },
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
    }),
  );
});

test('a role of another stack can be let in', () => {
  const app = newApp();
  const source = newStack(undefined, app, 'Source');
  const target = newStack(undefined, app, 'Target');
  const sales = newExport({}, source);
  sales.artifact.grants.read(new iam.Role(target, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(JSON.stringify(Template.fromStack(target).toJSON())).toMatch(/Fn::ImportValue":"Source:\w+ArtifactKey/);
});
