import { join } from 'node:path';
import fc from 'fast-check';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { inventoryOf } from '../../bundle/inventory';
import type { Inventory } from '../../bundle/inventory-types';
import { openBundle } from '../../bundle/open-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zip } from '../../testing/zip';
import { character } from '../support/character';
import { propertyOptions } from '../support/property-options';

const FOLDER = new TemporaryFolder();

const inventoryIn = async (bytes: Buffer | string): Promise<Inventory> =>
  inventoryOf(await openBundle(await FOLDER.put('bundle', bytes)));

const text = fc.string({ unit: character, maxLength: 12 });
const id = fc.stringMatching(/^[\w-]{1,12}$/);

interface Permission {
  readonly principal: string;
  readonly actions: readonly string[];
}

/** JSON of an asset. */
interface Asset {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly definition: unknown;
}

type Assets = Readonly<Record<string, Asset>>;

const permissions = fc.uniqueArray(fc.record({ principal: text, actions: fc.uniqueArray(text, { maxLength: 4 }) }), {
  maxLength: 3,
  selector: ({ principal }) => principal,
});

const definition = fc.record({
  sheets: fc.array(fc.record({ visuals: fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }) })),
  maps: fc.dictionary(text, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3, noNullPrototype: true }),
});

const asset: fc.Arbitrary<Asset> = fc.record({ name: text, permissions, definition });

const assets: fc.Arbitrary<Assets> = fc.dictionary(
  fc.tuple(fc.constantFrom('dashboard', 'dataset', 'theme'), id).map(([type, of]) => `${type}/${of}.json`),
  asset,
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);

/** Numbers from 0 to `below`. */
type Random = (below: number) => number;

const random: fc.Arbitrary<Random> = fc
  .infiniteStream(fc.nat())
  .map((stream) => (below: number) => (stream.next().value as number) % below);

function inOtherOrder<T>(items: readonly T[], choose: Random): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(choose(rest.length), 1)[0] as T);
}

/** The same value with the members of all objects in another order. */
function withOtherKeys(value: unknown, choose: Random): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withOtherKeys(item, choose));
  const members = Object.entries(value).map(([key, member]) => [key, withOtherKeys(member, choose)]);
  return Object.fromEntries(inOtherOrder(members, choose));
}

/** The JSON text of a second export of the asset. */
function exportedAgain(of: Asset, choose: Random): string {
  const list = of.permissions.map(({ principal, actions }) => ({ actions: inOtherOrder(actions, choose), principal }));
  const again = { ...of, permissions: inOtherOrder(list, choose) };
  return JSON.stringify(withOtherKeys(again, choose), undefined, choose(3));
}

const zipOfTexts = async (files: ReadonlyArray<readonly [string, string]>, seconds = 0, compress = true) =>
  zip(
    files.map(([path, content]) => ({ path, content, compress, mtime: new Date(Date.UTC(2024, 1, 2, 3, 4, seconds)) })),
  );

const texts = (of: Assets) => Object.entries(of).map(([path, content]) => [path, JSON.stringify(content)] as const);

const digests = ({ assets: all }: Inventory) => all.map(({ path, digest }) => [path, digest]);

test('two exports of the same assets have the same digests', async () => {
  await fc.assert(
    fc.asyncProperty(assets, random, fc.boolean(), async (of, choose, compress) => {
      const again = Object.entries(of).map(([path, content]) => [path, exportedAgain(content, choose)] as const);
      const one = await inventoryIn(await zipOfTexts(texts(of)));
      const other = await inventoryIn(await zipOfTexts(inOtherOrder(again, choose), 40, compress));
      expect(other.contentDigest).toBe(one.contentDigest);
      expect(digests(other)).toEqual(digests(one));
    }),
    propertyOptions(100),
  );
});

