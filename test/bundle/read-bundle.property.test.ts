import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { BundleEntry } from '../../bundle/bundle-entry';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { contentDigest } from '../../bundle/content-digest';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { readBundle } from '../../bundle/read-bundle';
import { templateEntries } from '../../bundle/template-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import type { ZippedFile } from '../../testing/zip';
import { zip } from '../../testing/zip';
import { character } from '../support/character';
import { propertyOptions } from '../support/property-options';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const FOLDER = new TemporaryFolder();

const read = async (bytes: Buffer): Promise<readonly BundleEntry[]> => {
  return (await readBundle(await FOLDER.put('bundle', bytes))).entries;
};

const name = fc.string({ unit: character, maxLength: 20 });
const id = fc.stringMatching(/^[\w-]{1,20}$/);

const files: fc.Arbitrary<ZippedFile[]> = fc.uniqueArray(
  fc.record({
    path: fc
      .tuple(fc.constantFrom('dashboard', 'analysis', 'dataset', 'datasource', 'theme', 'folder', 'somethingNew'), id)
      .map(([type, of]) => `${type}/${of}.json`),
    content: fc
      .tuple(fc.dictionary(id, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }), fc.option(name))
      .map(([more, called]) => JSON.stringify({ ...more, ...(called !== null && { name: called }) })),
  }),
  { minLength: 1, maxLength: 5, selector: ({ path }) => path },
);

/** The same files in another order, each packed in its own way, with directory entries or without. */
const packed = (given: readonly ZippedFile[]): fc.Arbitrary<ZippedFile[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...given], { minLength: given.length }),
      fc.array(fc.boolean(), { minLength: given.length, maxLength: given.length }),
      fc.date({ min: new Date('1980-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.boolean(),
    )
    .map(([order, compress, mtime, directories]) => [
      ...(directories ? [{ path: 'dashboard/', content: '' }] : []),
      ...order.map((file, n) => ({ ...file, compress: compress[n] === true, mtime })),
    ]);

describe('any zip', () => {
  test('lists each file with its SHA-256, type, id and name, and has the same digest in every packing', async () => {
    await fc.assert(
      fc.asyncProperty(
        files.chain((given) => fc.tuple(fc.constant(given), packed(given))),
        async ([given, again]) => {
          const entries = await read(await zip(given));
          expect(entries).toEqual(
            given.map(({ path, content }) => {
              const [, type, of] = /^(.*)\/(.*)\.json$/.exec(path) ?? [];
              const { name: called } = JSON.parse(content) as { name?: unknown };
              return {
                path,
                sha256: sha256(content),
                asset: { type, id: of, ...(typeof called === 'string' && { name: called }) },
              };
            }),
          );
          expect(contentDigest(await read(await zip(again)))).toBe(contentDigest(entries));
        },
      ),
      propertyOptions(60),
    );
  });

  test('that is damaged is rejected, or lists all files that were in it, and never hangs', async () => {
    const damage = (bytes: Buffer): fc.Arbitrary<Buffer> => {
      const at = fc.nat(bytes.length - 1);
      return fc.oneof(
        fc
          .tuple(at, fc.integer({ min: 1, max: 255 }))
          .map(([place, bits]) => Buffer.from(bytes.map((byte, n) => (n === place ? byte ^ bits : byte)))),
        at.map((place) => bytes.subarray(0, place)),
        at.map((place) => bytes.subarray(place + 1)),
        fc
          .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 30 }))
          .map(([place, more]) => Buffer.concat([bytes.subarray(0, place), more, bytes.subarray(place)])),
        fc
          .tuple(at, at)
          .map(([from, to]) =>
            Buffer.concat([bytes.subarray(0, Math.min(from, to)), bytes.subarray(Math.max(from, to) + 1)]),
          ),
      );
    };
    const whole = await zip([
      { path: 'dashboard/sales.json', content: '{"name":"Sales","sheets":["one","two"]}' },
      { path: 'dataset/orders.json', content: '{"name":"Orders"}', compress: false },
    ]);
    const contents = (entries: readonly BundleEntry[]) => entries.map((entry) => entry.sha256).sort();
    const right = contents(await read(whole));
    await fc.assert(
      fc.asyncProperty(damage(whole), async (bytes) => {
        const found = await read(bytes).catch((error: unknown) => error);
        if (Array.isArray(found)) expect(contents(found as BundleEntry[])).toEqual(right);
        // A damaged number may exceed a limit.
        else expect([InvalidBundleError, BundleLimitError]).toContain((found as Error).constructor);
      }),
      propertyOptions(300),
    );
  });

  test('that is random bytes is rejected', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        await expect(read(Buffer.from(bytes))).rejects.toBeInstanceOf(InvalidBundleError);
      }),
      propertyOptions(100),
    );
  });
});

