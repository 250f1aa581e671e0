import Ajv from 'ajv';
import { build } from 'esbuild';
import fc from 'fast-check';
import { compiledValidator } from '../../build/compiled-validator';
import { validate } from '../../lambda/export/properties-validator';
import { OVERRIDE_PROPERTIES } from '../../lib/contract/export-overrides.generated';
import { EXPORT_PROPERTIES_SCHEMA } from '../../lib/contract/export-resource';
import { assetArn, PROPERTIES } from '../../testing/cloudformation-events';
import { cases } from '../support/property-options';

/** As it is in the bundles. */
async function compiled(): Promise<{ validate: typeof validate; text: string }> {
  const {
    outputFiles: [output],
  } = await build({
    stdin: { contents: `export { validate } from '../../lambda/export/properties-validator'`, resolveDir: __dirname },
    bundle: true,
    platform: 'node',
    minify: true,
    write: false,
    plugins: [compiledValidator()],
  });
  const module = { exports: {} as { validate: typeof validate } };
  new Function('module', 'exports', 'require', output?.text ?? '')(module, module.exports, require);
  return { validate: module.exports.validate, text: output?.text ?? '' };
}

/** The contract's schema as it stands, without what the bundle needs. */
const byContract = new Ajv({ coerceTypes: true, useDefaults: true, allErrors: true }).compile(EXPORT_PROPERTIES_SCHEMA);

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...new Set(Object.values(OVERRIDE_PROPERTIES).flat())) },
  fc.constantFrom('Owner', 5, null),
);
const override = fc.record(
  {
    Arn: fc.constantFrom<unknown>('*', '', 1),
    Properties: fc.array<unknown>(name, { maxLength: 12 }),
    Else: fc.constant(1),
  },
  { requiredKeys: [] },
);
const overrides = fc.record(
  {
    ResourceIdOverrideConfiguration: fc.record({ PrefixForAllResources: fc.constantFrom('true', 'no') }),
    ...Object.fromEntries(
      Object.keys(OVERRIDE_PROPERTIES).map((list) => [
        list,
        fc.oneof(fc.array(override, { maxLength: 3 }), fc.jsonValue({ maxDepth: 1 })),
      ]),
    ),
    Else: fc.constant([]),
  },
  { requiredKeys: [] },
);
const properties = fc.record(
  {
    ...Object.fromEntries(Object.entries(PROPERTIES).map(([key, value]) => [key, fc.constant(value)])),
    ResourceArns: fc.array(fc.constantFrom<unknown>(assetArn('dashboard/a'), assetArn('user/b'), 'c', 4), {
      maxLength: 3,
    }),
    IncludeTags: fc.constantFrom('true', 'false', 'yes', 1),
    TimeoutSeconds: fc.constantFrom('60', '59', '3601', 'soon'),
    CloudFormationOverridePropertyConfiguration: overrides,
    Trigger: fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: [] },
);

/** What a validator makes of the properties: whether they are right, what they are coerced to, and what is said of them. */
function outcome(by: typeof validate | typeof byContract, given: unknown) {
  const decoded: unknown = structuredClone(given);
  const right = by(decoded);
  return { right, decoded, errors: (by.errors ?? []).map(({ schemaPath, ...error }) => (void schemaPath, error)) };
}

const inOrder = (errors: object[]): string[] => [...new Set(errors.map((error) => JSON.stringify(error)))].sort();

test('the code in the bundle says what the source says', async () => {
  const { validate: inBundle, text } = await compiled();
  expect(text).not.toContain('compileSchema');
  fc.assert(
    fc.property(properties, (given) => {
      expect(outcome(inBundle, given)).toEqual(outcome(validate, given));
    }),
    cases(300),
  );
});

test('the one list of overrides says what the contract says of each', () => {
  fc.assert(
    fc.property(properties, (given) => {
      const [ours, contract] = [outcome(validate, given), outcome(byContract, given)];
      expect({ ...ours, errors: inOrder(ours.errors) }).toEqual({ ...contract, errors: inOrder(contract.errors) });
    }),
    cases(300),
  );
});
