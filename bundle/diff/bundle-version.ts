import { inventoryOf } from '../inventory';
import type { BundlePart, Inventory, InventoryAsset, OpenBundle } from '../inventory-types';
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

/** The version that an inventory describes. It has no contents. */
export function versionOfInventory(inventory: Inventory): BundleVersion {
  const { assets, unknown, format, sizeBytes } = inventory;
  const parts = [
    ...assets.map((asset) => assetPart(asset)),
    // An inventory has no digests of unknown parts.
    ...unknown.map((path) => ({ ...unknownPart(path), digest: '' })),
  ];
  async function* none(): AsyncGenerator<BundlePart> {}
  return {
    bundle: { format, sizeBytes, parts: none },
    parts: new Map(parts.map((part) => [part.name, part])),
    contents: new Map(),
  };
}

function versionPart(part: BundlePart, asset: InventoryAsset | undefined): VersionPart {
  if (asset) return assetPart(asset);
  const unknown = unknownPart(part.path);
  return { ...unknown, digest: partDigest(unknown.type, part) };
}

const assetPart = (asset: InventoryAsset): VersionPart => ({
  name: `${asset.type}/${asset.id}`,
  path: asset.path,
  type: asset.type,
  id: asset.id,
  digest: asset.digest,
  asset,
});

function unknownPart(path: string): Omit<VersionPart, 'digest'> {
  const name = path.replace(/\.json$/, '');
  const [type = '', ...rest] = name.split('/');
  return { name, path, type, id: rest.join('/') };
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
