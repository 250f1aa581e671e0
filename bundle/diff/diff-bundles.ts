import type { Inventory, OpenBundle } from '../inventory-types';
import type { BundleDiff, Change, ChangedAsset } from './bundle-diff';
import { type BundleVersion, readContents, type VersionPart, versionOf, versionOfInventory } from './bundle-version';
import { destructiveChanges } from './destructive-changes';
import { diffContents } from './diff-contents';

/**
 * Compares two bundles of the same format. Parts that are equal are not held in memory.
 *
 * @throws Error when one is a template and the other is not. InvalidBundleError or BundleLimitError, as the parts do.
 */
export async function diffBundles(before: OpenBundle, after: OpenBundle): Promise<BundleDiff> {
  assertSameFormat(before, after);
  return difference(await versionOf(before), await versionOf(after));
}

/**
 * Compares two bundles by their inventories, for example those of two manifests. A changed asset has one change without
 * values. It is also changed when nothing but internal ids differs.
 *
 * @throws Error when one is of a template and the other is not.
 */
export async function diffInventories(before: Inventory, after: Inventory): Promise<BundleDiff> {
  assertSameFormat(before, after);
  return difference(versionOfInventory(before), versionOfInventory(after));
}

function assertSameFormat(before: Pick<Inventory, 'format'>, after: Pick<Inventory, 'format'>): void {
  if (before.format === after.format) return;
  throw new Error(
    `The bundles have the formats ${before.format} and ${after.format}. Compare two bundles of the same format.`,
  );
}

async function difference(...versions: readonly [BundleVersion, BundleVersion]): Promise<BundleDiff> {
  const [earlier, later] = versions.map(({ parts }) => parts) as [BundleVersion['parts'], BundleVersion['parts']];
  const differ = (name: string): boolean => {
    const [one, other] = [earlier.get(name), later.get(name)];
    return one !== undefined && other !== undefined && one.digest !== other.digest;
  };
  for (const version of versions) await readContents(version, differ);
  const added = namesOf(later).filter((name) => !earlier.has(name));
  const removed = namesOf(earlier).filter((name) => !later.has(name));
  const changed = namesOf(later)
    .filter(differ)
    .flatMap((name) => changedAsset(name, versions) ?? []);
  const destructive = await destructiveChanges(versions[0], versions[1], removed);
  const mentioned = [...added, ...removed, ...changed.map(({ asset }) => asset)];
  return {
    same: added.length + removed.length + changed.length === 0,
    added,
    removed,
    changed,
    destructive,
    names: Object.fromEntries(mentioned.flatMap((name) => nameEntry(name, later.get(name) ?? earlier.get(name)))),
  };
}

function changedAsset(asset: string, versions: readonly [BundleVersion, BundleVersion]): ChangedAsset | undefined {
  const [before, after] = versions.map(({ contents }) => contents.get(asset));
  const id = versions[1].parts.get(asset)?.id ?? '';
  const changes = before === undefined || after === undefined ? [ANY_CHANGE] : diffContents(before, after, id);
  return changes.length === 0 ? undefined : { asset, changes };
}

/** The content is not JSON, larger than is parsed, or not in the inventory. */
const ANY_CHANGE: Change = { path: '', label: '', kind: 'changed' };

const namesOf = (parts: BundleVersion['parts']): string[] => [...parts.keys()].sort();

const nameEntry = (name: string, part: VersionPart | undefined): Array<readonly [string, string]> =>
  part?.asset?.name === undefined ? [] : [[name, part.asset.name]];
