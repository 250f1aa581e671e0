import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A free port of the loopback interface. Another process may bind it before the caller does. */
export function freePort(): Promise<number> {
  return bind(0);
}

/** @throws Error if the port cannot be bound. */
export async function requireFree(port: number): Promise<void> {
  try {
    await bind(port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} on ${LOOPBACK} is already in use. Stop the process that listens on it, or choose another port.`
        : `Port ${port} on ${LOOPBACK} cannot be used (${message}). Choose another port.`,
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
