import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readBundle } from '../../../bundle/read-bundle';
import { report } from './report';

/** What of a copy is neither reading nor writing: the file's SHA-256, and its entries with theirs. */
const [file = ''] = process.argv.slice(2);

void report(async () => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  await readBundle(file);
  return hash.digest('hex');
});
