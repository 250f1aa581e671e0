import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const SAMPLE_ACCOUNT = join(__dirname, '../../local/sample-account');

/** The assets of the sample account by their paths in a bundle. */
export function sampleAssets(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(SAMPLE_ACCOUNT)
      .flatMap((type) => readdirSync(join(SAMPLE_ACCOUNT, type)).map((file) => `${type}/${file}`))
      .map((path) => [path, readFileSync(join(SAMPLE_ACCOUNT, path), 'utf8')]),
  );
}

/** A bundle with every asset of the sample account. Its bytes depend on neither the time zone nor the version of zlib. */
export function sampleBundle(assets = sampleAssets()): Promise<Buffer> {
  const zip = new ZipFile();
  const options = { mtime: new Date(2026, 0, 1), forceDosTimestamp: true, compress: false };
  for (const [path, content] of Object.entries(assets)) zip.addBuffer(Buffer.from(content), path, options);
  zip.end();
  return buffer(zip.outputStream);
}
