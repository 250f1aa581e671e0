import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AssetBundleExportProps } from '../support';
import { newApp, newExport, newStack, resources, text } from '../support';

test('the bucket of an artifact is the bucket of the export', () => {
  expect(newExport().artifact.bucket).toBeInstanceOf(s3.Bucket);
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'artifacts');
  expect(newExport({ bucket }, stack).artifact.bucket).toBe(bucket);
  expect(resources(stack, 'AWS::S3::Bucket')).toEqual([]);
});

/** The statements of a role that may read the artifact. */
function readStatements(props: (stack: ReturnType<typeof newStack>) => Partial<AssetBundleExportProps>) {
  const stack = newStack();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  expect(newExport(props(stack), stack).artifact.grants.read(role).success).toBe(true);
  const [policy] = resources(stack, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Reader'));
  return (policy?.Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement;
}

test('grants.read allows a role to read the artifact and its manifest, and nothing else', () => {
  const [statement, ...more] = readStatements((stack) => ({
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'artifacts'),
  }));
  expect(more).toEqual([]);
  expect(statement?.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
  expect((statement?.Resource as unknown[]).map(text)).toEqual([
    expect.stringMatching(/^arn:\{AWS::Partition\}:s3:::artifacts\/\{Sales\w+\.ArtifactKey\}$/),
    expect.stringMatching(/^arn:\{AWS::Partition\}:s3:::artifacts\/\{Sales\w+\.ManifestKey\}$/),
  ]);
});

test.each<[string, (stack: ReturnType<typeof newStack>) => Partial<AssetBundleExportProps>]>([
  [
    'the export',
    (stack) => ({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k') }),
  ],
  [
    'the bucket',
    (stack) => ({
      bucket: new s3.Bucket(stack, 'Bucket', { versioned: true, encryptionKey: new kms.Key(stack, 'Key') }),
    }),
  ],
])('grants.read allows a role to decrypt with the key of %s', (_, props) => {
  expect(readStatements(props).map(({ Action }) => Action)).toEqual([
    ['s3:GetObject', 's3:GetObjectVersion'],
    'kms:Decrypt',
  ]);
});

test('grants.read for a principal of another account is in the policy of the bucket', () => {
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

test('grants.read accepts a role of another stack', () => {
  const app = newApp();
  const source = newStack(undefined, app, 'Source');
  const target = newStack(undefined, app, 'Target');
  const sales = newExport({}, source);
  sales.artifact.grants.read(new iam.Role(target, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(JSON.stringify(Template.fromStack(target).toJSON())).toMatch(/Fn::ImportValue":"Source:\w+ArtifactKey/);
});
