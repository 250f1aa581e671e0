import { InvalidBundleError } from './invalid-bundle-error';
import type { BundlePart, OpenBundle } from './inventory-types';
import type { JsonValue } from './json-value';

/** An asset of a bundle as a file: `{type}/{id}.json`. */
interface AssetFile {
  readonly type: string;
  readonly path: string;
  readonly content: JsonValue;
}

const ASSET_PATH = /^[^/\\\p{Cc}]+\/[^/\\\p{Cc}]+\.json$/u;

/**
 * The assets of a bundle as files, one after another.
 *
 * @throws InvalidBundleError when a part is not JSON, exceeds the limits of docs/reference/bundle-limits.md for its content, or has a path that a folder cannot have everywhere
 */
export async function* assetFiles({ parts }: Pick<OpenBundle, 'parts'>): AsyncGenerator<AssetFile> {
  const pathOf = new Map<string, string>();
  for await (const part of parts()) {
    const { path } = part;
    if (!ASSET_PATH.test(path) || path.split('/').some((name) => name.startsWith('.'))) {
      throw new InvalidBundleError(`entry ${JSON.stringify(path)}: the path is not {type}/{id}.json`);
    }
    const other = pathOf.get(path.toLowerCase());
    if (other !== undefined) {
      throw new InvalidBundleError(`entries ${other} and ${path}: the names differ only in case`);
    }
    pathOf.set(path.toLowerCase(), path);
    yield { type: path.split('/', 1)[0] as string, path, content: contentOf(part) };
  }
}

function contentOf({ path, content }: BundlePart): JsonValue {
  if (content === undefined)
    throw new InvalidBundleError(`entry ${path}: not JSON, or JSON that cannot be rewritten without a loss`);
  return content;
}
