import { randomBytes } from 'node:crypto';
import type { Artifact } from './artifact';

/** A DownloadUrl is valid for five minutes from the Describe that returned it. */
export const LINK_SECONDS = 300;

/** The file of a job in the service's bucket. */
export interface StoredObject {
  /** Path below the origin: `/{bucket}/{key}`. */
  readonly path: string;
  readonly region: string;
  readonly artifact: () => Promise<Artifact>;
  /** Puts the object into the bucket that an `s3://` link names. */
  readonly upload: () => Promise<void>;
  /** Time of the deletion, in milliseconds since 1970. */
  readonly deletedAt: number;
}

export type LinkCheck = 'valid' | 'wrong' | { readonly expiredAt: number };

/** The objects in the service's bucket, and the presigned links to them. */
export class Links {
  private readonly objects = new Map<string, StoredObject>();
  private readonly signatures = new Map<string, { path: string; query: string; expires: number }>();

  public constructor(private readonly now: () => number) {}

  public put(object: StoredObject): void {
    for (const [path, { deletedAt }] of this.objects) if (deletedAt <= this.now()) this.objects.delete(path);
    for (const [signature, { path }] of this.signatures) if (!this.objects.has(path)) this.signatures.delete(signature);
    this.objects.set(object.path, object);
  }

  public object(path: string): StoredObject | undefined {
    const object = this.objects.get(path);
    return object && object.deletedAt > this.now() ? object : undefined;
  }

  /** Path and query of a new link to an object. */
  public sign({ path, region }: StoredObject): string {
    const signature = randomBytes(32).toString('hex');
    const date = new Date(this.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': date,
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': String(LINK_SECONDS),
      'X-Amz-Credential': `STANDIN/${date.slice(0, 8)}/${region}/s3/aws4_request`,
      'X-Amz-Signature': signature,
    }).toString();
    this.signatures.set(signature, { path, query, expires: this.now() + LINK_SECONDS * 1000 });
    return `${path}?${query}`;
  }

  public check(path: string, query: URLSearchParams): LinkCheck {
    const signed = this.signatures.get(query.get('X-Amz-Signature') ?? '');
    if (!signed || signed.path !== path || signed.query !== query.toString()) return 'wrong';
    return this.now() < signed.expires ? 'valid' : { expiredAt: signed.expires };
  }
}
