import { createHash } from 'node:crypto';
import { JSONParser } from '@streamparser/json';
import type { Entry } from 'yauzl';
import type { BundleAsset, BundleEntry } from './bundle-entry';
import { EntryList } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';
import { OpenZip } from './open-zip';

/**
 * Bytes at the start of an entry that are searched for the name of the asset. The name follows an id of at most 2,048
 * characters. Parsing a whole definition would take many times its size in memory.
 */
const SEARCHED_BYTES = 8 * 1024;

/** JSON tokens that are searched. 8 KiB of brackets would take longer than the whole entry. */
const SEARCHED_TOKENS = 500;

/** The search ends after the step that has the name. */
const SEARCH_STEP_BYTES = 512;

/**
 * The entries of a QUICKSIGHT_JSON bundle, each verified by length and CRC-32.
 *
 * @throws BundleLimitError when the zip exceeds a limit.
 * @throws Error when the file is not a whole zip.
 */
export async function zipEntries(path: string): Promise<BundleEntry[]> {
  const zip = await OpenZip.open(path);
  try {
    const list = new EntryList();
    for (const entry of zip.files) list.add(await readEntry(zip, entry));
    return list.entries;
  } finally {
    await zip.close();
  }
}

async function readEntry(zip: OpenZip, entry: Entry): Promise<BundleEntry> {
  const { fileName: path } = entry;
  const hash = createHash('sha256');
  const start: Buffer[] = [];
  let size = 0;
  for await (const chunk of zip.contentOf(entry)) {
    hash.update(chunk);
    if (size < SEARCHED_BYTES) start.push(chunk.subarray(0, SEARCHED_BYTES - size));
    size += chunk.length;
  }
  const asset = assetOf(path, Buffer.concat(start));
  return { path, sha256: hash.digest('hex'), ...(asset && { asset }) };
}

/** Assets are the files `{type}/{id}.json`. The member `name` of their JSON is the name. */
function assetOf(path: string, start: Buffer): BundleAsset | undefined {
  const [, type, id] = /^([^/]+)\/(.+)\.json$/.exec(path) ?? [];
  if (type === undefined || id === undefined) return undefined;
  const name = nameIn(start, path);
  return { type, id, ...(typeof name === 'string' && { name }) };
}

function nameIn(start: Buffer, path: string): unknown {
  let found: { readonly name: unknown } | undefined;
  let isJson = true;
  let tokens = 0;
  const parser = new JSONParser({ paths: ['$.name'], keepStack: false });
  parser.onValue = ({ value }) => {
    found ??= { name: value };
  };
  parser.onToken = () => {
    tokens++;
  };
  parser.onError = () => {
    isJson = false;
  };
  for (let at = 0; at < start.length && !found && isJson && tokens < SEARCHED_TOKENS; at += SEARCH_STEP_BYTES) {
    parser.write(start.subarray(at, at + SEARCH_STEP_BYTES));
  }
  if (!found && !isJson) throw new InvalidBundleError(`entry ${path}: not JSON`);
  return found?.name;
}
