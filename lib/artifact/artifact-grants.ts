import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** What the grants are about. */
export interface GrantedArtifact {
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
  readonly key: string;
  readonly manifestKey: string;
}

/**
 * Permissions on an artifact.
 */
export class ArtifactGrants {
  /** @internal */
  public static _of(artifact: GrantedArtifact): ArtifactGrants {
    return new ArtifactGrants(artifact);
  }

  private constructor(private readonly artifact: GrantedArtifact) {}

  /**
   * Lets a principal read this artifact and its manifest, in any version, and decrypt them if they are encrypted with a KMS
   * key. The permission follows the artifact: after a new export it is for the new keys.
   *
   * @param grantee who may read them.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const { bucket, key, manifestKey } = this.artifact;
    const grant = iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resourceArns: [bucket.arnForObjects(key), bucket.arnForObjects(manifestKey)],
      resource: bucket,
    });
    const encryptionKey = this.artifact.encryptionKey ?? bucket.encryptionKey;
    return encryptionKey ? grant.combine(encryptionKey.grantDecrypt(grantee)) : grant;
  }
}
