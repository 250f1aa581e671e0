import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

/**
 * The services of AWS over TLS, in a process of its own. Prints two origins: that of S3, which forwards to `s3Port`, and that of
 * QuickSight, which serves the files of `folder` and forwards everything else to `quickSightPort`.
 */
const [certificate = '', key = '', s3Port = '', quickSightPort = '', folder = ''] = process.argv.slice(2);

const tls = { cert: readFileSync(certificate), key: readFileSync(key) };

const s3 = createTlsServer(tls, (client) => {
  const server = connect({ host: '127.0.0.1', port: Number(s3Port), noDelay: true });
  pipeline(client, server, client, () => {});
});

const quickSight = createHttpsServer(tls, (incoming, response) => {
  const { pathname } = new URL(incoming.url ?? '/', 'https://quicksight');
  const file = join(folder, basename(pathname));
  if (pathname.endsWith('.qs') && existsSync(file)) serve(file, response);
  else forward(incoming, response);
});
quickSight.keepAliveTimeout = 120_000;

function serve(file: string, response: ServerResponse): void {
  const headers = { 'content-length': statSync(file).size, etag: `"${basename(file)}"`, 'accept-ranges': 'bytes' };
  response.writeHead(200, headers);
  pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), response, () => {});
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port: Number(quickSightPort), method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  pipeline(incoming, outgoing, () => {});
}

const origin = (server: Server): string => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

s3.listen(0, '127.0.0.1', () =>
  quickSight.listen(0, '127.0.0.1', () => console.log(`${origin(s3)} ${origin(quickSight)}`)),
);
