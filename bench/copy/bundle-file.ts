import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { dashboard } from './dashboard';

export type Packing = 'deflated' | 'stored';

interface Content {
  readonly bytes: Buffer;
  readonly length: number;
  readonly crc: number;
}

/** Number of different contents: more than a processor cache holds. Each is compressed once. */
const CONTENTS = 48;

const METHOD: Record<Packing, number> = { stored: 0, deflated: 8 };

/**
 * Writes a bundle of at least `size` bytes that contains dashboards as QuickSight describes them. A zip library would compress
 * every entry again, which takes minutes for a gigabyte.
 *
 * @returns the exact size, the size of the content and the number of entries.
 */
export function writeBundle(
  file: string,
  size: number,
  packing: Packing,
): { size: number; unpacked: number; entries: number } {
  const contents = Array.from({ length: CONTENTS }, (_, seed) =>
    pack(Buffer.from(JSON.stringify(dashboard(seed))), packing),
  );
  const directory: Buffer[] = [];
  const out = openSync(file, 'w');
  let at = 0;
  let unpacked = 0;
  const write = (...parts: Buffer[]) =>
    parts.forEach((part) => {
      at += writeSync(out, part);
    });
  try {
    for (let n = 0; at < size; n++) {
      const content = contents[n % CONTENTS] as Content;
      const path = Buffer.from(`dashboard/${uuid(n)}.json`);
      const common = commonHeader(content, path, METHOD[packing]);
      directory.push(directoryHeader(common, at), path);
      write(Buffer.from('PK\x03\x04'), common, path, content.bytes);
      unpacked += content.length;
    }
    const start = at;
    write(...directory);
    write(endOfDirectory(directory.length / 2, at - start, start));
    return { size: at, unpacked, entries: directory.length / 2 };
  } finally {
    closeSync(out);
  }
}

function pack(content: Buffer, packing: Packing): Content {
  return {
    bytes: packing === 'deflated' ? deflateRawSync(content) : content,
    length: content.length,
    crc: crc32(content),
  };
}

const uuid = (n: number): string =>
  createHash('md5')
    .update(String(n))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** The fields that the local header and the directory header share: version 2.0, names in UTF-8, 1 January 1980. */
function commonHeader({ bytes, length, crc }: Content, path: Buffer, method: number): Buffer {
  const header = Buffer.alloc(26);
  [20, 0x800, method, 0, 0x21].forEach((value, n) => header.writeUInt16LE(value, 2 * n));
  [crc, bytes.length, length].forEach((value, n) => header.writeUInt32LE(value, 10 + 4 * n));
  header.writeUInt16LE(path.length, 22);
  return header;
}

function directoryHeader(common: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest]);
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  [entries, entries].forEach((value, n) => end.writeUInt16LE(value, 8 + 2 * n));
  [size, offset].forEach((value, n) => end.writeUInt32LE(value, 12 + 4 * n));
  return end;
}
