import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { S3Client } from '@aws-sdk/client-s3';

/** A received request. */
export interface S3Request {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface S3Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Close the connection before the last byte. */
  readonly cutShort?: boolean;
}

interface Version {
  readonly versionId: string;
  readonly isDeleteMarker?: boolean;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

/** Keeps the SDK's warnings about streams out of the output of the tests. */
export const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const LAST_MODIFIED = '2026-11-24T12:00:00.000Z';

const KEPT = /^(content-type|x-amz-meta-|x-amz-server-side-encryption)/;

export const s3Error = (status: number, code: string, message = 'On demand.'): S3Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const xml = (name: string, content: string): S3Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>`,
});

/**
 * The part of S3 that the artifact store uses, in memory: one bucket with any name. The integration tests against MiniStack show
 * differences to another implementation.
 */
export class S3Server {
  /** The time of the last change of every object, in milliseconds since the epoch. */
  public static readonly MODIFIED_TIME = Date.parse(LAST_MODIFIED);
  public readonly requests: S3Request[] = [];
  public versioning: string | undefined = 'Enabled';
  public pageSize = 2;
  /** A HEAD in checksum mode returns the SHA-256. */
  public reportsChecksums = true;
  /** The version id in the response to a PUT. */
  public reportsVersion: (versionId: string) => string | undefined = (versionId) => versionId;
  /** Answers in the place of S3. */
  public instead: (request: S3Request) => S3Reply | undefined = () => undefined;
  private readonly objects = new Map<string, Version[]>();
  private count = 0;
  private readonly server = createServer((request, response) => {
    // An aborted request needs no answer.
    void this.answer(request)
      .catch(() => undefined)
      .then((reply) => {
        if (!reply) return;
        const { status, headers = {}, body = '', cutShort } = reply;
        if (cutShort) {
          response
            .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + 1 })
            .write(body, () => response.destroy());
          return;
        }
        response
          .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
          .end(request.method === 'HEAD' ? undefined : body);
      });
  });

  public async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public client(more: S3ClientConfig = {}): S3Client {
    return new S3Client({
      endpoint: this.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
      maxAttempts: 1,
      logger: SILENT,
      ...more,
    });
  }

  /** The versions of a key, the oldest first. */
  public versions(key: string): readonly Version[] {
    return this.objects.get(key) ?? [];
  }

  public put(
    key: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
    versionId = `v${++this.count}`,
  ): string {
    this.objects.set(key, [...this.versions(key), { versionId, body: Buffer.from(body), headers }]);
    return versionId;
  }

  private async answer(message: IncomingMessage): Promise<S3Reply> {
    const url = new URL(message.url ?? '', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const request = {
      method: message.method ?? '',
      key,
      query: url.searchParams,
      headers: message.headers,
      body: await buffer(message),
    };
    this.requests.push(request);
    return this.instead(request) ?? (key === '' ? this.ofBucket(request) : this.ofObject(request));
  }

  private ofBucket({ query }: S3Request): S3Reply {
    if (query.has('versioning'))
      return xml('VersioningConfiguration', this.versioning ? `<Status>${this.versioning}</Status>` : '');
    const prefix = query.get('prefix') ?? '';
    const all = [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .flatMap(([key, versions]) =>
        versions.map((version) => ({ ...version, key, isLatest: version === versions.at(-1) })),
      );
    const from = query.has('key-marker')
      ? all.findIndex(({ versionId }) => versionId === query.get('version-id-marker')) + 1
      : 0;
    const page = all.slice(from, from + this.pageSize);
    const more = from + page.length < all.length;
    return xml(
      'ListVersionsResult',
      [
        `<IsTruncated>${more}</IsTruncated>`,
        ...(more
          ? [
              `<NextKeyMarker>${page.at(-1)?.key}</NextKeyMarker><NextVersionIdMarker>${page.at(-1)?.versionId}</NextVersionIdMarker>`,
            ]
          : []),
        ...page.map(({ key, versionId, isLatest, isDeleteMarker }) => {
          const element = isDeleteMarker ? 'DeleteMarker' : 'Version';
          return `<${element}><Key>${key}</Key><VersionId>${versionId}</VersionId><IsLatest>${isLatest}</IsLatest><LastModified>${LAST_MODIFIED}</LastModified></${element}>`;
        }),
      ].join(''),
    );
  }

  private ofObject(request: S3Request): S3Reply {
    const { method, key, query, headers } = request;
    if (method === 'PUT') return this.write(request);
    if (method === 'DELETE' && !query.has('versionId')) return this.hide(key);
    const version = this.versions(key).find(
      ({ versionId }) => versionId === (query.get('versionId') ?? this.versions(key).at(-1)?.versionId),
    );
    if (!version) return s3Error(404, query.has('versionId') ? 'NoSuchVersion' : 'NoSuchKey');
    if (version.isDeleteMarker && method !== 'DELETE') return s3Error(405, 'MethodNotAllowed');
    if (method === 'DELETE') {
      this.objects.set(
        key,
        this.versions(key).filter((one) => one !== version),
      );
      return { status: 204 };
    }
    const reply = content(request, version);
    const isReported = method === 'HEAD' && headers['x-amz-checksum-mode'] === 'ENABLED' && this.reportsChecksums;
    return isReported
      ? { ...reply, headers: { ...reply.headers, 'x-amz-checksum-sha256': sha256Of(version.body) } }
      : reply;
  }

  /** Hides an object behind a delete marker. */
  public hide(key: string): S3Reply {
    const marker = { versionId: `v${++this.count}`, isDeleteMarker: true, body: Buffer.alloc(0), headers: {} };
    this.objects.set(key, [...this.versions(key), marker]);
    return { status: 204, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } };
  }

  private write(request: S3Request): S3Reply {
    const { key, headers, body } = request;
    const current = this.versions(key).at(-1);
    if (headers['if-none-match'] === '*' && current && !current.isDeleteMarker)
      return s3Error(412, 'PreconditionFailed');
    const checksum = headers['x-amz-checksum-sha256'];
    if (checksum !== undefined && checksum !== sha256Of(body)) return s3Error(400, 'BadDigest');
    const versionId = this.put(key, body, keptHeaders(request));
    const reported = this.versioning && this.reportsVersion(versionId);
    return { status: 200, headers: { etag: '"e"', ...(reported && { 'x-amz-version-id': reported }) } };
  }
}

const sha256Of = (body: Buffer): string => createHash('sha256').update(body).digest('base64');

const keptHeaders = ({ headers }: S3Request): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => KEPT.test(name))
      .map(([name, value]) => [name, String(value)]),
  );

function content({ headers }: S3Request, { body, headers: kept, versionId }: Version): S3Reply {
  const etag = `"${versionId}"`;
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return s3Error(412, 'PreconditionFailed');
  const always = { etag, 'x-amz-version-id': versionId, ...kept };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, headers: always, body };
  const [start, end] = [Number(range[1]), range[2] ? Number(range[2]) + 1 : body.length];
  return {
    status: 206,
    headers: { ...always, 'content-range': `bytes ${start}-${Math.min(end, body.length) - 1}/${body.length}` },
    body: body.subarray(start, end),
  };
}
