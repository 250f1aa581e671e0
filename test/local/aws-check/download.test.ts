import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { downloadReport } from '../../../local/aws-check/download';
import { ScriptedServer } from '../../support/scripted-server';

const FILE = Buffer.from('x'.repeat(150));
const SHA256 = createHash('sha256').update(FILE).digest('hex');
const SECRET = 'folder/job.qs?X-Amz-Signature=secret';

let server: ScriptedServer;
let links: number;
beforeEach(async () => {
  server = await new ScriptedServer().start();
  links = 0;
});
afterEach(() => server.stop());

const report = () => downloadReport(async () => `${server.url}/${SECRET}&link=${++links}`, SHA256);

/** A server of one file, with or without ranges. */
const fileServer =
  (ranges: boolean) =>
  ({ headers: { range, 'if-range': ifRange } }: IncomingMessage, response: ServerResponse) => {
    const etag = '"the-etag"';
    const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    if (!ranges || start === undefined || (ifRange !== undefined && ifRange !== etag)) {
      response.writeHead(200, ranges ? { etag } : {}).end(FILE);
      return;
    }
    response.writeHead(206, { etag }).end(FILE.subarray(Number(start), end === '' ? undefined : Number(end) + 1));
  };

test('a server with ranges', async () => {
  server.answer = fileServer(true);
  const found = await report();
  expect(found).toMatchObject({
    scheme: 'http',
    host: new URL(server.url).host,
    sameBytes: true,
    rangesJoin: true,
    secondLink: { sameHost: true, sameEtag: true },
  });
  expect(found.responses.map(({ request, status, receivedBytes }) => [request, status, receivedBytes])).toEqual([
    ['GET', 200, 150],
    ['GET, Range: bytes=0-99', 206, 100],
    ['GET, Range: bytes=100-, If-Range: the ETag', 206, 50],
    ['GET, Range: bytes=0-0, If-Range: another ETag', 200, 150],
    ['GET, Range: bytes=0-0, another link', 206, 1],
  ]);
  expect(JSON.stringify(found)).not.toMatch(/secret|folder/);
});

test('a server without ranges and without an ETag', async () => {
  server.answer = fileServer(false);
  const found = await report();
  expect(found).toMatchObject({ sameBytes: true, rangesJoin: false, secondLink: { sameEtag: false } });
  expect(found.responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('a redirect is reported and not followed', async () => {
  server.answer = (_, response) => response.writeHead(307, { location: `${server.url}/other?X-Amz-Signature=x` }).end();
  const found = await report();
  expect(found.responses.map(({ status }) => status)).toEqual([307, 307, 307, 307, 307]);
  expect(server.requests.every(({ url }) => url?.startsWith('/folder'))).toBe(true);
  expect(JSON.stringify(found)).not.toMatch(/secret|X-Amz/);
});

test('the error of a broken connection contains nothing of the link', async () => {
  server.answer = ({ socket }) => socket.destroy();
  await expect(report()).rejects.toThrow(/^GET: ECONNRESET$/);
});

test('a link of another scheme is reported with its host', async () => {
  await expect(downloadReport(async () => 's3://service-bucket/secret-key', SHA256)).rejects.toThrow(
    /^The link has the scheme s3 and the host service-bucket\.$/,
  );
});

test('an answer without a link is an error', async () => {
  await expect(downloadReport(async () => '', SHA256)).rejects.toThrow();
});
