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

test('a free port can be listened on', async () => {
  await listenOn(await freePort());
});

test('a chosen port that is free passes', async () => {
  await requireFree(await freePort());
});

test('a chosen port that is taken is refused in one sentence that says what to do', async () => {
  const port = await freePort();
  await listenOn(port);
  await expect(requireFree(port)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: stop what listens there, or choose another port.`,
  );
});
