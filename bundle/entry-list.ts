import type { BundleEntry } from './bundle-entry';
import { BundleLimitError } from './bundle-limit-error';
import { InvalidBundleError } from './invalid-bundle-error';

/** Entries of a bundle. They and the manifest take about 30 MiB of memory. */
export const MAX_ENTRIES = 20_000;

/** Characters of all paths and names of a bundle: 209 for each of 20,000 entries. */
const MAX_CHARACTERS = 4 * 1024 ** 2;

/** The entries of a bundle, in bounded memory. */
export class EntryList {
  private readonly byPath = new Map<string, BundleEntry>();
  private characters = 0;

  /**
   * @throws InvalidBundleError if an entry has this path already.
   * @throws BundleLimitError if the entries are too many, or their paths and names too long.
   */
  public add(entry: BundleEntry): void {
    const { path, asset } = entry;
    if (this.byPath.has(path)) throw new InvalidBundleError(`entry ${path}: the bundle has another entry of this path`);
    if (this.byPath.size === MAX_ENTRIES) throw tooManyEntries(`more than ${MAX_ENTRIES}`);
    this.characters += path.length + (asset?.name?.length ?? 0);
    if (this.characters > MAX_CHARACTERS) {
      throw new BundleLimitError(
        `the paths and names of the bundle have ${this.characters} characters or more, and the limit is ${MAX_CHARACTERS}. Split the assets over several exports.`,
      );
    }
    this.byPath.set(path, entry);
  }

  public get entries(): BundleEntry[] {
    return [...this.byPath.values()];
  }
}

export function tooManyEntries(count: string): BundleLimitError {
  return new BundleLimitError(
    `the bundle has ${count} entries, and the limit is ${MAX_ENTRIES}. Split the assets over several exports.`,
  );
}
