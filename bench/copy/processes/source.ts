import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';

/** Serves the files of a folder as S3 does: with length, ETag and ranges. Prints its origin. */
const [folder = '.'] = process.argv.slice(2);

const server = createServer(({ url = '/', headers }, response) => {
  const file = join(folder, basename(new URL(url, 'http://source').pathname));
  const size = statSync(file).size;
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Number(range[2]) : size - 1;
  response.writeHead(range ? 206 : 200, {
    'content-length': end - start + 1,
    etag: `"${basename(file)}"`,
    'accept-ranges': 'bytes',
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  if (size === 0) response.end();
  else pipeline(createReadStream(file, { start, end, highWaterMark: 1024 * 1024 }), response, () => {});
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
