import { closeSync, openSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { report } from './report';

/** The lower bound of a download to a file: writes the bytes of a socket, HTTP headers included. */
const [link = '', file = ''] = process.argv.slice(2);

void report(
  () =>
    new Promise<void>((resolve, reject) => {
      const { hostname: host, port, pathname } = new URL(link);
      const out = openSync(file, 'w');
      const callback = (length: number, bytes: Uint8Array): boolean => {
        writeSync(out, bytes, 0, length);
        return true;
      };
      const socket = connect({ host, port: Number(port), onread: { buffer: Buffer.alloc(256 * 1024), callback } });
      socket
        .once('error', reject)
        .once('end', () => socket.end())
        .once('close', () => {
          closeSync(out);
          resolve();
        });
      socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    }),
);
