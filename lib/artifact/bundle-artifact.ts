import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ArtifactGrants } from './artifact-grants';

/** What an artifact is made of; the texts are attributes of the custom resource. */
export interface ArtifactIdentity {
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
  readonly bucketName: string;
  readonly key: string;
  readonly manifestKey: string;
  readonly versionId: string;
  readonly s3Uri: string;
  readonly sha256: string;
  readonly size: string;
}

/**
 * The bundle that an export has put into S3.
 *
 * Everything but the bucket is known during the deployment only: these are tokens, and what uses them is deployed after the
 * export and updated when there is a new artifact.
 */
export class Artifact {
  /** @internal */
  public static _of(identity: ArtifactIdentity): Artifact {
    return new Artifact(identity);
  }

  /** The bucket that the artifact lies in. */
  public readonly bucket: s3.IBucket;

  /** The name of that bucket, as the export reports it: what uses it waits for the export. */
  public readonly bucketName: string;

  /** The key of the artifact. Each export writes a key of its own. */
  public readonly key: string;

  /** The version of the object. */
  public readonly versionId: string;

  /** The artifact as `s3://{bucket}/{key}`. */
  public readonly s3Uri: string;

  /** The SHA-256 of the artifact's bytes, in hexadecimal. */
  public readonly sha256: string;

  /** The artifact's length in bytes. */
  public readonly size: string;

  /** The key of the manifest, the JSON object beside the artifact that says everything about its export. */
  public readonly manifestKey: string;

  /** Who may do what with this artifact. */
  public readonly grants: ArtifactGrants;

  private constructor(identity: ArtifactIdentity) {
    this.bucket = identity.bucket;
    this.bucketName = identity.bucketName;
    this.key = identity.key;
    this.versionId = identity.versionId;
    this.s3Uri = identity.s3Uri;
    this.sha256 = identity.sha256;
    this.size = identity.size;
    this.manifestKey = identity.manifestKey;
    this.grants = ArtifactGrants._of(identity);
  }

  /**
   * Lets a principal read the artifact and its manifest; the same as `grants.read`.
   *
   * @param grantee who may read them.
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.grants.read(grantee);
  }
}
