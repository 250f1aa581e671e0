import { RemovalPolicy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { NagAcknowledgements } from '../provider/nag-acknowledgements';

const ID = 'AssetBundleExportBucket';

/** The bucket of all exports of a stack that have no bucket of their own. */
export function sharedArtifactBucket(scope: IConstruct): s3.Bucket {
  const stack = Stack.of(scope);
  return (stack.node.tryFindChild(ID) as s3.Bucket | undefined) ?? newArtifactBucket(stack);
}

function newArtifactBucket(stack: Stack): s3.Bucket {
  const bucket = new s3.Bucket(stack, ID, {
    // An artifact is identified by its key and version.
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
      'Access logs require a second bucket, with its costs and its readers. To log the reads of artifacts, pass a bucket that has access logs.',
  });
  return bucket;
}

/**
 * The reasons why a bucket of this app cannot store artifacts. An imported bucket is validated by the handlers.
 *
 * An override (`addPropertyOverride`) is not visible here, because no public method of the CDK renders a resource. A bucket whose
 * versioning is an override has to set the property instead, and the handlers detect an override that turns versioning off.
 */
export function bucketProblems(bucket: s3.IBucket): string[] {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof s3.CfnBucket)) return [];
  const { versioningConfiguration: versioning } = resource;
  if (Tokenization.isResolvable(versioning)) return [];
  const status = versioning?.status ?? 'not set';
  if (status === 'Enabled' || Token.isUnresolved(status)) return [];
  return [
    `Bucket ${bucket.node.path} must have versioning enabled (it is ${status}), because an artifact is identified by the version of its ` +
      'object. Set `versioned: true` (an override of its template is not visible at synthesis), or omit `bucket` to use the bucket that the ' +
      'construct creates.',
  ];
}
