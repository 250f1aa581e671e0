import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly path: string;
  readonly content?: string;
  readonly compress?: boolean;
  /** General purpose bits (APPNOTE.TXT, 4.4.4). Bit 11, the default, means names in UTF-8. */
  readonly flags?: number;
  readonly method?: number;
  /** Sizes in the central directory, if they are not those of the content. */
  readonly uncompressedSize?: number;
  readonly compressedSize?: number;
  /** Bytes behind the data, before the next entry. */
  readonly padding?: string;
  readonly extraField?: Buffer;
}

export interface EndRecord {
  /** Number of entries, if it is not that of the central directory. */
  readonly count?: number;
  readonly directorySize?: number;
  readonly comment?: Buffer;
  /** Writes a zip64 record too, which has the number and the sizes. */
  readonly zip64?: boolean;
  /** Bytes between the central directory and the end record. */
  readonly gap?: Buffer;
}

/** A zip file with any mistake, which a library would refuse to write. */
export function rawZip(entries: readonly RawEntry[], end: EndRecord = {}): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '{}');
    const data = entry.compress ? deflateRawSync(content) : content;
    const path = Buffer.from(entry.path);
    const extra = entry.extraField ?? Buffer.alloc(0);
    const header = commonHeader(entry, crc32(content), data.length, content.length, path.length);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), header, path, data, Buffer.from(entry.padding ?? '')]);
    header.writeUInt32LE(entry.compressedSize ?? data.length, 14);
    header.writeUInt32LE(entry.uncompressedSize ?? content.length, 18);
    header.writeUInt16LE(extra.length, 24);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), header, rest, path, extra);
    local.push(file);
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const size = end.directorySize ?? central.length;
  const count = end.count ?? entries.length;
  const gap = end.gap ?? Buffer.alloc(0);
  const zip64 = end.zip64 ? zip64Records(count, size, offset, offset + central.length + gap.length) : Buffer.alloc(0);
  return Buffer.concat([...local, central, gap, zip64, endRecord(count, size, offset, end)]);
}

/** The fields that the local header and the directory share (APPNOTE.TXT, 4.3.7 and 4.3.12), without an extra field. */
function commonHeader(
  { compress, flags = 0x800, method = compress ? 8 : 0 }: RawEntry,
  crc: number,
  compressedSize: number,
  uncompressedSize: number,
  pathLength: number,
): Buffer {
  const header = Buffer.alloc(26);
  [20, flags, method, 0, 0x21].forEach((value, n) => header.writeUInt16LE(value, 2 * n));
  [crc, compressedSize, uncompressedSize].forEach((value, n) => header.writeUInt32LE(value, 10 + 4 * n));
  header.writeUInt16LE(pathLength, 22);
  return header;
}

/** APPNOTE.TXT, 4.3.14 and 4.3.15. */
function zip64Records(count: number, size: number, offset: number, position: number): Buffer {
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  [count, count, size, offset].forEach((value, n) => record.writeBigUInt64LE(BigInt(value), 24 + 8 * n));
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(position), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

/** APPNOTE.TXT, 4.3.16. A zip64 record has the values for which this record has no room. */
function endRecord(count: number, size: number, offset: number, { comment, zip64 }: EndRecord): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  const entries = zip64 ? 0xffff : count;
  [entries, entries].forEach((value, n) => record.writeUInt16LE(value, 8 + 2 * n));
  [size, offset].forEach((value, n) => record.writeUInt32LE(zip64 ? 0xffffffff : value, 12 + 4 * n));
  record.writeUInt16LE(comment?.length ?? 0, 20);
  return Buffer.concat([record, comment ?? Buffer.alloc(0)]);
}
