import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What isComplete says of an account that these services are of. */
export const REFUSED = 'Asset bundles need the Enterprise edition of QuickSight';

/**
 * S3 with a bucket that keeps versions and has no object, and QuickSight that refuses: so that isComplete has used both, and
 * is done, when it has answered once.
 */
export async function startServices(): Promise<{ endpoint: string; stop(): void }> {
  const server: Server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/accounts/')) {
      response
        .writeHead(403, { 'x-amzn-errortype': 'UnsupportedUserEditionException' })
        .end('{"Message":"Standard edition"}');
    } else if (url.includes('versioning')) {
      response.writeHead(200).end('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');
    } else {
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>There is none</Message></Error>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
