import fc from 'fast-check';
import { TerminalError } from '../../../lambda/core/errors';
import { decodeProperties } from '../../../lambda/export/decode-properties';
import { propertiesDigest } from '../../../lambda/export/export-request';
import { OVERRIDE_PROPERTIES } from '../../../lib/contract/export-overrides.generated';
import type { ExportProperties } from '../../../lib/contract/export-resource';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';
import { character } from '../../support/character';
import { propertyOptions } from '../../support/property-options';

const id = fc.stringMatching(/^[\w-]{1,40}$/);
const arn = fc
  .tuple(
    fc.constantFrom('dashboard', 'analysis', 'dataset', 'datasource', 'folder', 'theme', 'vpcConnection', 'topic'),
    id,
  )
  .map((parts) => assetArn(parts.join('/')));
const list = (name: keyof typeof OVERRIDE_PROPERTIES) =>
  fc.array(
    fc.record({
      Arn: arn,
      Properties: fc.subarray([...OVERRIDE_PROPERTIES[name]], {
        minLength: 1,
        maxLength: Math.min(10, OVERRIDE_PROPERTIES[name].length),
      }),
    }),
    { minLength: 1, maxLength: 3 },
  );

/** Valid properties with every default written out. */
const properties: fc.Arbitrary<ExportProperties> = fc
  .record({
    // IncludeFolderMembers requires a folder among the assets.
    ResourceArns: fc
      .uniqueArray(arn, { maxLength: 5 })
      .map((arns) => [assetArn('folder/always'), ...arns.filter((one) => one !== assetArn('folder/always'))]),
    IncludeAllDependencies: fc.boolean(),
    IncludePermissions: fc.boolean(),
    IncludeTags: fc.boolean(),
    IncludeFolderMemberships: fc.boolean(),
    IncludeFolderMembers: fc.constantFrom('RECURSE' as const, 'ONE_LEVEL' as const, 'NONE' as const),
    ArtifactBucket: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    ArtifactPrefix: fc
      .string({ unit: character, maxLength: 20 })
      .filter((prefix) => !prefix.startsWith('/') && Buffer.byteLength(prefix) <= 400),
    RemovalPolicy: fc.constantFrom('RETAIN' as const, 'DESTROY' as const),
    TimeoutSeconds: fc.integer({ min: 60, max: 3600 }),
  })
  .chain((always) =>
    fc
      .record(
        {
          ValidationStrategy: fc.record({ StrictModeForAllResources: fc.boolean() }),
          ArtifactKmsKeyArn: id.map((key) => `arn:aws:kms:us-east-1:123456789012:key/${key}`),
          Trigger: fc.string(),
          CloudFormationOverridePropertyConfiguration: fc.record(
            {
              ResourceIdOverrideConfiguration: fc.record({ PrefixForAllResources: fc.boolean() }),
              Dashboards: list('Dashboards'),
              DataSources: list('DataSources'),
              Folders: list('Folders'),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      )
      .map((optional) => ({
        ...always,
        ...optional,
        ExportFormat:
          'CloudFormationOverridePropertyConfiguration' in optional
            ? ('CLOUDFORMATION_JSON' as const)
            : ('QUICKSIGHT_JSON' as const),
      })),
  );

/** CloudFormation turns every scalar into text. */
const asText = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asText(member)]));
  return String(value);
};

const given = (value: unknown): object => ({
  ServiceToken: PROPERTIES.ServiceToken,
  ServiceTimeout: '3600',
  ...(value as object),
});

test('properties that CloudFormation turns into text are decoded to the original values', () => {
  fc.assert(
    fc.property(properties, (asked) => {
      const decoded = decodeProperties(given(asText(asked)));
      expect(decoded).toEqual({ ...asked, ServiceToken: PROPERTIES.ServiceToken, ServiceTimeout: 3600 });
      expect(propertiesDigest(decoded)).toBe(propertiesDigest(decodeProperties(asked)));
      // Decoding is idempotent.
      expect(decodeProperties(decoded)).toEqual(decoded);
    }),
    propertyOptions(100),
  );
});

test('any JSON is either decoded or refused with a TerminalError', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...Object.keys(PROPERTIES)), fc.jsonValue()),
        fc.constant(undefined),
      ),
      (value) => {
        try {
          expect(decodeProperties(value)).toMatchObject({ ResourceArns: expect.anything() });
        } catch (error) {
          expect(error).toBeInstanceOf(TerminalError);
          expect((error as Error).message).toMatch(/^The properties of the resource are invalid:\n- /);
        }
      },
    ),
    propertyOptions(200),
  );
});

test('a property with any value is either decoded or named in the error', () => {
  const changed = fc.tuple(
    properties,
    fc.constantFrom(
      'ResourceArns',
      'ExportFormat',
      'IncludeAllDependencies',
      'IncludePermissions',
      'IncludeTags',
      'IncludeFolderMemberships',
      'IncludeFolderMembers',
      'ValidationStrategy',
      'CloudFormationOverridePropertyConfiguration',
      'ArtifactBucket',
      'ArtifactKmsKeyArn',
      'RemovalPolicy',
      'TimeoutSeconds',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(
    fc.property(changed, ([asked, name, value]) => {
      try {
        decodeProperties({ ...asked, [name]: value });
      } catch (error) {
        expect(error).toBeInstanceOf(TerminalError);
        expect((error as Error).message).toContain(name);
      }
    }),
    propertyOptions(200),
  );
});

test('an unknown property is named in the error, whatever its name', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: character, minLength: 1, maxLength: 40 }).map((name) => `x${name}`),
      (name) => {
        expect(() => decodeProperties({ ...PROPERTIES, [name]: '' })).toThrow(`- ${name}: unknown property.`);
      },
    ),
    propertyOptions(100),
  );
});
