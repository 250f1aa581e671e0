import { inventoryOf } from '../inventory';
import type { BundlePart, InventoryAsset, OpenBundle } from '../inventory-types';
import type { JsonValue } from '../json-value';
import { normalize } from '../normalize';
import { partDigest } from '../part-digest';

/** A part of a bundle: an asset, a file of an unknown folder, or a member of another section of a template. */
export interface VersionPart {
  /** `type/id`, or the path without `.json`. */
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly id: string;
  readonly digest: string;
  /** Absent when the part is not an asset of a known type. */
  readonly asset?: InventoryAsset;
}

/** One of the two bundles, with the contents that the difference requires. */
export interface BundleVersion {
  readonly bundle: OpenBundle;
  readonly parts: ReadonlyMap<string, VersionPart>;
  /** Normalized contents of the parts that both bundles have and that are not equal, by name. */
  readonly contents: Map<string, JsonValue>;
}

/** Reads the digests of the parts, and no contents. */
export async function versionOf(bundle: OpenBundle): Promise<BundleVersion> {
  const { assets } = await inventoryOf(bundle);
  const byPath = new Map(assets.map((asset) => [asset.path, asset]));
  const parts = new Map<string, VersionPart>();
  for await (const part of bundle.parts()) {
    const found = versionPart(part, byPath.get(part.path));
    // Two resources of a template can define the same asset.
    const name = parts.has(found.name) ? part.path : found.name;
    parts.set(name, { ...found, name });
  }
  return { bundle, parts, contents: new Map() };
}

function versionPart(part: BundlePart, asset: InventoryAsset | undefined): VersionPart {
  const { path } = part;
  if (asset)
    return { name: `${asset.type}/${asset.id}`, path, type: asset.type, id: asset.id, digest: asset.digest, asset };
  const name = path.replace(/\.json$/, '');
  const [type = '', ...rest] = name.split('/');
  return { name, path, type, id: rest.join('/'), digest: partDigest(type, part) };
}

/** Holds the normalized contents of the parts that are needed. */
export async function readContents(
  { bundle, parts, contents }: BundleVersion,
  isNeeded: (name: string) => boolean,
): Promise<void> {
  const byPath = new Map([...parts.values()].map((part) => [part.path, part]));
  for await (const { path, content } of bundle.parts()) {
    const part = byPath.get(path);
    if (part && content !== undefined && isNeeded(part.name)) contents.set(part.name, normalize(part.type, content));
  }
}
