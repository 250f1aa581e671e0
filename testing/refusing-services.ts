import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The error that isComplete reports for these services. */
export const REFUSED = 'Asset bundles need the Enterprise edition of QuickSight';

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  /** The service that the signature names. */
  readonly signedFor: string;
}

export interface RefusingServices {
  readonly endpoint: string;
  readonly requests: readonly ServiceRequest[];
  stop(): void;
}

/**
 * Starts an S3 with an empty, versioned bucket and a QuickSight that refuses every request. isComplete calls both and
 * fails at its first event.
 */
export async function startRefusingServices(): Promise<RefusingServices> {
  const requests: ServiceRequest[] = [];
  const server: Server = createServer(({ method = '', url = '', headers }, response) => {
    const [, signedFor = ''] = /Credential=[^,]*\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    requests.push({ method, path: url, signedFor });
    if (url.startsWith('/accounts/')) {
      response
        .writeHead(403, { 'x-amzn-errortype': 'UnsupportedUserEditionException' })
        .end('{"Message":"Account 123456789012 is not subscribed for QuickSight"}');
    } else if (/[?&]versions/.test(url)) {
      response.writeHead(200).end('<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>');
    } else if (url.includes('versioning')) {
      response.writeHead(200).end('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
    } else {
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
