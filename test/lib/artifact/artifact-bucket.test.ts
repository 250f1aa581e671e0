import { App, Fn, Lazy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newExport, newStack } from '../support';

describe('the bucket of the stack', () => {
  const template = () => {
    const stack = newStack();
    newExport({}, stack);
    return Template.fromStack(stack);
  };

  test('is versioned, encrypted, private and retained', () => {
    template().hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
    });
  });

  test('denies requests without TLS', () => {
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });
});

describe('synthesis', () => {
  const synthesis =
    (configure: (bucket: s3.CfnBucket) => void, props: s3.BucketProps = {}) =>
    () => {
      const stack = newStack();
      const bucket = new s3.Bucket(stack, 'Bucket', props);
      newExport({ bucket }, stack);
      configure(bucket.node.defaultChild as s3.CfnBucket);
      App.of(stack)?.synth();
    };

  test('rejects a bucket of the app without versioning', () => {
    expect(synthesis(() => {})).toThrow(
      /\[Stack\/Sales\] Bucket Stack\/Bucket must have versioning enabled \(it is not set\), .* Set `versioned: true`/,
    );
    expect(synthesis(() => {}, { versioned: true })).not.toThrow();
  });

  test('validates the versioning that is set after the export was created', () => {
    const setStatus = (status: string) => (bucket: s3.CfnBucket) => {
      bucket.versioningConfiguration = { status };
    };
    expect(synthesis(setStatus('Enabled'))).not.toThrow();
    expect(synthesis(setStatus('Suspended'), { versioned: true })).toThrow(
      'must have versioning enabled (it is Suspended)',
    );
  });

  test.each<[string, s3.CfnBucket['versioningConfiguration']]>([
    ['a configuration', Lazy.any({ produce: () => undefined })],
    ['a status', { status: Fn.ref('Versioning') }],
  ])('does not validate %s that is an unresolved token', (_, configuration) => {
    expect(
      synthesis((bucket) => {
        bucket.versioningConfiguration = configuration;
      }),
    ).not.toThrow();
  });

  test('requires the property where the versioning is an override', () => {
    const override = (bucket: s3.CfnBucket) => bucket.addPropertyOverride('VersioningConfiguration.Status', 'Enabled');
    expect(synthesis(override)).toThrow('an override of its template is not visible at synthesis');
    expect(synthesis(override, { versioned: true })).not.toThrow();
  });
});
