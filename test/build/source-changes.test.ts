import { build } from 'esbuild';
import { literalKeys, unread, withoutErrorClasses } from '../../build/sdk-schemas';
import type { SourceChange } from '../../build/source-changes';
import { sourceChanges } from '../../build/source-changes';

const SCHEMAS = `
const _B = "Bucket";
const _h = "http";
export var AccessDenied$ = [-3, n0, _AD, { [_e]: _c }];
n0_registry.registerError(AccessDenied$, AccessDenied);
export var GetBucket$ = [9, n0, _B,
    { [_h]: ["GET", "/", 200] }, () => GetBucketRequest$, () => Definition$
];
export var GetIt$ = [() => Definition$, 0, () => DefinitionList$];
`;

/** Bundles `canonicalize`, a dependency of one small module, with the changes. */
const bundleWith = (...changes: SourceChange[]) =>
  build({
    stdin: { contents: `export { default } from 'canonicalize'`, resolveDir: __dirname },
    bundle: true,
    write: false,
    logLevel: 'silent',
    plugins: [sourceChanges(changes)],
  });

const MODULE = /canonicalize\/lib\/canonicalize\.js$/;

describe('a change', () => {
  test('is made', async () => {
    const { outputFiles } = await bundleWith({
      why: 'a test',
      module: MODULE,
      change: () => `module.exports = 'changed'`,
    });
    expect(outputFiles[0]?.text).toContain('module.exports = "changed"');
  });

  test('whose module is not there any more stops the build', async () => {
    await expect(
      bundleWith({ why: 'a test', module: /canonicalize\/elsewhere\.js$/, change: () => '' }),
    ).rejects.toThrow(/no module matches .*elsewhere.* \(a test\)/);
  });

  test('that does not fit the source any more stops the build', async () => {
    await expect(bundleWith({ why: 'a test', module: MODULE, change: literalKeys })).rejects.toThrow(
      /canonicalize\.js is not what .* expects: nothing matches/,
    );
  });
});

describe('the schemas of a client', () => {
  const schemas = SCHEMAS.replace('[_e]', 'error');

  test('get their constant keys written out', () => {
    expect(literalKeys(schemas)).toContain('{ "http": ["GET", "/", 200] }');
  });

  test('are refused when a key is no constant', () => {
    expect(() => literalKeys(SCHEMAS)).toThrow('the key _e is no constant text');
  });

  test('are refused when nothing is to be changed', () => {
    expect(() => literalKeys('export {}')).toThrow('nothing matches');
    expect(() => withoutErrorClasses('export {}')).toThrow('nothing matches');
    expect(() => unread(schemas, 'Definition2')).toThrow('nothing matches');
  });

  test('lose their error classes', () => {
    expect(withoutErrorClasses(schemas)).not.toContain('registerError');
  });

  test('lose what a member holds, in all places and in no other', () => {
    const changed = unread(schemas, 'Definition');
    expect(changed).toContain('() => GetBucketRequest$, 0');
    expect(changed).toContain('[0, 0, () => DefinitionList$]');
  });
});
