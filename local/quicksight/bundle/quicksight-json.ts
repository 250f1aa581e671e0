import { ZipFile } from 'yazl';
import type { Asset } from '../assets/asset';
import type { ExportRequest } from './request';

/** A bundle in the format QUICKSIGHT_JSON: a zip file with one entry for each asset. */
export async function quickSightJson(assets: readonly Asset[], request: ExportRequest, mtime: Date): Promise<Buffer> {
  const zip = new ZipFile();
  // Real bundles have the DOS time field, which has no time zone, and no extra field.
  const options = { mtime: earliest(mtime), mode: 0o100664, forceDosTimestamp: true };
  for (const asset of assets) zip.addBuffer(entryOf(asset, request), asset.entryName, options);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The asset's own bytes, without the members that the request does not include. */
function entryOf({ content, definition }: Asset, request: ExportRequest): Buffer {
  const omitted = omittedKeys(request).filter((key) => key in definition);
  if (omitted.length === 0) return content;
  return Buffer.from(JSON.stringify(without(definition, omitted)));
}

/** The members of a definition that the request does not include. */
export function omittedKeys(request: ExportRequest): string[] {
  return [
    ...(request.IncludePermissions ? [] : ['permissions']),
    ...(request.IncludeTags ? [] : ['tags']),
    ...(request.IncludeFolderMemberships ? [] : ['folderMemberships']),
  ];
}

export function without(definition: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(definition).filter(([key]) => !keys.includes(key)));
}

/** The earliest DOS time is 1980-01-01. */
function earliest(time: Date): Date {
  return new Date(Math.max(time.getTime(), Date.UTC(1980, 0, 2)));
}
