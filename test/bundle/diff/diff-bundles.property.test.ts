import fc from 'fast-check';
import type { BundleDiff } from '../../../bundle/diff/bundle-diff';
import { diffBundles } from '../../../bundle/diff/diff-bundles';
import type { JsonValue } from '../../../bundle/json-value';
import { dashboard, sheet, visual } from '../../support/dashboard-content';
import { inMemoryBundle } from '../../support/in-memory-bundle';
import { propertyOptions } from '../../support/property-options';

type Files = Record<string, JsonValue>;

const id = fc.constantFrom('a', 'b', 'c', 'd', 'a_b', 'constructor', '__proto__');

/** Visuals with few ids and titles, so that many of them are moved, renamed, created again or duplicates. */
const visuals = fc.array(
  fc
    .tuple(id, fc.option(fc.constantFrom('Revenue', 'Costs', ''), { nil: undefined }), fc.jsonValue({ maxDepth: 1 }))
    .map(([visualId, title, legend]) => visual(visualId, title, { legend: legend as JsonValue })),
  { maxLength: 4 },
);
const sheets = fc.array(
  fc
    .tuple(id, fc.constantFrom('Overview', 'Details'), visuals)
    .map(([sheetId, name, list]) => sheet(sheetId, name, list)),
  { maxLength: 3 },
);
const content: fc.Arbitrary<JsonValue> = fc.oneof(
  sheets.map((list) => dashboard('a', list)),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);
const files: fc.Arbitrary<Files> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('dashboard', 'dataset', 'new'), id, content), {
    maxLength: 4,
    selector: ([type, of]) => `${type}/${of}`,
  })
  .map((all) => Object.fromEntries(all.map(([type, of, value]) => [`${type}/${of}.json`, value])));

const diff = (before: Files, after: Files): Promise<BundleDiff> =>
  diffBundles(inMemoryBundle(before), inMemoryBundle(after));

/** The value at a JSON pointer (RFC 6901). */
const at = (value: JsonValue, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, key) => Object.entries(found as object).find(([name]) => name === key)?.[1], value);

test('any bundle is the same as itself', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      expect(await diff(given, given)).toEqual({
        same: true,
        added: [],
        removed: [],
        changed: [],
        destructive: [],
        names: {},
      });
    }),
    propertyOptions(200),
  );
});

test('added and removed assets, and the changed ones, are mirrored when the bundles are swapped', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, async (before, after) => {
      const [forward, back] = [await diff(before, after), await diff(after, before)];
      expect(back.added).toEqual(forward.removed);
      expect(back.removed).toEqual(forward.added);
      expect(back.changed.map(({ asset }) => asset)).toEqual(forward.changed.map(({ asset }) => asset));
      expect(back.same).toBe(forward.same);
    }),
    propertyOptions(300),
  );
});

test('any change has a pointer to its value in the later content, or of a removal in the earlier one', async () => {
  await fc.assert(
    fc.asyncProperty(content, content, async (before, after) => {
      const path = 'dashboard/a.json';
      const { changed } = await diff({ [path]: before }, { [path]: after });
      for (const change of changed.flatMap(({ changes }) => changes)) {
        const target = at(change.kind === 'removed' ? before : after, change.path);
        expect(target).not.toBeUndefined();
        if (change.kind === 'removed') expect(target).toEqual(change.before);
        if (change.kind === 'added') expect(target).toEqual(change.after);
      }
    }),
    propertyOptions(300),
  );
});

test('a different content without ids, sheets and visuals is different', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), async (before, after) => {
      fc.pre(JSON.stringify(before) !== JSON.stringify(after));
      const [one, other] = [before as JsonValue, after as JsonValue];
      const { same } = await diff({ 'theme/a.json': { x: one } }, { 'theme/a.json': { x: other } });
      // Only the order of members can differ.
      if (same) expect(one).toEqual(other);
    }),
    propertyOptions(300),
  );
});
