import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port of the loopback interface that is free now. Another process may take it before it is used. */
export function freePort(): Promise<number> {
  return bind(0);
}

/** Throws one sentence when a port that somebody chose is taken. */
export async function requireFree(port: number): Promise<void> {
  try {
    await bind(port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} on ${LOOPBACK} is taken: stop what listens there, or choose another port.`
        : `Port ${port} on ${LOOPBACK} cannot be used (${message}): choose another port.`,
      { cause: error },
    );
  }
}

function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => resolve(bound));
    });
  });
}
