import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip file with one entry. */
export function zipOf(name: string, text: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}
