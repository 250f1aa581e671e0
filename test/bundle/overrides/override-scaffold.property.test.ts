import fc from 'fast-check';
import type { JsonValue } from '../../../bundle/json-value';
import { overrideScaffold } from '../../../bundle/overrides/override-scaffold';
import { inMemoryBundle } from '../../support/in-memory-bundle';
import { propertyOptions } from '../../support/property-options';

const SECRET = 'hunter2-hunter2';

const NAMES = [
  'dataSourceParameters',
  'postgreSqlParameters',
  'redshiftParameters',
  'iamParameters',
  'databaseGroups',
  'database',
  'host',
  'port',
  'credentials',
  'vpcConnectionProperties',
  'vpcConnectionArn',
  'schedule',
  'subnetIds',
  '__proto__',
];

/** Contents of any shape, with the names that the scaffold reads. Each password has the same value. */
const URL_WITH_PASSWORD = `jdbc://user:${SECRET}@host/`;

const content = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
  value: fc.oneof(
    fc.constant(URL_WITH_PASSWORD),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('object'),
    fc.array(tie('value')),
  ),
  object: fc
    .dictionary(fc.constantFrom(...NAMES), tie('value'))
    .map((members) => ({ ...members, password: SECRET, url: URL_WITH_PASSWORD })),
})).value;

test('every content ends in a scaffold without a password', async () => {
  const type = fc.constantFrom('datasource', 'vpcConnection', 'refreshSchedule', 'folder', 'theme', 'agent');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(type, fc.string(), content), { maxLength: 5 }), async (parts) => {
      const bundle = inMemoryBundle(
        Object.fromEntries(parts.map(([folder, id, value]) => [`${folder}/${id}.json`, value])),
      );
      const scaffold = await overrideScaffold(bundle);
      expect(scaffold.toFillIn.length).toBeGreaterThan(0);
      expect(JSON.stringify(scaffold.request.OverrideParameters.DataSources ?? [])).not.toContain(SECRET);
    }),
    propertyOptions(300),
  );
});
