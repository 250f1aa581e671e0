import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { Entry, fromRandomAccessReaderPromise, RandomAccessReader, ZipFile } from 'yauzl';
import { BundleAsset, BundleEntry } from './bundle-entry';

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
  const names = new NameFinder();
  let checksum = 0;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    names.push(chunk);
  }
  if (checksum !== entry.crc32) throw new Error(`its entry ${entry.fileName} does not match its checksum`);
  const asset = assetOf(entry.fileName, names);
  return { path: entry.fileName, sha256: hash.digest('hex'), ...(asset && { asset }) };
}

/** Assets are the files `{type}/{id}.json`. */
function assetOf(path: string, { isJson, name }: NameFinder): BundleAsset | undefined {
  const [, type, id] = /^([^/]+)\/(.+)\.json$/.exec(path) ?? [];
  if (type === undefined || id === undefined) return undefined;
  if (!isJson) throw new Error(`its entry ${path} is no JSON`);
  return { type, id, ...(name !== undefined && { name }) };
}

/** Looks for the member `name` as the JSON passes by: an entry of many megabytes would take many times its size when it is parsed whole. */
class NameFinder {
  isJson = true;
  name?: string;
  private readonly parser = new JSONParser({ paths: ['$.name'], keepStack: false });
  private found = false;

  constructor() {
    this.parser.onValue = ({ value }) => {
      this.found = true;
      if (typeof value === 'string') this.name = value;
    };
    this.parser.onError = () => { this.isJson = false; };
  }

  push(chunk: Buffer): void {
    if (!this.found && this.isJson) this.parser.write(chunk);
  }
}
