import Ajv from 'ajv';
import { OVERRIDE_PROPERTIES } from '../../lib/contract/export-overrides.generated';
import type { ExportProperties } from '../../lib/contract/export-resource';
import { EXPORT_PROPERTIES_SCHEMA } from '../../lib/contract/export-resource';

/*
 * In the bundle, the code that ajv writes for the schema takes the place of this module: build/compiled-validator.ts. `code` is
 * for that, and `verbose` would double it.
 */

export const ajv = new Ajv({
  // CloudFormation makes text of every value (aws-cdk#15249).
  coerceTypes: true,
  useDefaults: true,
  allErrors: true,
  inlineRefs: false,
  // What stands beside a reference has the type of what is referred to.
  strictTypes: false,
  code: { source: true, esm: true },
});

export const validate = ajv.compile<ExportProperties>(withOneListOfOverrides());

/** The schema, with what the lists of overrides have in common said once: ajv writes a validator out for each schema in it. */
function withOneListOfOverrides(): object {
  const { properties } = EXPORT_PROPERTIES_SCHEMA;
  const overrides = properties.CloudFormationOverridePropertyConfiguration;
  const { ResourceIdOverrideConfiguration, ...lists } = overrides.properties;
  const anyList = JSON.stringify(Object.values(lists)[0], (key, value) => (key === 'enum' ? undefined : value));
  const listOf = (names: readonly string[]) => ({
    $ref: '#/$defs/overrides',
    items: { properties: { Properties: { items: { enum: names } } } },
  });
  return {
    ...EXPORT_PROPERTIES_SCHEMA,
    $defs: { overrides: JSON.parse(anyList) },
    properties: {
      ...properties,
      CloudFormationOverridePropertyConfiguration: {
        ...overrides,
        properties: {
          ResourceIdOverrideConfiguration,
          ...Object.fromEntries(Object.entries(OVERRIDE_PROPERTIES).map(([list, names]) => [list, listOf(names)])),
        },
      },
    },
  };
}
