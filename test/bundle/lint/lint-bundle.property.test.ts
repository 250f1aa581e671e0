import fc from 'fast-check';
import type { BundleFormat, BundlePart, OpenBundle } from '../../../bundle/inventory-types';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import type { Finding } from '../../../bundle/lint/finding';
import { lintBundle } from '../../../bundle/lint/lint-bundle';
import { LINT_RULES } from '../../../bundle/lint/lint-rules';
import { arnOf } from '../../support/lint-input';
import { propertyOptions } from '../../support/property-options';

const TYPES = ['analysis', 'dashboard', 'dataset', 'datasource', 'folder', 'refreshSchedule', 'theme', 'vpcConnection'];

/** Names that the rules read, and some that they do not. */
const NAMES = [
  ...['name', 'type', 'permissions', 'principal', 'linkEntities', 'physicalTableMap', 'relationalTable', 'schema'],
  ...['customSql', 'sqlQuery', 'rowLevelPermissionDataSet', 'arn', 'schedule', 'startAfterDateTime', 'definition'],
  ...['dataSourceParameters', 's3Parameters', 'host', 'sheets', 'sageMaker', 'Ref', 'Fn::GetAtt', 'Fn::Sub', 'a/b~c'],
  ...['DependsOn', 'Properties', 'Type', 'toString', '__proto__', ''],
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom('JIRA', 'S3', 'POSTGRESQL', '2020-01-01T00:00:00Z', '${a.Arn}', 'arn:aws:s3:::b', 'arn::::::'),
  fc.constantFrom(arnOf('dataset/a'), arnOf('dataset/b', { account: '111122223333' }), arnOf('analysis/a')),
);

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1e300),
    fc.array(tie('value'), { maxLength: 7 }),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 6 })
      .map((members): JsonObject => Object.fromEntries(members)),
  ),
}));

const contents = fc.array(fc.record({ type: fc.constantFrom(...TYPES), content: value }), { maxLength: 6 });

type Content = { readonly type: string; readonly content: JsonValue };

const RESOURCE_TYPES = ['Analysis', 'Dashboard', 'DataSet', 'DataSource', 'Folder', 'RefreshSchedule', 'Theme'];

const part = (path: string, content: JsonValue): BundlePart => ({ path, sizeBytes: 1, sha256: '00', content });

const file = ({ type, content }: Content, index: number): BundlePart => part(`${type}/a${index}.json`, content);

const resource = ({ type, content }: Content, index: number): BundlePart =>
  part(`Resources/a${index}`, {
    Type: `AWS::QuickSight::${RESOURCE_TYPES[TYPES.indexOf(type)] ?? 'VPCConnection'}`,
    Properties: content,
  });

const bundleOf = (format: BundleFormat, parts: readonly BundlePart[]): OpenBundle => ({
  format,
  sizeBytes: 1,
  sha256: '00',
  async *parts() {
    yield* parts;
  },
});

const NOW = new Date('2026-11-24T12:00:00Z');

const lint = (format: BundleFormat, parts: readonly BundlePart[]): Promise<Finding[]> =>
  lintBundle(bundleOf(format, parts), { now: NOW });

const tokens = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** True if a JSON pointer has a value in the document. */
function hasValue(document: JsonValue | undefined, pointer: string): boolean {
  let value = document;
  for (const token of tokens(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return false;
    value = (value as JsonObject)[token];
  }
  return value !== undefined;
}

/** The JSON that has the path of a finding: the file of the asset, or the template. */
function documentOf({ asset }: Finding, format: BundleFormat, parts: readonly BundlePart[]): JsonValue | undefined {
  if (format === 'QUICKSIGHT_JSON') return parts.find(({ path }) => path === `${asset}.json`)?.content;
  return { Resources: Object.fromEntries(parts.map(({ path, content = null }) => [path.split('/')[1], content])) };
}

test.each<[BundleFormat, (content: Content, index: number) => BundlePart]>([
  ['QUICKSIGHT_JSON', file],
  ['CLOUDFORMATION_JSON', resource],
])('any %s has findings of known rules, whose paths exist', async (format, partOf) => {
  const ids = new Set(LINT_RULES.map(({ id }) => id));
  await fc.assert(
    fc.asyncProperty(contents, async (assets) => {
      const parts = assets.map(partOf);
      for (const finding of await lint(format, parts)) {
        const { ruleId, path = '', message } = finding;
        expect(ids).toContain(ruleId);
        expect(message.length).toBeLessThanOrEqual(1000);
        expect([path, hasValue(documentOf(finding, format, parts), path)]).toEqual([path, true]);
      }
    }),
    propertyOptions(300),
  );
});

test('the order of the parts does not change the findings', async () => {
  const cases = contents.chain((assets) => {
    const parts = assets.map(file);
    return fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }));
  });
  await fc.assert(
    fc.asyncProperty(cases, async ([parts, shuffled]) => {
      expect(await lint('QUICKSIGHT_JSON', shuffled)).toEqual(await lint('QUICKSIGHT_JSON', parts));
    }),
    propertyOptions(200),
  );
});