/** The same JSON with one value, at any depth, replaced. */
function withOneChange(value: unknown, choose: Random): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const at = choose(entries.length + 1);
  const chosen = entries[at];
  if (chosen === undefined) return { changed: value };
  entries[at] = [chosen[0], withOneChange(chosen[1], choose)];
  return Array.isArray(value) ? entries.map(([, item]) => item as unknown) : Object.fromEntries(entries);
}

test('a change of any value changes the digest of its asset and of the bundle, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(assets, random, async (of, choose) => {
      const paths = Object.keys(of);
      const path = paths[choose(paths.length)] as string;
      const one = await inventoryIn(await zipOfTexts(texts(of)));
      const changed = { ...of, [path]: withOneChange(of[path], choose) as Asset };
      const other = await inventoryIn(await zipOfTexts(texts(changed)));
      expect(other.contentDigest).not.toBe(one.contentDigest);
      const differing = digests(one).filter(([, digest], n) => digest !== other.assets[n]?.digest);
      expect(differing.map(([differs]) => differs)).toEqual([path]);
    }),
    propertyOptions(100),
  );
});

test('a folder with the files of a zip has its digests', async () => {
  let folders = 0;
  await fc.assert(
    fc.asyncProperty(assets, async (of) => {
      const folder = `folder-${folders++}`;
      for (const [path, content] of Object.entries(of)) {
        await FOLDER.put(join(folder, path), JSON.stringify(content, undefined, 2));
      }
      const unpacked = await inventoryOf(await openBundle(join(FOLDER.path, folder)));
      const zipped = await inventoryIn(await zipOfTexts(texts(of)));
      expect(unpacked.contentDigest).toBe(zipped.contentDigest);
      expect(digests(unpacked)).toEqual(digests(zipped));
    }),
    propertyOptions(50),
  );
});

const resources = fc.dictionary(
  fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  asset.map(({ name, definition: of }) => ({
    Type: 'AWS::QuickSight::Theme',
    Properties: { Name: name, Definition: of },
  })),
  { minKeys: 1, maxKeys: 3, noNullPrototype: true },
);

test('two exports of a template have the same digest, and one with a changed resource has another', async () => {
  const job = fc.stringMatching(/^[\w-]{1,20}$/);
  const template = (of: object, jobId: string) => ({
    Description: `Generated by AWS QuickSight for ${jobId} started at 2026-01-02 03:04:05 UTC`,
    Resources: of,
  });
  await fc.assert(
    fc.asyncProperty(resources, random, job, job, async (of, choose, jobId, otherJobId) => {
      const one = await inventoryIn(JSON.stringify(template(of, jobId)));
      const again = withOtherKeys(template(of, otherJobId), choose);
      expect((await inventoryIn(JSON.stringify(again))).contentDigest).toBe(one.contentDigest);
      const changed = Object.entries(of).map(([logicalId, { Type, Properties }], n) => [
        logicalId,
        { Type, Properties: n === 0 ? withOneChange(Properties, choose) : Properties },
      ]);
      const other = await inventoryIn(JSON.stringify(template(Object.fromEntries(changed), jobId)));
      expect(other.contentDigest).not.toBe(one.contentDigest);
    }),
    propertyOptions(100),
  );
});

test('any content, and any damaged zip, ends in an inventory or a refusal', async () => {
  const bytes = fc.uint8Array({ maxLength: 30 }).map((each) => Buffer.from(each).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.json(), text, bytes),
      fc.option(fc.nat()),
      fc.nat(255),
      async (content, position, byte) => {
        const file = await zipOfTexts([['theme/a.json', content]], 0, byte < 128);
        if (position !== null) file[position % file.length] = byte;
        for (const bundle of [file, `{"Resources":{"A":${content}}}`]) {
          try {
            expect((await inventoryIn(bundle)).contentDigest).toMatch(/^v2:[0-9a-f]{64}$/);
          } catch (error) {
            if (!(error instanceof InvalidBundleError || error instanceof BundleLimitError)) throw error;
          }
        }
      },
    ),
    propertyOptions(300),
  );
});
