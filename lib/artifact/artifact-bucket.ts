import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { NagAcknowledgements } from '../provider/nag-acknowledgements';

const ID = 'AssetBundleExportBucket';

/** The bucket that all exports of a stack share unless they are given one: a further export brings no further bucket. */
export function sharedArtifactBucket(scope: IConstruct): s3.Bucket {
  const stack = Stack.of(scope);
  return (stack.node.tryFindChild(ID) as s3.Bucket | undefined) ?? newArtifactBucket(stack);
}

function newArtifactBucket(stack: Stack): s3.Bucket {
  const bucket = new s3.Bucket(stack, ID, {
    // An artifact is named by key and version.
    versioned: true,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  new NagAcknowledgements(bucket).add({
    rule: 'AwsSolutions-S1',
    reason:
      'Access logs need a second bucket, and somebody who reads them and pays for them: exports whose reads are to be logged are ' +
      'given a bucket that does so.',
  });
  return bucket;
}

interface BucketTemplate {
  readonly Resources: Record<
    string,
    { readonly Properties?: { readonly VersioningConfiguration?: { readonly Status?: unknown } } }
  >;
}

/** Why a bucket that this app creates cannot take artifacts. Of an imported bucket only the handlers can tell. */
export function bucketProblems(bucket: s3.IBucket): string[] {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof s3.CfnBucket)) return [];
  // As the template will have it, with overrides.
  const rendered = Stack.of(resource).resolve(
    (resource as unknown as { _toCloudFormation(): object })._toCloudFormation(),
  ) as BucketTemplate;
  const status = Object.values(rendered.Resources)[0]?.Properties?.VersioningConfiguration?.Status;
  // An intrinsic function is decided during the deployment.
  if (status === 'Enabled' || typeof status === 'object') return [];
  return [
    `The bucket ${bucket.node.path} is not versioned, but an artifact is named by the version of its object: create the bucket with ` +
      'versioned: true, or leave it out to use one that the construct makes.',
  ];
}
