import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { StoredFile } from '../../../bundle/stored-file';
import { zipEntries } from '../../../bundle/zip-bundle';
import { report } from './report';

/** What of a copy is neither reading nor writing: the file's SHA-256, and its entries with theirs. */
const [file = ''] = process.argv.slice(2);

void report(async () => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  const { size } = statSync(file);
  await zipEntries(new StoredFile(size, async (start, end) => createReadStream(file, { start, end: end - 1 })), size);
  return hash.digest('hex');
});
