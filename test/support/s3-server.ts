import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';

/** A request as it came over the wire. */
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
}

interface Version {
  readonly versionId: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

const KEPT = /^(content-type|x-amz-meta-|x-amz-server-side-encryption)/;

export const s3Error = (status: number, code: string, message = 'On demand.'): S3Reply =>
  ({ status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>` });

const xml = (name: string, content: string): S3Reply => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>` });

/** As much of S3 as an artifact store asks for, one bucket of any name, in memory. What the real one does otherwise shows in the integration tests. */
export class S3Server {
  readonly requests: S3Request[] = [];
  readonly uploads = new Map<string, { key: string; parts: Map<number, Buffer>; headers: Record<string, string> }>();
  versioning: string | undefined = 'Enabled';
  pageSize = 2;
  /** Answers in the place of S3. */
  instead: (request: S3Request) => S3Reply | undefined = () => undefined;
  private readonly objects = new Map<string, Version[]>();
  private count = 0;
  private readonly server = createServer((request, response) => {
    void this.answer(request).then(({ status, headers = {}, body = '' }) => response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(request.method === 'HEAD' ? undefined : body));
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  client(more: S3ClientConfig = {}): S3Client {
    return new S3Client({ endpoint: this.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, forcePathStyle: true, maxAttempts: 1, ...more });
  }

  /** The versions of a key, the oldest first. */
  versions(key: string): readonly Version[] {
    return this.objects.get(key) ?? [];
  }

  put(key: string, body: string | Buffer, headers: Record<string, string> = {}): string {
    const versionId = `v${++this.count}`;
    this.objects.set(key, [...this.versions(key), { versionId, body: Buffer.from(body), headers }]);
    return versionId;
  }

  private async answer(message: IncomingMessage): Promise<S3Reply> {
    const url = new URL(message.url ?? '', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const request = { method: message.method ?? '', key, query: url.searchParams, headers: message.headers, body: await buffer(message) };
    this.requests.push(request);
    return this.instead(request) ?? (key === '' ? this.ofBucket(request) : this.ofObject(request));
  }

  private ofBucket({ query }: S3Request): S3Reply {
    if (query.has('versioning')) return xml('VersioningConfiguration', this.versioning ? `<Status>${this.versioning}</Status>` : '');
    const prefix = query.get('prefix') ?? '';
    if (query.has('uploads')) {
      const found = [...this.uploads].filter(([, { key }]) => key.startsWith(prefix));
      return xml('ListMultipartUploadsResult', found.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`).join(''));
    }
    const all = [...this.objects].filter(([key]) => key.startsWith(prefix)).flatMap(([key, versions]) => versions.map(({ versionId }) => ({ key, versionId })));
    const from = query.has('key-marker') ? all.findIndex(({ versionId }) => versionId === query.get('version-id-marker')) + 1 : 0;
    const page = all.slice(from, from + this.pageSize);
    const more = from + page.length < all.length;
    return xml('ListVersionsResult', [
      `<IsTruncated>${more}</IsTruncated>`,
      ...(more ? [`<NextKeyMarker>${page.at(-1)?.key}</NextKeyMarker><NextVersionIdMarker>${page.at(-1)?.versionId}</NextVersionIdMarker>`] : []),
      ...page.map(({ key, versionId }) => `<Version><Key>${key}</Key><VersionId>${versionId}</VersionId></Version>`),
    ].join(''));
  }

  private ofObject(request: S3Request): S3Reply {
    const { method, key, query } = request;
    if (query.has('uploads') || query.has('uploadId')) return this.ofUpload(request);
    if (method === 'PUT') return this.write(request, request.body, keptHeaders(request));
    const version = this.versions(key).find(({ versionId }) => versionId === (query.get('versionId') ?? this.versions(key).at(-1)?.versionId));
    if (!version) return s3Error(404, 'NoSuchKey');
    if (method === 'DELETE') {
      this.objects.set(key, this.versions(key).filter((one) => one !== version));
      return { status: 204 };
    }
    return content(request, version);
  }

  private ofUpload(request: S3Request): S3Reply {
    const { method, key, query, body } = request;
    const id = query.get('uploadId') ?? `upload-${++this.count}`;
    if (query.has('uploads')) {
      this.uploads.set(id, { key, parts: new Map(), headers: keptHeaders(request) });
      return xml('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`);
    }
    const upload = this.uploads.get(id);
    if (!upload) return s3Error(404, 'NoSuchUpload');
    const number = Number(query.get('partNumber'));
    if (method === 'PUT') {
      upload.parts.set(number, body);
      return { status: 200, headers: { etag: `"part-${number}"` } };
    }
    this.uploads.delete(id);
    if (method === 'DELETE') return { status: 204 };
    const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, part]) => part);
    const { status, headers } = this.write(request, Buffer.concat(parts), upload.headers);
    return status === 200 ? { ...xml('CompleteMultipartUploadResult', '<ETag>"whole"</ETag>'), ...(headers && { headers }) } : s3Error(status, 'PreconditionFailed');
  }

  private write({ key, headers }: S3Request, body: Buffer, kept: Record<string, string>): S3Reply {
    if (headers['if-none-match'] === '*' && this.versions(key).length > 0) return s3Error(412, 'PreconditionFailed');
    const versionId = this.put(key, body, kept);
    return { status: 200, headers: { etag: '"e"', ...(this.versioning && { 'x-amz-version-id': versionId }) } };
  }
}

const keptHeaders = ({ headers }: S3Request): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)).map(([name, value]) => [name, String(value)]));

function content({ headers }: S3Request, { body, headers: kept, versionId }: Version): S3Reply {
  const etag = `"${versionId}"`;
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) return s3Error(412, 'PreconditionFailed');
  const always = { etag, 'x-amz-version-id': versionId, ...kept };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, headers: always, body };
  const [start, end] = [Number(range[1]), range[2] ? Number(range[2]) + 1 : body.length];
  return { status: 206, headers: { ...always, 'content-range': `bytes ${start}-${Math.min(end, body.length) - 1}/${body.length}` }, body: body.subarray(start, end) };
}
