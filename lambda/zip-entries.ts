import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Entry, fromRandomAccessReaderPromise, RandomAccessReader, ZipFile } from 'yauzl';
import { BundleAsset, BundleEntry } from './bundle-entry';

/** An entry over this size is hashed all the same, but its name is not looked for: memory stays bounded. */
const MAX_PARSED_BYTES = 16 * 1024 * 1024;

/** The entries of a QUICKSIGHT_JSON bundle. @throws Error that says what is wrong with the zip. */
export async function zipEntries(reader: RandomAccessReader, size: number): Promise<BundleEntry[]> {
  const zip = await fromRandomAccessReaderPromise(reader, size, {});
  try {
    const entries: BundleEntry[] = [];
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.push(await readEntry(zip, entry));
    }
    return entries;
  } finally {
    zip.close();
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<BundleEntry> {
  const hash = createHash('sha256');
  let checksum = 0;
  const kept: Buffer[] | undefined = entry.uncompressedSize <= MAX_PARSED_BYTES ? [] : undefined;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    kept?.push(chunk);
  }
  if (checksum !== entry.crc32) throw new Error(`its entry ${entry.fileName} does not match its checksum`);
  const asset = assetOf(entry.fileName, kept && Buffer.concat(kept));
  return { path: entry.fileName, sha256: hash.digest('hex'), ...(asset && { asset }) };
}

/** Assets are the files `{type}/{id}.json`; the name is what their JSON calls `name`. */
function assetOf(path: string, content: Buffer | undefined): BundleAsset | undefined {
  const [, type, id] = /^([^/]+)\/(.+)\.json$/.exec(path) ?? [];
  if (type === undefined || id === undefined) return undefined;
  const name = content && nameIn(content, path);
  return { type, id, ...(name !== undefined && { name }) };
}

function nameIn(content: Buffer, path: string): string | undefined {
  try {
    const { name } = JSON.parse(content.toString('utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    throw new Error(`its entry ${path} is no JSON`);
  }
}