/** JSON of the same value with its members in another order and white space between all that it has. */
const writings = (value: unknown): fc.Arbitrary<string> => {
  const space = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
  if (Array.isArray(value))
    return fc.tuple(...value.map(writings), space).map((parts) => `[${parts.slice(0, -1).join(` ,${parts.at(-1)}`)}]`);
  if (typeof value !== 'object' || value === null)
    return space.map((blank) => `${blank}${JSON.stringify(value)}${blank}`);
  const members = Object.entries(value);
  return fc
    .tuple(
      fc.shuffledSubarray(
        members.map((_, n) => n),
        { minLength: members.length },
      ),
      fc.tuple(...members.map(([, member]) => writings(member))),
      space,
    )
    .map(
      ([order, written, blank]) =>
        `${blank}{${order.map((n) => `${blank}${JSON.stringify(members[n]?.[0])}${blank}:${written[n]}`).join(',')}${blank}}`,
    );
};

const member = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
const resource = fc.record({
  Type: fc.constantFrom('AWS::QuickSight::Dashboard', 'AWS::QuickSight::DataSet', 'AWS::IAM::Role'),
  Properties: fc.record({ Name: name }, { requiredKeys: [] }),
});
const template = fc.record(
  {
    AWSTemplateFormatVersion: fc.constant('2010-09-09'),
    Description: fc.string({ unit: character, maxLength: 20 }),
    Parameters: fc.dictionary(id, member, { maxKeys: 3 }),
    Resources: fc.dictionary(id, resource, { minKeys: 1, maxKeys: 4 }),
  },
  { requiredKeys: ['Resources'] },
);

const inPieces = (text: string, size: number): Readable => {
  const bytes = Buffer.from(text);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
  );
};

describe('any template', () => {
  test('lists each QuickSight resource as an asset, and has the same digest in every layout and chunking', async () => {
    const written = template.chain((value) =>
      fc.tuple(fc.constant(value), writings(value), fc.integer({ min: 1, max: 40 })),
    );
    await fc.assert(
      fc.asyncProperty(written, async ([value, text, size]) => {
        const entries = await templateEntries(inPieces(text, size));
        expect(contentDigest(entries)).toBe(
          contentDigest(await templateEntries(inPieces(JSON.stringify(value), 1_000_000))),
        );
        const assets = Object.entries(value.Resources).filter(([, { Type }]) => Type.startsWith('AWS::QuickSight::'));
        const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
        expect(entries.flatMap(({ asset }) => asset ?? []).sort(byId)).toEqual(
          assets
            .map(
              ([
                logicalId,
                {
                  Type,
                  Properties: { Name },
                },
              ]) => ({ type: Type, id: logicalId, ...(Name !== undefined && { name: Name }) }),
            )
            .sort(byId),
        );
      }),
      propertyOptions(60),
    );
  });

  test('with another member has another digest', async () => {
    const changed = fc.tuple(template, fc.jsonValue({ maxDepth: 2 }));
    await fc.assert(
      fc.asyncProperty(changed, async ([value, more]) => {
        const before = await templateEntries(inPieces(JSON.stringify(value), 100));
        const after = await templateEntries(
          inPieces(
            JSON.stringify({
              ...value,
              Resources: { ...value.Resources, 'one-more': { Type: 'Other', Properties: more } },
            }),
            100,
          ),
        );
        expect(contentDigest(after)).not.toBe(contentDigest(before));
      }),
      propertyOptions(40),
    );
  });

  test('that is cut is rejected', async () => {
    await fc.assert(
      fc.asyncProperty(
        template,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (value, where) => {
          const text = JSON.stringify(value);
          await expect(templateEntries(inPieces(text.slice(0, Math.floor(text.length * where)), 50))).rejects.toThrow();
        },
      ),
      propertyOptions(60),
    );
  });
});
