import { fromBufferPromise } from 'yauzl';

/** The entries of one folder of a bundle, or the resources of one type of a template. */
export interface ContentGroup {
  readonly type: string;
  readonly count: number;
  /** Names of the members that at least one of them has. */
  readonly members: readonly string[];
}

export interface BundleContents {
  readonly kind: 'zip' | 'template';
  readonly groups: readonly ContentGroup[];
}

interface Part {
  readonly type: string;
  readonly members: readonly string[];
}

/** Reads the whole bundle. Contains no id and no name of an asset. @throws Error for an invalid bundle. */
export async function bundleContents(bundle: Buffer): Promise<BundleContents> {
  const isZip = bundle.subarray(0, 2).toString('latin1') === 'PK';
  const parts = isZip ? await entriesOf(bundle) : resourcesOf(bundle);
  const types = [...new Set(parts.map(({ type }) => type))].sort();
  const groups = types.map((type) => {
    const some = parts.filter((part) => part.type === type);
    return { type, count: some.length, members: [...new Set(some.flatMap(({ members }) => members))].sort() };
  });
  return { kind: isZip ? 'zip' : 'template', groups };
}

/** Every entry is a JSON object `{type}/{id}.json` with its type in `resourceType`. */
async function entriesOf(bundle: Buffer): Promise<Part[]> {
  const parts: Part[] = [];
  const zip = await fromBufferPromise(bundle, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const [, type = ''] = /^([^/]+)\/[^/]+\.json$/.exec(entry.fileName) ?? [];
    if (type === '') throw new Error('An entry of the bundle is not {type}/{id}.json.');
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const asset = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    if (asset.resourceType !== type)
      throw new Error(`An entry in the folder ${type} has the resourceType ${String(asset.resourceType)}.`);
    parts.push({ type, members: Object.keys(asset) });
  }
  return parts;
}

function resourcesOf(template: Buffer): Part[] {
  const { Resources = {} } = JSON.parse(template.toString('utf8')) as {
    Resources?: Record<string, { readonly Type: string; readonly Properties?: object }>;
  };
  return Object.values(Resources).map(({ Type, Properties = {} }) => ({
    type: Type,
    members: Object.keys(Properties),
  }));
}
