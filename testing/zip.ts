import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export interface ZippedFile {
  readonly path: string;
  readonly content: string;
  readonly compress?: boolean;
  readonly mtime?: Date;
}

/** A zip file. A path that ends with a slash is a directory. */
export async function zip(files: readonly ZippedFile[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const { path, content, compress = true, mtime = new Date(0) } of files) {
    if (path.endsWith('/')) file.addEmptyDirectory(path, { mtime });
    else file.addBuffer(Buffer.from(content), path, { compress, mtime });
  }
  file.end();
  return buffer(file.outputStream);
}

/** A zip file of entries by path. */
export function zipOf(entries: Readonly<Record<string, string>>, compress = true): Promise<Buffer> {
  return zip(Object.entries(entries).map(([path, content]) => ({ path, content, compress })));
}
