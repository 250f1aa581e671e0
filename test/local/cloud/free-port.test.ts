import { once } from 'node:events';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { freePort, requireFree } from '../../../local/cloud/free-port';

let server: Server | undefined;

afterEach(() => server?.close());

async function listenOn(port: number): Promise<void> {
  server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
}

test('freePort returns a port that can be bound', async () => {
  await listenOn(await freePort());
});

test('requireFree accepts a free port', async () => {
  await requireFree(await freePort());
});

test('requireFree rejects a port that is in use', async () => {
  const port = await freePort();
  await listenOn(port);
  await expect(requireFree(port)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is already in use. Stop the process that listens on it, or choose another port.`,
  );
});
