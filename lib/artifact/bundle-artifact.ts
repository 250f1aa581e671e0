import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { AttributeName } from '../contract/export-resource';

/** The export that an artifact belongs to. */
export interface ArtifactOwner {
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
  readonly attribute: (name: AttributeName) => string;
}

/**
 * The bundle that an export stored in S3.
 *
 * All attributes except the bucket are tokens that the deployment resolves. A resource that uses one is deployed after the
 * export, and is updated when the export creates a new artifact.
 */
export class BundleArtifact {
  /** @internal */
  public static _of(owner: ArtifactOwner): BundleArtifact {
    return new BundleArtifact(owner);
  }

  /**
   * Permissions on the artifact.
   */
  public readonly grants: BundleArtifactGrants;

  private constructor(private readonly owner: ArtifactOwner) {
    this.grants = BundleArtifactGrants._of(owner);
  }

  /**
   * The bucket of the artifact.
   */
  public get bucket(): s3.IBucket {
    return this.owner.bucket;
  }

  /**
   * Name of the bucket, as an attribute of the export. A resource that uses it is deployed after the export.
   */
  public get bucketName(): string {
    return this.owner.attribute('ArtifactBucket');
  }

  /**
   * Key of the artifact: the prefix and `assetbundle-{JobId}.qs`, or `.json` for a template. Each export has a new key.
   */
  public get key(): string {
    return this.owner.attribute('ArtifactKey');
  }

  /**
   * Version id of the object.
   */
  public get versionId(): string {
    return this.owner.attribute('ArtifactVersionId');
  }

  /**
   * URI of the artifact: `s3://{bucket}/{key}`.
   */
  public get s3Uri(): string {
    return this.owner.attribute('ArtifactS3Uri');
  }

  /**
   * SHA-256 of the artifact, in hexadecimal.
   */
  public get sha256(): string {
    return this.owner.attribute('ArtifactSha256');
  }

  /**
   * Size of the artifact in bytes.
   */
  public get size(): string {
    return this.owner.attribute('ArtifactSize');
  }

  /**
   * SHA-256 of the content of the bundle, in hexadecimal. It is the same for the same definitions, regardless of the order,
   * the compression and the times in the file.
   */
  public get contentDigest(): string {
    return this.owner.attribute('ContentDigest');
  }

  /**
   * Key of the manifest in the same bucket. The manifest is a JSON object with the description of the export job, without its
   * DownloadUrl, and with the assets in the bundle.
   */
  public get manifestKey(): string {
    return this.owner.attribute('ManifestKey');
  }
}

/**
 * Permissions on an artifact.
 */
export class BundleArtifactGrants {
  /** @internal */
  public static _of(owner: ArtifactOwner): BundleArtifactGrants {
    return new BundleArtifactGrants(owner);
  }

  private constructor(private readonly owner: ArtifactOwner) {}

  /**
   * Grants read permission for the artifact and its manifest, in all their versions. If they are encrypted with a KMS key, the
   * principal may also decrypt with that key. After a new export, the permission applies to the new keys.
   *
   * @param grantee The principal.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const { bucket, attribute } = this.owner;
    const grant = iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resourceArns: [attribute('ArtifactKey'), attribute('ManifestKey')].map((key) => bucket.arnForObjects(key)),
      resource: bucket,
    });
    const encryptionKey = this.owner.encryptionKey ?? bucket.encryptionKey;
    return encryptionKey ? grant.combine(encryptionKey.grantDecrypt(grantee)) : grant;
  }
}
