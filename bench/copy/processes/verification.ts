import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readBundle } from '../../../bundle/read-bundle';
import { report } from './report';

/** The part of the copy that no peer does: the SHA-256 of the file, and the verification of its entries. */
const [file = ''] = process.argv.slice(2);

void report(async () => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  await readBundle(file);
  return hash.digest('hex');
});
